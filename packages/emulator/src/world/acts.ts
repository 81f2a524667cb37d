import type { Clock } from '../clock.ts'
import { formatText } from '../html/format-text.ts'
import { ActError } from './act-error.ts'
import type { Changes } from './changes.ts'
import { chatReference, isMember } from './chat.ts'
import type { Chat, GroupChat, PrivateChat } from './chat.ts'
import type { Groups } from './groups.ts'
import type { Contact, Message, MessageContent } from './message.ts'
import { notifyMessage, notifyMyChatMember } from './notify.ts'
import type { MessageBook } from './post-message.ts'
import type { StartLink } from './start-link.ts'
import type { Bot, Person } from './user.ts'
import { privateChatOf } from './world.ts'

/** What people do on their phones, except pressing inline buttons. Each act tells the bots that may see it. */
export interface Acts {
  /** The phone shows the chat with its Start button; nothing is sent yet. */
  openChat(person: Person, bot: Bot, parameter: string): PrivateChat
  /** The bot joins the group and gets its `/start@bot parameter` there. */
  openInGroup(
    person: Person,
    bot: Bot,
    place: { group: GroupChat; link: Extract<StartLink, { kind: 'startgroup' }> },
  ): void
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
  const { book, groups, changes, clock } = dependencies

  function write(person: Person, chat: Chat, content: MessageContent, replyTo?: Message): Message {
    if (person.deactivated) throw new ActError(409, 'the account is deleted')
    // In a channel nobody speaks but the channel.
    const from = chat.kind === 'channel' ? undefined : person
    const message = book.post({ chat, from, content, replyTo })
    notifyMessage(message)
    return message
  }

  function setState(chat: PrivateChat, state: PrivateChat['state']): void {
    const before = chat.state
    if (before === state) return
    chat.state = state
    const isBlocking = state === 'blocked' && before === 'started'
    if (isBlocking || before === 'blocked') {
      const [old, now] = isBlocking ? (['member', 'kicked'] as const) : (['kicked', 'member'] as const)
      const event = { bot: chat.bot, chat, from: chat.person, before: old, after: now }
      notifyMyChatMember({ ...event, dateSeconds: clock.nowSeconds() })
    }
    changes.emit({ kind: 'chat', chat })
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
    start(person, bot, parameter) {
      const chat = privateChatOf(bot, person)
      chat.startParameter = undefined
      setState(chat, 'started')
      return write(person, chat, textContent(`/start ${parameter}`.trim()))
    },
    send(person, chat, { text, replyTo }) {
      checkMayWrite(person, chat)
      return write(person, chat, textContent(text), replyTo)
    },
    shareOwnContact(person, chat) {
      checkMayWrite(person, chat)
      const { keyboard } = chat
      const buttons = keyboard?.kind === 'reply' ? keyboard.rows.flat() : []
      if (!buttons.some((button) => button.request_contact)) {
        throw new ActError(409, 'the keyboard has no button that asks for the phone number')
      }
      if (keyboard?.kind === 'reply' && keyboard.one_time) {
        chat.keyboard = undefined
        changes.emit({ kind: 'chat', chat })
      }
      return write(person, chat, { kind: 'contact', contact: ownContact(person) })
    },
    forwardContact(person, chat, contact) {
      checkMayWrite(person, chat)
      return write(person, chat, { kind: 'contact', contact })
    },
    block(person, bot) {
      const chat = privateChatOf(bot, person)
      setState(chat, 'blocked')
      return chat
    },
    unblock(person, bot) {
      const chat = privateChatOf(bot, person)
      if (chat.state === 'blocked') setState(chat, 'started')
      return chat
    },
    clearChat(chat) {
      for (const message of chat.messages) changes.emit({ kind: 'deleted', message })
      chat.messages.length = 0
    },
    allowWriting(person, bot) {
      const chat = privateChatOf(bot, person)
      setState(chat, 'started')
      return write(person, chat, { kind: 'writeAccessAllowed' })
    },
  }
}

function textContent(text: string): MessageContent {
  const formatted = formatText({ text }, { maxLength: 4096, kind: 'text' })
  if (formatted.status === 'refused') throw new ActError(400, formatted.description)
  return { kind: 'text', formatted, linkPreviewOptions: undefined }
}

function ownContact(person: Person): Contact {
  return {
    phone_number: person.phoneNumber,
    first_name: person.firstName,
    last_name: person.lastName || undefined,
    user_id: person.id,
  }
}

function checkMayWrite(person: Person, chat: Chat): void {
  if (chat.kind !== 'private') {
    requireMember(chat, person)
    const status = chat.members.get(person.id)?.status
    const isChannelReader = chat.kind === 'channel' && status === 'member'
    if (isChannelReader || (status === 'member' && !chat.permissions.can_send_messages)) {
      throw new ActError(409, 'the person may not write here')
    }
    return
  }
  if (chat.person !== person) throw new ActError(409, `the chat ${chatReference(chat)} is another person's`)
  if (chat.state === 'blocked') throw new ActError(409, 'the bot is blocked; unblock it first')
  if (chat.state !== 'started') throw new ActError(409, 'Start has to be pressed first')
}

function requireMember(group: GroupChat, person: Person): void {
  if (!isMember(group, person.id)) throw new ActError(409, 'the person is not a member of this chat')
  if (group.deleted || group.migratedTo !== undefined) throw new ActError(409, 'the group is no more')
}
