export { createTelegramTransport } from './transport/create-transport.ts'
export type { TelegramTransport, TransportSettings } from './transport/create-transport.ts'
export { TransportError } from './transport/transport-error.ts'

export { createBotApi, createGrammyClientOptions } from './create-bot-api.ts'
export type {
  Attempt,
  AttemptEnd,
  BotApi,
  BotApiSettings,
  GrammyClientSettings,
  OnAttempt,
  SendingApi,
} from './create-bot-api.ts'
export { readBotToken } from './read-bot-token.ts'
export { toGrammySignal } from './grammy-signal.ts'

export { classifyFailure } from './classify-failure.ts'
export type {
  CallFailure,
  DeliveryFailure,
  FileRemedy,
  RefusedReason,
  UnreachableReason,
} from './delivery-failure.ts'
export { sendMessage } from './send/send-message.ts'
export type { SentMessage } from './send/send-message.ts'
export type { CallOptions } from './send/call-method.ts'
export { sendMethodOf } from './send/content-to-send.ts'
export type { ContentToSend, FileToSend, SendMethod, Upload } from './send/content-to-send.ts'

export { createFloodWindow } from './flood/flood-window.ts'
export { moveSavedWindow } from './flood/move-saved-window.ts'
export type { CallToken, FloodWindow, WindowCall } from './flood/flood-window.ts'
export type { ChatKind } from './flood/chat-kind.ts'
export type { FloodWindowSettings } from './flood/flood-settings.ts'
export { REPLY_SHARE_PER_SECOND } from './flood/reply-share.ts'

export { escapeHtml, escapeHtmlAttribute } from './html/escape-html.ts'
export { cutHtml } from './html/cut-html.ts'
export { hideText } from './html/hide-text.ts'
export { CAPTION_LIMIT, SOURCE_LIMIT_BYTES, splitHtml, TEXT_LIMIT, visibleLength } from './html/html-text.ts'
export { parseHtml } from './html/parse-html.ts'
export { withLinks } from './html/with-links.ts'
