import type { Clock } from '../clock.ts'
import type { Changes } from './changes.ts'
import { currentMembers } from './chat.ts'
import type { Chat, GroupChat } from './chat.ts'
import type { InlineKeyboard, ReplyMarkup } from './keyboard.ts'
import type { Message, MessageContent } from './message.ts'
import type { User } from './user.ts'

/** A message that is about to be written into a chat. */
interface Draft {
  readonly chat: Chat
  /** `undefined`: the channel itself. */
  readonly from: User | undefined
  readonly content: MessageContent
  readonly markup?: ReplyMarkup
  readonly replyTo?: Message | undefined
  readonly mediaGroupId?: string | undefined
  readonly silent?: boolean
  readonly protectedContent?: boolean
  readonly effectId?: string | undefined
}

export interface MessageBook {
  /** Writes the message into its chat. Telling bots about it is another matter, see `notify.ts`. */
  post(draft: Draft): Message
  edit(
    message: Message,
    change: { content?: MessageContent; inlineKeyboard: InlineKeyboard | undefined },
  ): void
  remove(message: Message): void
  find(key: number): Message | undefined
  contents(): BookContents
  /** Takes in what another run wrote; nobody is told. */
  restore(contents: BookContents): void
  clear(): void
}

export interface BookContents {
  readonly lastKey: number
  /** Oldest first. */
  readonly messages: readonly Message[]
}

/** All messages of the emulator; `kept` tells how many, older ones are forgotten. */
export function createMessageBook(dependencies: {
  clock: Clock
  changes: Changes
  kept: () => { keptMessages: number; keptMessagesPerChat: number }
}): MessageBook {
  const { clock, changes, kept } = dependencies
  const byKey = new Map<number, Message>()
  let lastKey = 0
  /** No message has a smaller key. Looking for the first entry of a map that lost many costs as much as they did. */
  let oldestKey = 1

  function forgetOldest(chat: Chat): void {
    const { keptMessages, keptMessagesPerChat: limit } = kept()
    while (byKey.size > keptMessages) forgetNext()
    // A quarter more than the limit may stand before it is cut, so that a full chat is not moved on every message.
    if (chat.messages.length <= limit * 1.25) return
    for (const message of chat.messages.splice(0, chat.messages.length - limit)) forget(message)
  }

  function forgetNext(): void {
    const message = byKey.get(oldestKey)
    oldestKey += 1
    if (message === undefined) return
    // Of a chat that was cleared it stands there no longer.
    if (message.chat.messages[0] === message) message.chat.messages.shift()
    forget(message)
  }

  function forget(message: Message): void {
    byKey.delete(message.key)
    message.chat.byId.delete(message.id)
    if (message.chat.kind === 'private') return
    for (const [botId, id] of message.idByBot ?? []) message.chat.byBotAndId.get(botId)?.delete(id)
  }

  return {
    post(draft) {
      lastKey += 1
      const message = createMessage(draft, lastKey, clock.nowSeconds())
      const { chat } = draft
      byKey.set(message.key, message)
      chat.messages.push(message)
      chat.messageCount += 1
      forgetOldest(chat)
      applyKeyboard(chat, draft.markup)
      changes.emit({ kind: 'message', message })
      return message
    },
    edit(message, { content, inlineKeyboard }) {
      if (content !== undefined) message.content = content
      message.inlineKeyboard = inlineKeyboard
      message.editDateSeconds = clock.nowSeconds()
      changes.emit({ kind: 'edited', message })
    },
    remove(message) {
      message.deleted = true
      const at = message.chat.messages.indexOf(message)
      if (at !== -1) message.chat.messages.splice(at, 1)
      forget(message)
      changes.emit({ kind: 'deleted', message })
    },
    find: (key) => byKey.get(key),
    contents: () => ({ lastKey, messages: [...byKey.values()] }),
    restore(contents) {
      lastKey = contents.lastKey
      oldestKey = contents.messages[0]?.key ?? lastKey + 1
      for (const message of contents.messages) {
        byKey.set(message.key, message)
        enterNumber(message)
      }
    },
    clear() {
      byKey.clear()
      oldestKey = lastKey + 1
    },
  }
}

function createMessage(draft: Draft, key: number, dateSeconds: number): Message {
  const { chat, markup } = draft
  const { id, idByBot } = chat.kind === 'group' ? basicGroupIds(chat) : chatIds(chat)
  const message: Message = {
    key,
    chat,
    id,
    idByBot,
    from: draft.from,
    dateSeconds,
    editDateSeconds: undefined,
    content: draft.content,
    replyTo: draft.replyTo,
    mediaGroupId: draft.mediaGroupId,
    inlineKeyboard: markup?.kind === 'inline' ? markup.keyboard : undefined,
    hadReplyKeyboard: markup?.kind === 'show' || markup?.kind === 'remove',
    silent: draft.silent ?? false,
    protectedContent: draft.protectedContent ?? false,
    effectId: draft.effectId,
    deleted: false,
  }
  enterNumber(message)
  return message
}

/** From now on bots find the message by its number. */
function enterNumber(message: Message): void {
  const { chat, id, idByBot } = message
  if (idByBot === undefined) chat.byId.set(id, message)
  else if (chat.kind !== 'private') {
    for (const [botId, botsId] of idByBot) {
      const messages = chat.byBotAndId.get(botId) ?? new Map<number, Message>()
      chat.byBotAndId.set(botId, messages.set(botsId, message))
    }
  }
}

/** In a private chat the numbers are those of the bot's account, in supergroups and channels those of the chat. */
function chatIds(chat: Chat): { id: number; idByBot: undefined } {
  const owner = chat.kind === 'private' ? chat.bot : chat
  owner.lastMessageId += 1
  return { id: owner.lastMessageId, idByBot: undefined }
}

/** In a basic group every account numbers the messages for itself. */
function basicGroupIds(chat: GroupChat): { id: number; idByBot: Map<number, number> } {
  chat.lastMessageId += 1
  const idByBot = new Map<number, number>()
  for (const { user } of currentMembers(chat)) {
    if (user.kind !== 'bot') continue
    user.lastMessageId += 1
    idByBot.set(user.id, user.lastMessageId)
  }
  return { id: chat.lastMessageId, idByBot }
}

function applyKeyboard(chat: Chat, markup: ReplyMarkup | undefined): void {
  if (markup?.kind === 'show') chat.keyboard = markup.keyboard
  else if (markup?.kind === 'remove') chat.keyboard = undefined
}
