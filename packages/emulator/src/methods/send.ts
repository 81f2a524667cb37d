import { booleanParameter, leadingInteger } from '../http/parameters.ts'
import type { Parameters } from '../http/parameters.ts'
import type { MediaKind } from '../files/stored-file.ts'
import { WRONG_FILE } from '../files/resolve-media.ts'
import { randomLongId } from '../random.ts'
import type { Random } from '../random.ts'
import { whenKnown } from '../when-known.ts'
import { messageShape } from '../shapes/message-shape.ts'
import { isMember } from '../world/chat.ts'
import type { Chat } from '../world/chat.ts'
import { findMessage } from '../world/find-message.ts'
import type { Message, MessageContent } from '../world/message.ts'
import type { ReplyMarkup } from '../world/keyboard.ts'
import type { MessageBook } from '../world/post-message.ts'
import type { Bot } from '../world/user.ts'
import type { World } from '../world/world.ts'
import { checkRecipient, checkRights } from './check-can-send.ts'
import { findChat } from './find-chat.ts'
import type { FloodGate } from './flood-gate.ts'
import { parseReplyMarkup, checkMarkupFits } from './input/reply-markup.ts'
import { parseReplyParameters } from './input/reply-parameters.ts'
import type { ReplyTarget } from './input/reply-parameters.ts'
import { done } from './method.ts'
import type { MethodAnswer, MethodCall } from './method.ts'
import { refuse, RefusedError } from './refused-error.ts'

export interface SendDependencies {
  readonly world: World
  readonly book: MessageBook
  readonly random: Random
  readonly gate: FloodGate
  /** Told of every message a bot has sent. */
  readonly onSent: (bot: Bot, message: Message) => void
}

/** One message of a call, before it is known whether it may be sent. */
export interface Outgoing {
  readonly kind: MediaKind | 'text'
  /** The content, once the chat is known to be there; may have to be fetched. */
  readonly content: () => MessageContent | Promise<MessageContent>
}

export type Send = (call: MethodCall, outgoing: readonly Outgoing[]) => Message[] | Promise<Message[]>

/**
 * The way every send takes, in the order of the real server: the parameters, the chat and the bot's rights in it,
 * the content, flood control, and only then what the recipient thinks of the bot.
 * @throws {RefusedError}
 */
export function createSend(dependencies: SendDependencies): Send {
  const { world, book, random, gate, onSent } = dependencies

  return (call, outgoing) => {
    const { parameters, bot } = call
    const isAlbum = call.method === ALBUM
    const replyTarget = parseReplyParameters(parameters)
    const markup = isAlbum ? { kind: 'none' as const } : parseReplyMarkup(parameters.text('reply_markup'))
    const chat = findChat(world, bot, parameters.text('chat_id'), 'write')
    checkThread(parameters, chat)
    const replyTo = replyTarget && findReplied(replyTarget, { world, call, chat })
    checkMarkupFits(markup, chat)
    for (const { kind } of outgoing) checkRights(chat, bot, kind)
    return whenKnown(resolveAll(outgoing, isAlbum), (contents) => {
      const paid = booleanParameter(parameters, 'allow_paid_broadcast')
      const passage = gate.pass({ bot, chat, cost: outgoing.length, paid })
      return whenKnown(passage, () => deliver(call, contents, { chat, markup, replyTo }))
    })
  }

  function deliver(
    { bot, method, parameters }: MethodCall,
    contents: readonly MessageContent[],
    place: { chat: Chat; markup: ReplyMarkup; replyTo: Message | undefined },
  ): Message[] {
    checkRecipient(place.chat)
    const from = place.chat.kind === 'channel' ? undefined : bot
    const mediaGroupId = method === ALBUM ? randomLongId(random) : undefined
    const silent = booleanParameter(parameters, 'disable_notification')
    const protectedContent = booleanParameter(parameters, 'protect_content')
    const effectId = parameters.text('message_effect_id') || undefined
    return contents.map((content) => {
      const message = book.post({ ...place, from, content, mediaGroupId, silent, protectedContent, effectId })
      onSent(bot, message)
      return message
    })
  }
}

const ALBUM = 'sendmediagroup'

/** The answer of a method that sends one message. */
export function sentAnswer(messages: readonly Message[], call: MethodCall): MethodAnswer {
  const [message] = messages
  return message === undefined
    ? refuse('there are no messages to send')
    : done(messageShape(message, call.bot))
}

/** The emulator has no topics; where a private chat or a forum would look for one, it finds none. */
function checkThread(parameters: Parameters, chat: Chat): void {
  const threadId = leadingInteger(parameters.text('message_thread_id'))
  if (threadId > 0 && chat.kind === 'private') refuse('message thread not found')
}

function findReplied(
  target: ReplyTarget,
  place: { world: World; call: MethodCall; chat: Chat },
): Message | undefined {
  const { bot } = place.call
  const isElsewhere = target.chatId !== '' && target.chatId !== place.call.parameters.text('chat_id')
  const chat = isElsewhere ? findChat(place.world, bot, target.chatId, 'read') : place.chat
  const canRead = chat.kind === 'private' || chat.kind === 'group' || isMember(chat, bot.id)
  const message = canRead ? findMessage(chat, bot, target.messageId) : undefined
  if (message === undefined && !target.mayBeMissing) return refuse('message to be replied not found')
  return message
}

function resolveAll(
  outgoing: readonly Outgoing[],
  isAlbum: boolean,
): MessageContent[] | Promise<MessageContent[]> {
  if (isAlbum) return resolveAlbum(outgoing)
  const [first] = outgoing
  return first === undefined ? [] : whenKnown(first.content(), (content) => [content])
}

async function resolveAlbum(outgoing: readonly Outgoing[]): Promise<MessageContent[]> {
  const contents: MessageContent[] = []
  for (const [at, item] of outgoing.entries()) contents.push(await inAlbum(at + 1, item))
  return contents
}

/** What Telegram's inner server refuses in an album is reported with the item's number, in its own words. */
async function inAlbum(number: number, item: Outgoing): Promise<MessageContent> {
  try {
    return await item.content()
  } catch (error) {
    if (!(error instanceof RefusedError) || !isServerRefusal(error.raw)) throw error
    return refuse(`Failed to send message #${number} with the error message "${error.raw}"`)
  }
}

function isServerRefusal(raw: string): boolean {
  return /^[A-Z0-9_]+$/.test(raw) || raw === WRONG_FILE
}
