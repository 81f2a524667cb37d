import type { Clock } from '../clock.ts'
import { formatText } from '../html/format-text.ts'
import { ActError } from './act-error.ts'
import type { Changes } from './changes.ts'
import { isMember } from './chat.ts'
import type { Chat, GroupChat, PrivateChat } from './chat.ts'
import type { Groups } from './groups.ts'
import { requireMayWrite, requireMember } from './may-write.ts'
import type { Contact, Message, MessageContent } from './message.ts'
import { notifyMessage } from './notify.ts'
import type { MessageBook } from './post-message.ts'
import { setPrivateState } from './private-state.ts'
import { ownContact, pressContactButton } from './share-contact.ts'
import type { StartLink } from './start-link.ts'
import type { Bot, Person } from './user.ts'
import { privateChatOf } from './world.ts'

type GroupLink = Extract<StartLink, { kind: 'startgroup' }>

/** What people do on their phones, except pressing inline buttons. Each act tells the bots that may see it. */
export interface Acts {
  /** The phone shows the chat with its Start button; nothing is sent yet. */
  openChat(person: Person, bot: Bot, parameter: string): PrivateChat
  /** The bot joins the group and gets its `/start@bot parameter` there. */
  openInGroup(person: Person, bot: Bot, place: { group: GroupChat; link: GroupLink }): void
  /** Presses Start; a blocked bot is unblocked first. */
  start(person: Person, bot: Bot, parameter: string): Message
  send(person: Person, chat: Chat, message: { text: string; replyTo: Message | undefined }): Message
  /** Presses the button of the keyboard that asks for the phone number. */
  shareOwnContact(person: Person, chat: Chat): Message
  forwardContact(person: Person, chat: Chat, contact: Contact): Message
  block(person: Person, bot: Bot): PrivateChat
  unblock(person: Person, bot: Bot): PrivateChat
  /** Empties the chat on the person's phone. The bot is told nothing and may go on writing. */
  clearChat(chat: Chat): void
  /** The person allows the bot to write, as a login or a Mini App may ask, without having pressed Start. */
  allowWriting(person: Person, bot: Bot): Message
}

export function createActs(dependencies: {
  book: MessageBook
  groups: Groups
  changes: Changes
  clock: Clock
}): Acts {
  const { book, groups, changes } = dependencies

  function write(person: Person, chat: Chat, content: MessageContent, replyTo?: Message): Message {
    if (person.deactivated) throw new ActError(409, 'the account is deleted')
    // In a channel nobody speaks but the channel.
    const from = chat.kind === 'channel' ? undefined : person
    const message = book.post({ chat, from, content, replyTo })
    notifyMessage(message)
    return message
  }

  function enter(person: Person, bot: Bot): PrivateChat {
    const chat = privateChatOf(bot, person)
    chat.startParameter = undefined
    setPrivateState(chat, 'started', dependencies)
    return chat
  }

  return {
    openChat(person, bot, parameter) {
      const chat = privateChatOf(bot, person)
      chat.startParameter = parameter
      changes.emit({ kind: 'chat', chat })
      return chat
    },
    openInGroup(person, bot, { group, link }) {
      requireMember(group, person)
      const status = link.asAdmin ? 'administrator' : 'member'
      if (!isMember(group, bot.id)) groups.add(group, { member: bot, by: person, status })
      write(person, group, textContent(`/start@${bot.username} ${link.parameter}`.trim()))
    },
    start: (person, bot, parameter) =>
      write(person, enter(person, bot), textContent(`/start ${parameter}`.trim())),
    allowWriting: (person, bot) =>
      write(person, enter(person, bot), { kind: 'service', event: { kind: 'writeAccessAllowed' } }),
    send(person, chat, { text, replyTo }) {
      requireMayWrite(person, chat)
      return write(person, chat, textContent(text), replyTo)
    },
    shareOwnContact(person, chat) {
      requireMayWrite(person, chat)
      if (pressContactButton(chat)) changes.emit({ kind: 'chat', chat })
      return write(person, chat, { kind: 'contact', contact: ownContact(person) })
    },
    forwardContact(person, chat, contact) {
      requireMayWrite(person, chat)
      return write(person, chat, { kind: 'contact', contact })
    },
    block(person, bot) {
      const chat = privateChatOf(bot, person)
      setPrivateState(chat, 'blocked', dependencies)
      return chat
    },
    unblock(person, bot) {
      const chat = privateChatOf(bot, person)
      if (chat.state === 'blocked') setPrivateState(chat, 'started', dependencies)
      return chat
    },
    clearChat(chat) {
      for (const message of chat.messages) changes.emit({ kind: 'deleted', message })
      chat.messages.length = 0
      changes.emit({ kind: 'chat', chat })
    },
  }
}

function textContent(text: string): MessageContent {
  const formatted = formatText({ text }, { maxLength: 4096, kind: 'text' })
  if (formatted.status === 'refused') throw new ActError(400, formatted.description)
  return { kind: 'text', formatted, linkPreviewOptions: undefined }
}
