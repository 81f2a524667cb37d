import type { MessageContent } from '@postino/domain'

/** Everything Postino keeps about a person for one shop, as it is handed to them; times are RFC 3339, in UTC. */
export interface ContactExport {
  format: 'postino.contact-export.1'
  exported_at: string
  shop: { name: string; slug: string; support_contact: string | null; privacy_url: string | null }
  contact: ExportedContact
  /** Contacts that were merged into this one. */
  former_contacts: ExportedContact[]
  registrations: ExportedRegistration[]
  groups: ExportedMembership[]
  /** The ledger, oldest first. */
  consents: ExportedConsent[]
  merges: ExportedMerge[]
  optin_links: ExportedLink[]
  /** `total` counts all; the items are the youngest of them, oldest first. */
  messages: { total: number; items: ExportedMessage[] }
  events: { total: number; items: ExportedEvent[] }
}

export interface ExportedContact {
  id: string
  external_id: string
  origin: string
  first_name: string | null
  last_name: string | null
  locale: string | null
  time_zone: string | null
  phone: string | null
  phone_verified_at: string | null
  email: string | null
  email_verified_at: string | null
  birthday: string | null
  attributes: Record<string, unknown>
  granted_purposes: string[]
  withdrawn_purposes: string[]
  created_at: string
  updated_at: string
  removed_at: string | null
  erased_at: string | null
}

export interface ExportedRegistration {
  id: string
  bot: { username: string; name: string }
  chat_id: string
  telegram_user_id: string
  telegram_username: string | null
  telegram_name: string | null
  language_code: string | null
  status: string
  source: string
  offered_purposes: string[]
  is_tester: boolean
  created_at: string
  status_changed_at: string
}

export interface ExportedMembership {
  keyword: string
  name: string
  source: string
  joined_at: string
  left_at: string | null
  left_by: string | null
}

export interface ExportedConsent {
  id: string
  contact_id: string
  purpose: string
  action: 'granted' | 'withdrawn'
  /** What was on the screen; title and text are null when the ledger knows the wording by its hash alone. */
  wording: { id: string; version: number; hash: string; title: string | null; text: string | null } | null
  locale: string | null
  source: string
  actor: string
  evidence: Record<string, unknown>
  /** Null: none were given, or their time is over. */
  details: Record<string, unknown> | null
  recorded_at: string
  /** Hexadecimal SHA-256 of this row and of the one before. */
  hash: string
  previous_hash: string | null
}

export interface ExportedMerge {
  from_contact_id: string
  into_contact_id: string
  matched_by: string
  actor: string
  merged_at: string
}

export interface ExportedLink {
  id: string
  bot: string
  purposes: string[]
  source: string
  email: string | null
  created_at: string
  expires_at: string
  used_at: string | null
  revoked_at: string | null
}

export interface ExportedMessage {
  id: string
  event_id: string
  kind: string
  state: string
  purpose: string
  status: string
  reason: string | null
  chat_id: string | null
  /** As it was sent, in Telegram's HTML; null when it was never written, or its time is over. */
  content: MessageContent | null
  accepted_at: string
  queued_at: string | null
  ended_at: string | null
  attempts: { started_at: string; ended_at: string; outcome: string; description: string | null }[]
  presses: { action: string; pressed_at: string }[]
}

export interface ExportedEvent {
  id: string
  source: string
  kind: string
  accepted_at: string
  /** Where the event names the person, such as `customer` or `to/0`, and what it says there. */
  people: { at: string; person: Record<string, unknown> }[]
  /** All that an event said which told the person, without other people; null for one that only names them. */
  data: unknown
}
