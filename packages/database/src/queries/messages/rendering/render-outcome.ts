import type { MessageContent, OnUnknown } from '@postino/domain'

/** What rendering makes of a message. */
export type RenderOutcome = {
  id: string
  /** With which it was loaded. Default 0. */
  revision?: number
  /** As it was loaded; told wrong, or not at all, it costs time and changes nothing. */
  hasNumber?: boolean
} & (QueuedOutcome | DeferredOutcome | EndOutcome)

export interface QueuedOutcome {
  status: 'queued'
  contactId: string
  registrationId: string
  botId: string
  chatId: string
  templateId: string
  templateVersion: number
  content: MessageContent
  /** What Telegram counts it as; 1 without it. */
  cost?: number
  /** Without it: by lane. */
  onUnknown?: OnUnknown
  /** Epoch milliseconds: nobody is told after it. The event's own counts, too, whichever is earlier. */
  deadlineAtMs?: number
  /** Epoch milliseconds: from then on it is quiet, and what is not sent by then is rendered anew. */
  quietFromMs?: number
  /** It takes the place of what waits about the same thing and is older. */
  replacesOlder?: boolean
}

/** It is rendered again when its time has come, and not before. */
interface DeferredOutcome {
  status: 'deferred'
  contactId: string
  /** Epoch milliseconds. */
  dueAtMs: number
  replacesOlder?: boolean
}

export interface EndOutcome {
  status: 'suppressed' | 'expired' | 'failed'
  reason: string
  detail?: string
}
