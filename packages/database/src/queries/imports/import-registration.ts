import type { ImportIssue, RegistrationToImport } from '@postino/domain'
import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { admitRegistration } from '../registrations/registration-quota.ts'
import { contactForImport } from './contact-for-import.ts'
import { findProvenWords, grantProven } from './grant-proven.ts'
import type { Known } from './load-known.ts'

export interface ImportedRegistration {
  status: 'registered' | 'completed' | 'unchanged' | 'refused'
  /** Entries of the ledger. */
  granted: number
  issues: ImportIssue[]
}

interface Line {
  botId: string
  actor: string
  registration: RegistrationToImport
  known: Known
}

/**
 * Takes over one chat, in the caller's transaction. What people decided themselves stands: a chat they left is not opened
 * again, one that belongs to another contact stays with it, and what they withdrew after the proof stays withdrawn.
 */
export async function importRegistration(
  trx: Database,
  shopId: string,
  { botId, actor, registration, known }: Line,
): Promise<ImportedRegistration> {
  const tell = (severity: 'error' | 'notice', code: string, message: string): ImportIssue => {
    return { severity, line: registration.line, code, message }
  }
  const refuse = (code: string, message: string): ImportedRegistration => {
    return { status: 'refused', granted: 0, issues: [tell('error', code, message)] }
  }
  const { chatId } = registration
  if (known.erased.has(chatId))
    return refuse('chat_erased', 'the person had everything erased, and has to press START')
  const before = known.registrations.get(chatId)
  if (before !== undefined && before.status !== 'active') {
    const message = `the chat is ${before.status}, and no import opens it again`
    return { status: 'unchanged', granted: 0, issues: [tell('notice', 'registration_closed', message)] }
  }
  const words = await findProvenWords(trx, shopId, registration)
  if (words === undefined) {
    return refuse('unknown_wording', 'the shop has no words of these purposes, version and language')
  }
  const contact = await contactForImport(trx, shopId, { registration, known })
  if (contact.status === 'refused') return refuse(contact.code, contact.message)

  const issues: ImportIssue[] = []
  if (before === undefined) {
    const { isOverQuota } = await bind(trx, shopId, { botId, contactId: contact.id, registration })
    if (isOverQuota) issues.push(tell('notice', 'over_quota', 'the chat waits for room in the shop’s quota'))
    known.registrations.set(chatId, { contactId: contact.id, status: 'active' })
  }
  const isSilent = known.silent.delete(contact.id)
  const proof = { contactId: contact.id, actor, registration, words, isSilent }
  const { granted, withdrawnSince } = await grantProven(trx, shopId, proof)
  for (const purpose of withdrawnSince) {
    issues.push(tell('notice', 'withdrawn_since', `${purpose} was withdrawn after this proof, and stays so`))
  }
  if (before === undefined) return { status: 'registered', granted, issues }
  return { status: granted > 0 ? 'completed' : 'unchanged', granted, issues }
}

/**
 * The chat is as old as its proof: whatever Telegram tells of it since, a STOP too, is younger, and so is a chat with
 * another bot that was opened since.
 */
async function bind(
  trx: Database,
  shopId: string,
  chat: { botId: string; contactId: string; registration: RegistrationToImport },
): Promise<{ isOverQuota: boolean }> {
  const { chatId, name, locale, purposes, obtainedAt } = chat.registration
  const { rows } = await sql<{ id: string }>`
    insert into registrations (shop_id, bot_id, contact_id, chat_id, telegram_user_id, telegram_name, language_code,
      status, source, offered_purposes, status_changed_at, status_update_at)
    values (${shopId}, ${chat.botId}, ${chat.contactId}, ${chatId}, ${chatId}, ${name ?? null}, ${locale ?? null},
      'active', 'import_proof', ${purposes}, ${obtainedAt}, ${obtainedAt})
    returning id`.execute(trx)
  const [inserted] = rows
  if (inserted === undefined) throw new Error('a registration was not inserted')
  return await admitRegistration(trx, shopId, { registrationId: inserted.id })
}
