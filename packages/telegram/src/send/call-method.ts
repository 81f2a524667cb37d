import type { MessageButton } from '@postino/domain'
import { GrammyError, InputFile } from 'grammy'
import type { InlineKeyboardButton, InlineKeyboardMarkup, Message } from 'grammy/types'
import type { BotApi, SendingApi } from '../create-bot-api.ts'
import { toGrammySignal } from '../grammy-signal.ts'
import type { ContentToSend, FileToSend } from './content-to-send.ts'
import type { TextParameters } from './send-text.ts'
import { uploadName } from './upload-name.ts'

export interface CallOptions {
  /** Lets Telegram charge Stars for what exceeds the free 30 a second. Default false. */
  paidBroadcast?: boolean
  /** Gives the call up; what it had not sent by then is `not_sent`. */
  signal?: AbortSignal
}

/** What became of a call: messages of files whole, of others the number at least. */
export type SentMessages = (Pick<Message, 'message_id'> & Partial<Message>)[]

/** Makes the one call that sends a message, and answers what Telegram made of it: a message, of an album one for each file. */
export function callMethod(
  api: SendingApi,
  chatId: number | string,
  content: ContentToSend,
  { paidBroadcast, signal }: CallOptions,
): Promise<SentMessages> {
  const common: CommonParameters = {
    chat_id: chatId,
    disable_notification: content.silent,
    protect_content: content.protect === true ? true : undefined,
    allow_paid_broadcast: paidBroadcast === true ? true : undefined,
  }
  const [file, ...others] = content.media ?? []
  if (file === undefined) return sendText(api, { ...common, ...textOf(content) }, signal)
  return sendFiles(api, { ...content, media: [file, ...others] }, common, signal)
}

/** What nearly all messages are, and so without grammY's client. */
async function sendText(
  api: SendingApi,
  parameters: TextParameters,
  signal: AbortSignal | undefined,
): Promise<SentMessages> {
  const answer = await api.sendText(parameters, signal)
  if (answer.ok) return [answer.result]
  // As grammY's own methods do.
  throw new GrammyError("Call to 'sendMessage' failed!", answer, 'sendMessage', { ...parameters })
}

type CommonParameters = Pick<
  TextParameters,
  'chat_id' | 'disable_notification' | 'protect_content' | 'allow_paid_broadcast'
>

async function sendFiles(
  api: BotApi,
  { html, media, hideMedia, buttons }: ContentToSend & { media: [FileToSend, ...FileToSend[]] },
  common: CommonParameters,
  signal: AbortSignal | undefined,
): Promise<Message[]> {
  // Telegram covers photos and videos, nothing else.
  const has_spoiler = hideMedia === true ? true : undefined
  const grammySignal = signal && toGrammySignal(signal)
  if (media.length > 1) {
    const album = albumOf(media, { html, has_spoiler })
    return await api.raw.sendMediaGroup({ ...common, media: album }, grammySignal)
  }
  const reply_markup = inlineKeyboard(buttons)
  const parameters = { ...common, ...captionOf(html), has_spoiler, reply_markup }
  return [await sendFile(api, media[0], parameters, grammySignal)]
}

function textOf({ html, buttons }: ContentToSend): Omit<TextParameters, 'chat_id'> {
  const link_preview_options = { is_disabled: true }
  return { text: html, parse_mode: 'HTML', link_preview_options, reply_markup: inlineKeyboard(buttons) }
}

type FileParameters = Omit<Parameters<BotApi['raw']['sendPhoto']>[0], 'photo'>

function sendFile(
  { raw }: BotApi,
  file: FileToSend,
  { has_spoiler, ...parameters }: FileParameters,
  signal: Parameters<BotApi['raw']['sendPhoto']>[1],
): Promise<Message> {
  const source = inputFile(file)
  switch (file.as) {
    case 'photo':
      return raw.sendPhoto({ ...parameters, has_spoiler, photo: source }, signal)
    case 'video':
      return raw.sendVideo({ ...parameters, has_spoiler, video: source }, signal)
    case 'audio':
      return raw.sendAudio({ ...parameters, audio: source }, signal)
    case 'document': {
      // Otherwise Telegram shows it as what it finds inside. An album's documents are never looked into.
      const disable_content_type_detection = 'upload' in file ? true : undefined
      return raw.sendDocument({ ...parameters, document: source, disable_content_type_detection }, signal)
    }
  }
}

type Album = Parameters<BotApi['raw']['sendMediaGroup']>[0]['media']

/** grammY's type asks for files of one family, which only their number and kinds at run time tell; Telegram says so itself. */
function albumOf(
  media: FileToSend[],
  { html, has_spoiler }: { html: string; has_spoiler: true | undefined },
): Album {
  return media.map((file, index) => ({
    type: file.as,
    media: inputFile(file),
    ...((file.as === 'photo' || file.as === 'video') && { has_spoiler }),
    // The first one's caption is the album's.
    ...(index === 0 ? captionOf(html) : undefined),
  })) as Album
}

function inputFile(file: FileToSend): InputFile | string {
  if ('fileId' in file) return file.fileId
  if ('url' in file) return file.url
  return new InputFile(file.upload.content, uploadName(file.upload))
}

function captionOf(html: string): { caption?: string; parse_mode?: 'HTML' } {
  return html === '' ? {} : { caption: html, parse_mode: 'HTML' }
}

function inlineKeyboard(rows: MessageButton[][]): InlineKeyboardMarkup | undefined {
  return rows.length === 0 ? undefined : { inline_keyboard: rows.map((row) => row.map(inlineButton)) }
}

function inlineButton(button: MessageButton): InlineKeyboardButton {
  if ('url' in button) return { text: button.text, url: button.url }
  if ('copy' in button) return { text: button.text, copy_text: { text: button.copy } }
  return { text: button.text, callback_data: button.callbackData }
}
