import type { ReasonCode } from '@postino/domain'

/** The recipient cannot be reached by this bot; the registration ends. */
export type UnreachableReason = Extract<
  ReasonCode<'rejected'>,
  | 'bot_blocked'
  | 'user_deactivated'
  | 'never_started'
  | 'chat_not_found'
  | 'recipient_is_bot'
  | 'recipient_restricted'
  | 'kicked_from_group'
  | 'group_deleted'
>

/** This message can never succeed as it is; the next one to the chat may. */
export type RefusedReason =
  | Extract<ReasonCode<'rejected'>, 'no_rights' | 'refused_by_telegram'>
  | Extract<ReasonCode<'failed'>, 'content_refused' | 'too_long' | 'empty_text' | 'internal_error'>

/** What may still bring a refused file to the chat. */
export type FileRemedy =
  /** Telegram found nothing at the address that it takes: upload it. */
  | 'upload'
  /** The kept file id is of no use any more: forget it. */
  | 'forget_file_id'
  /** Not as a photo. */
  | 'send_as_document'
  /** Not the way it went; what is wrong Telegram does not say. */
  | 'another_way'
  /** No way leads there. */
  | 'send_as_link'

/**
 * Why a send did not end as sent, by what has to happen next. Descriptions are Telegram's words, or ours for a lost call;
 * they may quote a tag of the message, never the token.
 */
export type DeliveryFailure =
  /** Not delivered; may be repeated after so many seconds, which are never shortened. */
  | { status: 'flooded'; retryAfterSeconds: number; description: string }
  | { status: 'unreachable'; reason: UnreachableReason; description: string }
  /** The group has a new id, a negative decimal number; send there at once. */
  | { status: 'migrated'; chatId: string; description: string }
  | {
      status: 'refused'
      reason: RefusedReason
      remedy?: FileRemedy
      /** Of an album, the file that Telegram names, counted from 0; undefined when it names none. */
      fileIndex?: number
      description: string
    }
  /** No call of this bot will succeed until somebody mends it. */
  | { status: 'bot_broken'; reason: 'token_refused' | 'logged_out'; description: string }
  /** Surely not delivered, for a passing reason: safe to repeat. */
  | { status: 'not_sent'; description: string }
  /** It may have been delivered: repeating it may tell the recipient twice. */
  | { status: 'unknown'; reason: 'connection_lost' | 'timed_out' | 'server_error'; description: string }

/** Ends of calls that are no sends. */
export type CallFailure =
  | DeliveryFailure
  /** What was wanted is so already, or matters no more. */
  | { status: 'benign'; reason: 'not_modified' | 'query_expired'; description: string }
  /** Somebody else receives this bot's updates. */
  | { status: 'conflict'; description: string }
