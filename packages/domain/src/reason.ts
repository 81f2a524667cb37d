import type { MessageStatus } from './message-status.ts'

/**
 * Why messages end as they do: a closed list, grouped by the status a code belongs to. A code belongs to one status
 * only, so that the code alone tells who has to act: the recipient, the shop or the operator.
 */
export const REASONS = {
  suppressed: {
    not_registered: 'The recipient has no open Telegram chat with a bot of the shop.',
    registration_stopped: 'The recipient sent STOP to the bot.',
    registration_blocked: 'The recipient blocked the bot in Telegram.',
    registration_revoked: 'The shop closed the recipient’s registration.',
    no_consent: 'The recipient has not agreed to messages of this purpose.',
    consent_withdrawn: 'The recipient withdrew the consent to messages of this purpose.',
    state_not_managed: 'The shop does not tell its customers about this state.',
    kind_disabled: 'The shop has switched this kind of event off.',
    cancelled: 'The shop cancelled the message before it was sent.',
    sandbox: 'The shop is in the sandbox and the recipient is not one of its testers.',
    not_a_tester: 'It is a test of a template, and the recipient is not one of the shop’s testers.',
    quota: 'The shop has more registrations than its quota allows, and this is one of those that wait.',
    erased: 'The recipient had their data erased.',
  },
  superseded: {
    superseded_by_newer: 'A newer message about the same thing took its place.',
    stale_sequence: 'A later state was already reported when this one arrived.',
    no_longer_needed: 'What it reminds of is done: the cart was bought, the activity was finished or moved.',
  },
  expired: {
    deadline_passed: 'The deadline set by the shop passed before the message could be sent.',
  },
  rejected: {
    bot_blocked: 'Telegram answered that the recipient blocked the bot.',
    user_deactivated: 'Telegram answered that the recipient’s account was deleted.',
    never_started: 'Telegram answered that the recipient never started the bot.',
    chat_not_found: 'Telegram does not know the chat, or not with this bot.',
    recipient_is_bot: 'Telegram answered that the recipient is a bot.',
    recipient_restricted: 'The recipient’s Telegram settings do not let the bot write.',
    kicked_from_group: 'The bot is no longer a member of the group.',
    group_deleted: 'The Telegram group was deleted.',
    no_rights: 'The bot may not write in this chat.',
    refused_by_telegram: 'Telegram refused the message for a reason Postino does not know.',
  },
  failed: {
    no_template: 'The shop has no published template for this kind, state and language.',
    template_failed: 'The template could not be rendered with the data of the event.',
    too_long: 'The rendered text is longer than Telegram allows.',
    empty_text: 'The rendered text is empty.',
    content_refused: 'Telegram could not read the text, a button or a file of the message.',
    bot_broken: 'Telegram does not accept the token of the bot.',
    telegram_unreachable: 'Telegram could not be reached, however often Postino tried; nothing was sent.',
    internal_error: 'Postino made a mistake; the operator has to look.',
  },
  unknown: {
    connection_lost: 'The connection broke after the message had left; it may have arrived.',
    server_error: 'Telegram answered with a server error; the message may have arrived.',
    timed_out: 'Telegram did not answer in time; the message may have arrived.',
    sender_stopped: 'The sender stopped before Telegram’s answer was recorded; the message may have arrived.',
  },
} as const satisfies Partial<Record<MessageStatus, Record<string, string>>>

/** A status that needs a reason. */
export type ReasonedStatus = keyof typeof REASONS

/** The codes that may go with a status, or all of them. */
export type ReasonCode<Status extends ReasonedStatus = ReasonedStatus> = Status extends ReasonedStatus
  ? keyof (typeof REASONS)[Status] & string
  : never

export interface Reason {
  status: ReasonedStatus
  code: string
  /** One plain English sentence. */
  text: string
}

const REASONED_STATUSES = [
  'suppressed',
  'superseded',
  'expired',
  'rejected',
  'failed',
  'unknown',
] as const satisfies ReasonedStatus[]

const BY_CODE: ReadonlyMap<string, Reason> = new Map(listReasons().map((reason) => [reason.code, reason]))

/** Every reason, in the order of the list above. */
export function listReasons(): Reason[] {
  return REASONED_STATUSES.flatMap((status) =>
    Object.entries(REASONS[status]).map(([code, text]) => ({ status, code, text })),
  )
}

export function findReason(code: string): Reason | undefined {
  return BY_CODE.get(code)
}
