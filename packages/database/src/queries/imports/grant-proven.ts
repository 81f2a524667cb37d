import type { KeptWording, Purpose, RegistrationToImport } from '@postino/domain'
import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { insertConsents } from '../ledger/consents.ts'
import { firstGrant, recordGrantElsewhere, type GrantElsewhere } from '../ledger/grants-given-elsewhere.ts'
import { findWording, recordWordings } from '../ledger/wordings.ts'

/** Of words whose language the file does not tell (BCP 47). */
const UNKNOWN_LOCALE = 'und'

interface Proof {
  contactId: string
  actor: string
  registration: RegistrationToImport
  /** Those the line names by their version. */
  words: readonly KeptWording[]
  /** The ledger says nothing of the contact yet, and nobody else writes into it meanwhile. */
  isSilent: boolean
}

/** Writes what a proof grants into the ledger. */
export async function grantProven(
  trx: Database,
  shopId: string,
  proof: Proof,
): Promise<{ granted: number; withdrawnSince: Purpose[] }> {
  const { contactId, registration, words } = proof
  const grants = registration.purposes.map((purpose) => grantOf(purpose, proof))
  if (proof.isSilent) {
    await recordWordings(trx, shopId, words)
    await insertConsents(trx, shopId, contactId, grants.map(firstGrant))
    return { granted: grants.length, withdrawnSince: [] }
  }
  await sql`select from contacts where shop_id = ${shopId} and id = ${contactId} for update`.execute(trx)
  const outcome: { granted: number; withdrawnSince: Purpose[] } = { granted: 0, withdrawnSince: [] }
  for (const grant of grants) {
    const { status } = await recordGrantElsewhere(trx, shopId, grant)
    if (status === 'recorded') outcome.granted += 1
    if (status === 'withdrawn_since') outcome.withdrawnSince.push(grant.purpose)
  }
  return outcome
}

function grantOf(purpose: Purpose, proof: Proof): GrantElsewhere {
  const { contactId, actor, registration } = proof
  return {
    contactId,
    purpose,
    source: 'import_proof',
    actor,
    evidence: { obtained_over: registration.source },
    obtainedAt: new Date(registration.obtainedAt),
    reference: registration.reference,
    words: wordsFor(purpose, proof),
  }
}

function wordsFor(
  purpose: Purpose,
  { registration, words }: Pick<Proof, 'registration' | 'words'>,
): GrantElsewhere['words'] {
  const kept = words.find(({ id }) => id === purpose)
  if (kept !== undefined) return { kept }
  const { wording, locale = UNKNOWN_LOCALE } = registration
  if ('text' in wording) return { shown: { locale, text: wording.text } }
  throw new Error(`the words of ${purpose} were not looked up`)
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
