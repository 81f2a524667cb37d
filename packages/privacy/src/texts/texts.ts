/** The words of the page in one language. */
export interface Texts {
  title: (shop: string) => string
  intro: (shop: string) => string
  madeAt: string
  contact: string
  privacyPolicy: string
  yes: string
  no: string
  none: string
  /** "the youngest 3 of 7". */
  youngest: (shown: number, total: number) => string
  sections: Record<Section, string>
  fields: Record<Field, string>
  actions: Record<'granted' | 'withdrawn', string>
  statuses: Record<Status, string>
  kinds: Record<string, string>
  wordingNotKept: string
  detailsGone: string
  noContent: string
  namedOnly: string
}

export type Section =
  | 'profile'
  | 'former'
  | 'chats'
  | 'groups'
  | 'consents'
  | 'messages'
  | 'events'
  | 'links'
  | 'merges'

export type Status =
  | 'active'
  | 'stopped'
  | 'blocked'
  | 'revoked'
  | 'accepted'
  | 'queued'
  | 'sending'
  | 'sent'
  | 'rejected'
  | 'suppressed'
  | 'superseded'
  | 'expired'
  | 'failed'
  | 'unknown'

export type Field =
  | 'externalId'
  | 'name'
  | 'language'
  | 'timeZone'
  | 'phone'
  | 'email'
  | 'verifiedAt'
  | 'birthday'
  | 'attributes'
  | 'origin'
  | 'agreed'
  | 'withdrawn'
  | 'createdAt'
  | 'changedAt'
  | 'erasedAt'
  | 'bot'
  | 'chatId'
  | 'userId'
  | 'username'
  | 'status'
  | 'source'
  | 'tester'
  | 'since'
  | 'joinedAt'
  | 'leftAt'
  | 'act'
  | 'purpose'
  | 'actor'
  | 'recordedAt'
  | 'evidence'
  | 'details'
  | 'wording'
  | 'version'
  | 'hash'
  | 'previousHash'
  | 'event'
  | 'attempts'
  | 'presses'
  | 'buttons'
  | 'files'
  | 'reason'
  | 'people'
  | 'expiresAt'
  | 'usedAt'
  | 'matchedBy'
