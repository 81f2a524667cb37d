import { wordingHash, type KeptWording, type Purpose } from '@postino/domain'
import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { insertConsents, type ConsentEntry } from '../consents.ts'
import { findWording, recordWordings } from '../wordings.ts'
import type { RegistrationToImport } from './import-registration.ts'

/**
 * Writes what a proof grants into the ledger. A purpose whose last entry is a grant needs none; one that was withdrawn after the
 * proof, or at the same moment, stays withdrawn. `words` are those the line names by their version.
 */
export async function grantProven(
  trx: Database,
  shopId: string,
  proof: {
    contactId: string
    actor: string
    registration: RegistrationToImport
    words: readonly KeptWording[]
  },
): Promise<{ granted: number; withdrawnSince: Purpose[] }> {
  const { contactId, registration, words } = proof
  const standing = await standingOf(trx, shopId, proof)
  const purposes = registration.purposes.filter((purpose) => !standing.decided.includes(purpose))
  const entries = purposes.map((purpose) => entryOf(purpose, proof))
  const used = words.filter(({ id }) => purposes.includes(id))
  await recordWordings(trx, shopId, used)
  await insertConsents(trx, shopId, contactId, entries)
  const withdrawnSince = registration.purposes.filter((purpose) => standing.withdrawnSince.includes(purpose))
  return { granted: entries.length, withdrawnSince }
}

/** The words of each purpose; none when the line says them itself. Undefined when the shop never had some of them. */
export async function findProvenWords(
  trx: Database,
  shopId: string,
  { wording, purposes }: RegistrationToImport,
): Promise<KeptWording[] | undefined> {
  if ('text' in wording) return []
  const words: KeptWording[] = []
  for (const purpose of purposes) {
    const found = await findWording(trx, shopId, { purpose, ...wording })
    if (found === undefined) return undefined
    words.push(found)
  }
  return words
}

function entryOf(
  purpose: Purpose,
  {
    actor,
    registration,
    words,
  }: { actor: string; registration: RegistrationToImport; words: readonly KeptWording[] },
): ConsentEntry {
  const shown = words.find(({ id }) => id === purpose)
  const { obtainedAt, source, reference, wording, locale } = registration
  return {
    purpose,
    action: 'granted',
    ...(shown !== undefined && {
      wording: { id: shown.id, version: shown.version, hash: wordingHash(shown) },
    }),
    ...(locale !== undefined && { locale }),
    source: 'import_proof',
    actor,
    evidence: { obtained_at: obtainedAt, obtained_over: source },
    details: { reference, ...('text' in wording && { wording: wording.text }) },
  }
}

interface Standing {
  /** Granted already, or withdrawn since. */
  decided: Purpose[]
  withdrawnSince: Purpose[]
}

/** Locks the contact: what is withdrawn meanwhile comes after, and stands. */
async function standingOf(
  trx: Database,
  shopId: string,
  { contactId, registration }: { contactId: string; registration: RegistrationToImport },
): Promise<Standing> {
  await sql`select from contacts where shop_id = ${shopId} and id = ${contactId} for update`.execute(trx)
  const { rows } = await sql<Standing>`
    with last as (
      select distinct on (purpose) purpose, action, recorded_at from consents
      where shop_id = ${shopId} and contact_id = ${contactId} order by purpose, id desc
    ), judged as (
      select purpose, action, action = 'withdrawn' and recorded_at >= ${registration.obtainedAt} as is_since from last
    )
    select coalesce(array_agg(purpose) filter (where action = 'granted' or is_since), '{}') as decided,
      coalesce(array_agg(purpose) filter (where is_since), '{}') as "withdrawnSince"
    from judged`.execute(trx)
  return rows[0] ?? { decided: [], withdrawnSince: [] }
}
