import {
  nextWordingVersion,
  wordingFor,
  wordingHash,
  wordingInForce,
  type KeptWording,
  type Purpose,
  type Wording,
  type WordingInput,
  type WordingLocale,
} from '@postino/domain'
import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { inTransaction } from '../../in-transaction.ts'

const COLUMNS = ['purpose as id', 'version', 'locale', 'title', 'text', 'is_default as isDefault'] as const

/**
 * Keeps the words that consents point to, in the transaction that writes the consents; those that are kept already stay.
 * Throws when other words go by the same version: whoever asked with these has been overtaken by the shop's own.
 */
export async function recordWordings(
  db: Database,
  shopId: string,
  wordings: readonly KeptWording[],
): Promise<void> {
  if (wordings.length === 0) return
  await db
    .insertInto('wordings')
    .values(
      wordings.map((wording) => ({
        shop_id: shopId,
        hash: wordingHash(wording),
        purpose: wording.id,
        locale: wording.locale,
        version: wording.version,
        title: wording.title,
        text: wording.text,
        is_default: wording.isDefault,
      })),
    )
    .onConflict((conflict) => conflict.columns(['shop_id', 'hash']).doNothing())
    .execute()
}

/** The youngest words a shop has kept for each purpose and language: what `wordingInForce` chooses from. */
export async function listWordings(db: Database, shopId: string): Promise<KeptWording[]> {
  return await db
    .selectFrom('wordings')
    .select(COLUMNS)
    .distinctOn(['purpose', 'locale'])
    .where('shop_id', '=', shopId)
    .orderBy('purpose')
    .orderBy('locale')
    .orderBy('version', 'desc')
    .$castTo<KeptWording>()
    .execute()
}

/** Every version of a purpose's words a shop has kept in a language, the youngest first. */
export async function listWordingHistory(
  db: Database,
  shopId: string,
  wanted: { purpose: Purpose; locale: WordingLocale; before?: string | undefined; limit: number },
): Promise<(KeptWording & { createdAt: Date })[]> {
  return await db
    .selectFrom('wordings')
    .select([...COLUMNS, 'created_at as createdAt'])
    .where('shop_id', '=', shopId)
    .where('purpose', '=', wanted.purpose)
    .where('locale', '=', wanted.locale)
    .$if(wanted.before !== undefined, (query) => query.where('version', '<', Number(wanted.before)))
    .orderBy('version', 'desc')
    .limit(wanted.limit)
    .$castTo<KeptWording & { createdAt: Date }>()
    .execute()
}

/** Certain words a shop has asked with, or could ask with now. */
export async function findWording(
  db: Database,
  shopId: string,
  wanted: { purpose: Purpose; locale: WordingLocale; version: number },
): Promise<KeptWording | undefined> {
  const { purpose, locale, version } = wanted
  const kept = await db
    .selectFrom('wordings')
    .select(COLUMNS)
    .where('shop_id', '=', shopId)
    .where('purpose', '=', purpose)
    .where('locale', '=', locale)
    .where('version', '=', version)
    .$castTo<KeptWording>()
    .executeTakeFirst()
  if (kept !== undefined) return kept
  const own = wordingInForce(await listWordings(db, shopId), purpose, locale)
  return own.version === version ? own : undefined
}

export interface PutInForce {
  /** `unchanged`: these words are in force already. */
  status: 'created' | 'unchanged'
  wording: KeptWording
}

/** Puts a shop's own words in force, as the next version. Nobody loses what was agreed to before: versions are kept for ever. */
export async function insertShopWording(
  db: Database,
  shopId: string,
  input: WordingInput,
): Promise<PutInForce> {
  const { purpose: id, ...words } = input
  return await putInForce(db, shopId, { id, ...words, isDefault: false })
}

/** Goes back to Postino's own words, as the next version when the shop's stand in between. */
export async function restoreDefaultWording(
  db: Database,
  shopId: string,
  { purpose, locale }: { purpose: Purpose; locale: WordingLocale },
): Promise<PutInForce> {
  return await putInForce(db, shopId, { ...wordingFor(purpose, locale), isDefault: true })
}

async function putInForce(
  db: Database,
  shopId: string,
  { id, locale, title, text, isDefault }: Omit<KeptWording, 'version'>,
): Promise<PutInForce> {
  return await inTransaction(db, async (transaction) => {
    // One at a time for a shop, or two would draw the same version.
    await sql`select from shops where id = ${shopId} for no key update`.execute(transaction)
    const kept = await listWordings(transaction, shopId)
    const present = wordingInForce(kept, id, locale)
    if (isSame(present, { title, text }) && present.isDefault === isDefault) {
      return { status: 'unchanged', wording: present }
    }
    const version = nextWordingVersion(kept, id, locale)
    const wording: KeptWording = { id, locale, version, title, text, isDefault }
    await recordWordings(transaction, shopId, [wording])
    return { status: 'created', wording }
  })
}

function isSame(a: Pick<Wording, 'title' | 'text'>, b: Pick<Wording, 'title' | 'text'>): boolean {
  return a.title === b.title && a.text === b.text
}
