import type { ConsentSource } from '../consent-source.ts'
import type { Purpose } from '../purpose.ts'
import type { WordingLocale } from '../wording/wording.ts'

/** A chat that agreed elsewhere, as a line of a file gives it, with everything that proves it. */
export interface RegistrationToImport {
  line: number
  /** The Telegram id of the person, which is also that of their private chat with every bot. */
  chatId: string
  externalId?: string
  /** Of a contact that is not known yet. */
  name?: string
  locale?: WordingLocale
  purposes: Purpose[]
  /** RFC 3339, in UTC. */
  obtainedAt: string
  /** Where it was given. */
  source: ConsentSource
  /** The words that were shown, or which of the shop's own. */
  wording: { text: string } | { version: number; locale: WordingLocale }
  /** Where the proof can be found: a form's number, a place in an archive. */
  reference: string
}
