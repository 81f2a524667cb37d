import { createHash } from 'node:crypto'
import { canonicalJson, wordingHash, type KeptWording, type Purpose } from '@postino/domain'
import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { insertConsents, type ConsentEntry } from './consents.ts'
import { withoutAbsent, type ActElsewhere } from './withdrawals-given-elsewhere.ts'
import { recordWordings } from './wordings.ts'

/** Words that were shown elsewhere and are none of those the bot asks with. */
export interface ShownWords {
  locale: string
  title?: string | undefined
  text: string
}

export interface GrantElsewhere extends ActElsewhere {
  purpose: Purpose
  obtainedAt: Date
  reference: string
  /** The words that were agreed to: those the bot asks with, too, or others. */
  words: { kept: KeptWording } | { shown: ShownWords }
}

/**
 * `known`: it is in the ledger already, and nothing has changed. `withdrawn_since`: the contact has withdrawn after it was given,
 * which counts. `key_taken`: the same key came with something else. `in_future`: nobody can have given it yet.
 */
export type GrantOutcome =
  | { status: 'recorded' | 'known'; consentId: string }
  | { status: 'withdrawn_since' | 'key_taken' | 'in_future' }

/**
 * Records a grant that was given elsewhere, in the caller's transaction, which holds the contact's row: nobody adds to its
 * ledger meanwhile.
 */
export async function recordGrantElsewhere(
  db: Database,
  shopId: string,
  grant: GrantElsewhere,
): Promise<GrantOutcome> {
  const facts = factsOf(grant)
  const known = await findLike(db, shopId, { grant, facts })
  if (known !== undefined)
    return known.isSame ? { status: 'known', consentId: known.id } : { status: 'key_taken' }
  const objection = await findObjection(db, shopId, grant)
  if (objection !== undefined) return { status: objection }
  if ('kept' in grant.words) await recordWordings(db, shopId, [grant.words.kept])
  const [consentId] = await insertConsents(db, shopId, grant.contactId, [entryOf(grant, facts)])
  if (consentId === undefined) throw new Error('a grant was not recorded')
  return { status: 'recorded', consentId }
}

/** An entry that says the same, or else one that came with the same key. */
async function findLike(
  db: Database,
  shopId: string,
  { grant, facts }: { grant: GrantElsewhere; facts: GrantFacts },
): Promise<{ id: string; isSame: boolean } | undefined> {
  const { rows } = await sql<{ id: string; isSame: boolean }>`
    select id, "isSame" from (
      select consent.id, (consent.action = 'granted' and consent.purpose = ${grant.purpose}
          and consent.source = ${grant.source} and consent.locale = ${facts.locale}
          and consent.wording_hash is not distinct from ${facts.wordingHash}
          and consent.evidence ->> 'shown_words_hash' is not distinct from ${facts.shownWordsHash}
          and consent.evidence ->> 'obtained_at' = ${facts.obtainedAt}
          and proof.details ->> 'reference' = ${grant.reference}) is true as "isSame",
        proof.details ->> 'idempotency_key' as key
      from consents consent
      join consent_details proof on proof.shop_id = consent.shop_id and proof.consent_id = consent.id
      where consent.shop_id = ${shopId} and consent.contact_id = ${grant.contactId}
    ) entry
    where "isSame" or key = ${grant.idempotencyKey ?? null}
    order by "isSame" desc, id limit 1`.execute(db)
  return rows[0]
}

/** What the ledger has of a grant beside its proof. */
interface GrantFacts {
  locale: string
  obtainedAt: string
  wordingHash: string | null
  shownWordsHash: string | null
}

function factsOf({ words, obtainedAt }: GrantElsewhere): GrantFacts {
  const { locale } = 'kept' in words ? words.kept : words.shown
  return {
    locale,
    obtainedAt: obtainedAt.toISOString(),
    wordingHash: 'kept' in words ? wordingHash(words.kept) : null,
    shownWordsHash: 'shown' in words ? hashOfWords(words.shown) : null,
  }
}

/** The entry of a grant to a contact of whom the ledger says nothing yet: there is nothing it could contradict. */
export function firstGrant(grant: GrantElsewhere): ConsentEntry {
  return entryOf(grant, factsOf(grant))
}

function entryOf(grant: GrantElsewhere, facts: GrantFacts): ConsentEntry {
  const { words, reference, idempotencyKey } = grant
  const wording = 'kept' in words && {
    wording: { id: words.kept.id, version: words.kept.version, hash: wordingHash(words.kept) },
  }
  const { obtainedAt, shownWordsHash } = facts
  return {
    purpose: grant.purpose,
    action: 'granted',
    ...wording,
    locale: facts.locale,
    source: grant.source,
    actor: grant.actor,
    evidence: {
      ...grant.evidence,
      obtained_at: obtainedAt,
      ...(shownWordsHash !== null && { shown_words_hash: shownWordsHash }),
    },
    details: withoutAbsent({
      reference,
      idempotency_key: idempotencyKey,
      shown_words: 'shown' in words ? withoutAbsent(words.shown) : undefined,
    }),
  }
}

const CLOCKS_APART = sql`interval '1 minute'`

/** What was withdrawn later stays withdrawn: a proof that arrives late brings nothing back. */
async function findObjection(
  db: Database,
  shopId: string,
  { contactId, purpose, obtainedAt }: GrantElsewhere,
): Promise<'withdrawn_since' | 'in_future' | undefined> {
  const { rows } = await sql<{ isInFuture: boolean; isWithdrawn: boolean }>`
    select ${obtainedAt}::timestamptz > now() + ${CLOCKS_APART} as "isInFuture", exists (
      select from consents
      where shop_id = ${shopId} and contact_id = ${contactId} and purpose = ${purpose} and action = 'withdrawn'
        and recorded_at >= ${obtainedAt}
    ) as "isWithdrawn"`.execute(db)
  if (rows[0]?.isInFuture === true) return 'in_future'
  return rows[0]?.isWithdrawn === true ? 'withdrawn_since' : undefined
}

function hashOfWords(words: ShownWords): string {
  return createHash('sha256').update(canonicalJson(words)).digest('hex')
}
