import type { FileRemedy, RefusedReason, UnreachableReason } from './delivery-failure.ts'

/** What a description means, without the description. */
export type Verdict =
  | { status: 'unreachable'; reason: UnreachableReason }
  | { status: 'refused'; reason: RefusedReason; remedy?: FileRemedy }
  | { status: 'bot_broken'; reason: 'logged_out' }
  | { status: 'benign'; reason: 'not_modified' | 'query_expired' }

/**
 * What Telegram's 400 and 403 mean. The first row whose text occurs in the description, in lower case, decides.
 *
 * Telegram turns its inner codes (USER_IS_BLOCKED) into sentences, but not everywhere: an album's error quotes the code,
 * and a 403 that is only a code comes as a 400. So both forms are here, and the HTTP status decides nothing.
 * Source: the Bot API server, Client.cpp, fail_query_with_error and check_chat_access; TDLib, MessagesManager.cpp.
 */
export const REFUSALS: readonly (readonly [text: string, verdict: Verdict])[] = [
  // Errors that quote the message come first: what a shop wrote must not be taken for Telegram's words.
  ["can't parse inputmedia", refused('content_refused', 'send_as_link')],
  ["can't parse", refused('content_refused')],
  ['inline keyboard button', refused('content_refused')],
  ['reply keyboard markup', refused('content_refused')],

  // The recipient.
  ['bot was blocked by the user', unreachable('bot_blocked')],
  ['user_is_blocked', unreachable('bot_blocked')],
  ['user is deactivated', unreachable('user_deactivated')],
  ['input_user_deactivated', unreachable('user_deactivated')],
  ["can't initiate conversation", unreachable('never_started')],
  ["can't send messages to the bot", unreachable('recipient_is_bot')],
  ["can't send messages to bots", unreachable('recipient_is_bot')],
  ['chat not found', unreachable('chat_not_found')],
  ['peer_id_invalid', unreachable('chat_not_found')],
  ['allow_payment_required', unreachable('recipient_restricted')],
  ['privacy_premium_required', unreachable('recipient_restricted')],
  ['bot was kicked from', unreachable('kicked_from_group')],
  ['bot is not a member of', unreachable('kicked_from_group')],
  ['group chat was deleted', unreachable('group_deleted')],

  // The bot.
  ['logged out', { status: 'bot_broken', reason: 'logged_out' }],
  ['bot has already been closed', { status: 'bot_broken', reason: 'logged_out' }],

  // Rights in a group or channel. Where files are not allowed, text may be.
  ...['photos', 'videos', 'documents', 'music', 'animations', 'audios', 'media messages'].map(
    (files) => [`not enough rights to send ${files}`, refused('no_rights', 'send_as_link')] as const,
  ),
  ...['photos', 'videos', 'docs', 'audios', 'media', 'gifs'].map(
    (files) => [`chat_send_${files}_forbidden`, refused('no_rights', 'send_as_link')] as const,
  ),
  ['not enough rights', refused('no_rights')],
  ['have no write access', refused('no_rights')],
  ['have no rights to send', refused('no_rights')],
  ['need administrator rights', refused('no_rights')],
  ['chat_write_forbidden', refused('no_rights')],
  ['chat_restricted', refused('no_rights')],
  ['chat_send_', refused('no_rights')],
  ['chat_admin_required', refused('no_rights')],
  ['topic_closed', refused('no_rights')],
  ['message thread not found', refused('no_rights')],

  // An edit without a change. Before the keyboards, which it mentions.
  ['message is not modified', { status: 'benign', reason: 'not_modified' }],
  ['message_not_modified', { status: 'benign', reason: 'not_modified' }],

  // Keyboards.
  ['expected as reply markup', refused('content_refused')],
  ['reply markup is too long', refused('content_refused')],
  ['button_', refused('content_refused')],

  // Text.
  ['message text is empty', refused('empty_text')],
  ['text must be non-empty', refused('empty_text')],
  ['text is too long', refused('too_long')],
  ['message is too long', refused('too_long')],
  ['caption is too long', refused('too_long')],
  ['message_too_long', refused('too_long')],
  ['media_caption_too_long', refused('too_long')],
  ['invalid custom emoji identifier', refused('content_refused')],
  ['unsupported parse_mode', refused('content_refused')],
  ['strings must be encoded in utf-8', refused('content_refused')],
  ['text contains invalid unicode characters', refused('content_refused')],

  // Files. What an album's item says in its quoted code comes first.
  ['wrong remote file identifier', refused('content_refused', 'forget_file_id')],
  ['wrong file_id', refused('content_refused', 'forget_file_id')],
  ['file_reference_', refused('content_refused', 'forget_file_id')],
  ["can't use file of type", refused('content_refused', 'forget_file_id')],
  ['failed to get http url content', refused('content_refused', 'upload')],
  ['webpage_curl_failed', refused('content_refused', 'upload')],
  ['wrong type of the web page content', refused('content_refused', 'upload')],
  ['webpage_media_empty', refused('content_refused', 'upload')],
  ['wrong http url specified', refused('content_refused', 'upload')],
  ['invalid file http url', refused('content_refused', 'upload')],
  ["can't upload file by url", refused('content_refused', 'upload')],
  ['photo_invalid_dimensions', refused('content_refused', 'send_as_document')],
  ['image_process_failed', refused('content_refused', 'send_as_document')],
  ['photo_ext_invalid', refused('content_refused', 'send_as_document')],
  ['too big for a photo', refused('content_refused', 'send_as_document')],
  ['wrong file identifier/http url', refused('content_refused', 'another_way')],
  ['media_empty', refused('content_refused', 'another_way')],
  ['file is too big', refused('content_refused', 'another_way')],
  ['in the request', refused('content_refused')],
  ['file must be non-empty', refused('content_refused', 'send_as_link')],
  ['request entity too large', refused('content_refused', 'send_as_link')],
  ['failed to send message #', refused('content_refused', 'another_way')],
  ['is too big; the maximum size', refused('content_refused', 'send_as_link')],
  ["can't be mixed with other media types", refused('content_refused', 'send_as_link')],
  ['media_group_invalid', refused('content_refused', 'send_as_link')],
  ['as an album', refused('content_refused', 'send_as_link')],
  ['in the album', refused('content_refused', 'send_as_link')],
  ['media_grouped_invalid', refused('content_refused', 'send_as_link')],
  ['there are no messages to send', refused('content_refused')],

  // Edits, deletions, answers.
  ['query is too old', { status: 'benign', reason: 'query_expired' }],
  ['query_id_invalid', { status: 'benign', reason: 'query_expired' }],
  ['message to edit not found', refused('content_refused')],
  ["message can't be edited", refused('content_refused')],
  ['in the message to edit', refused('content_refused')],
  ['message to delete not found', refused('content_refused')],
  ["message can't be deleted", refused('content_refused')],
  ['message to be replied not found', refused('content_refused')],

  // Calls that should never have been made so.
  ['chat_id is empty', refused('internal_error')],
  ['method not found', refused('internal_error')],
]

function unreachable(reason: UnreachableReason): Verdict {
  return { status: 'unreachable', reason }
}

function refused(reason: RefusedReason, remedy?: FileRemedy): Verdict {
  return remedy === undefined ? { status: 'refused', reason } : { status: 'refused', reason, remedy }
}
