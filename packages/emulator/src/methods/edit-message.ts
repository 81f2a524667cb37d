import { isDeepStrictEqual } from 'node:util'
import { booleanParameter, leadingInteger } from '../http/parameters.ts'
import { messageShape } from '../shapes/message-shape.ts'
import type { InlineKeyboard, ReplyMarkup } from '../world/keyboard.ts'
import { isMember } from '../world/chat.ts'
import { findMessage } from '../world/find-message.ts'
import type { Message, MessageContent } from '../world/message.ts'
import type { MessageBook } from '../world/post-message.ts'
import type { World } from '../world/world.ts'
import { checkRecipient } from './check-can-send.ts'
import { findChat } from './find-chat.ts'
import type { FloodGate } from './flood-gate.ts'
import { completeMentions } from './input/complete-mentions.ts'
import { parseText, requireText, tolerantJson } from './input/formatted-text.ts'
import { parseReplyMarkup } from './input/reply-markup.ts'
import { done } from './method.ts'
import type { MethodAnswer, MethodCall, Methods } from './method.ts'
import { refuse } from './refused-error.ts'
import { readTextContent } from './send-message.ts'

/** What is to become of a message: its new content, made from the old, or `undefined` for the same. */
type NewContent = (old: MessageContent) => MessageContent | undefined

/** editMessageText, editMessageCaption, editMessageReplyMarkup. Edits count as sends for flood control. */
export function createEditMessage(dependencies: {
  world: World
  book: MessageBook
  gate: FloodGate
}): Methods {
  const { world, book, gate } = dependencies

  async function edit(call: MethodCall, markup: ReplyMarkup, newContent: NewContent): Promise<MethodAnswer> {
    const { bot } = call
    const message = findEditable(call)
    const content = newContent(message.content)
    const inlineKeyboard = markup.kind === 'inline' ? markup.keyboard : undefined
    await gate.pass({ bot, chat: message.chat, cost: 1, paid: false })
    checkRecipient(message.chat)
    if (isUnchanged(message, content, inlineKeyboard)) return refuse('MESSAGE_NOT_MODIFIED')
    book.edit(message, content === undefined ? { inlineKeyboard } : { content, inlineKeyboard })
    return done(messageShape(message, bot))
  }

  function findEditable({ bot, parameters }: MethodCall): Message {
    const chatId = parameters.text('chat_id')
    const messageId = Math.max(0, leadingInteger(parameters.text('message_id')))
    if (chatId === '' && messageId === 0) {
      // The emulator has no inline mode, so no inline message id is ever right.
      return refuse(
        parameters.text('inline_message_id') === ''
          ? 'Message identifier is not specified'
          : 'MESSAGE_ID_INVALID',
      )
    }
    const chat = findChat(world, bot, chatId, 'edit')
    const canRead = chat.kind === 'private' || chat.kind === 'group' || isMember(chat, bot.id)
    const message = messageId > 0 && canRead ? findMessage(chat, bot, messageId) : undefined
    if (message === undefined) return refuse('message to edit not found')
    const isOwn = message.from === bot || (message.from === undefined && chat.kind === 'channel')
    if (!isOwn || message.hadReplyKeyboard) return refuse("message can't be edited")
    return message
  }

  return {
    async editMessageText(call) {
      const read = readTextContent(call, world)
      const markup = parseReplyMarkup(call.parameters.text('reply_markup'))
      return edit(call, markup, (old) => {
        if (old.kind !== 'text') refuse('There is no text in the message to edit')
        return read()
      })
    },
    async editMessageCaption(call) {
      const { parameters } = call
      const markup = parseReplyMarkup(parameters.text('reply_markup'))
      const entities = tolerantJson(parameters.text('caption_entities'))
      const source = { text: parameters.text('caption'), parseMode: parameters.text('parse_mode'), entities }
      const caption = parseText(source, 'caption')
      return edit(call, markup, (old) => {
        if (old.kind !== 'media') return refuse('There is no caption in the message to edit')
        const showCaptionAboveMedia = booleanParameter(parameters, 'show_caption_above_media')
        return {
          ...old,
          caption: completeMentions(requireText(caption), call.bot, world),
          showCaptionAboveMedia,
        }
      })
    },
    editMessageReplyMarkup: (call) =>
      edit(call, parseReplyMarkup(call.parameters.text('reply_markup')), () => undefined),
  }
}

function isUnchanged(
  message: Message,
  content: MessageContent | undefined,
  inlineKeyboard: InlineKeyboard | undefined,
): boolean {
  const hasSameContent = content === undefined || isDeepStrictEqual(content, message.content)
  return hasSameContent && isDeepStrictEqual(inlineKeyboard, message.inlineKeyboard)
}
