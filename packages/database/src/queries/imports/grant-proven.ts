import type { KeptWording, Purpose } from '@postino/domain'
import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { recordGrantElsewhere } from '../grants-given-elsewhere.ts'
import { findWording } from '../wordings.ts'
import type { RegistrationToImport } from './import-registration.ts'

/** Of words whose language the file does not tell (BCP 47). */
const UNKNOWN_LOCALE = 'und'

/** Writes what a proof grants into the ledger. `words` are those the line names by their version. */
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
  const { contactId, actor, registration } = proof
  const { purposes, obtainedAt, reference } = registration
  await sql`select from contacts where shop_id = ${shopId} and id = ${contactId} for update`.execute(trx)
  const outcome = { granted: 0, withdrawnSince: [] as Purpose[] }
  for (const purpose of purposes) {
    const { status } = await recordGrantElsewhere(trx, shopId, {
      contactId,
      purpose,
      source: 'import_proof',
      actor,
      evidence: { obtained_over: registration.source },
      obtainedAt: new Date(obtainedAt),
      reference,
      words: wordsFor(purpose, proof),
    })
    if (status === 'recorded') outcome.granted += 1
    if (status === 'withdrawn_since') outcome.withdrawnSince.push(purpose)
  }
  return outcome
}

function wordsFor(
  purpose: Purpose,
  { registration, words }: { registration: RegistrationToImport; words: readonly KeptWording[] },
) {
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
