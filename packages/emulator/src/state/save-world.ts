import type { Engine } from '../engine.ts'
import type { Inbox } from '../updates/inbox.ts'
import type { UpdateType } from '../updates/allowed-updates.ts'
import { chatReference } from '../world/chat.ts'
import type { GroupChat, PrivateChat } from '../world/chat.ts'
import type { Message, MessageContent, ServiceEvent } from '../world/message.ts'
import type { Bot } from '../world/user.ts'
import type {
  SavedBot,
  SavedContent,
  SavedGroup,
  SavedInbox,
  SavedMessage,
  SavedPrivateChat,
  SavedServiceEvent,
  SavedWorld,
} from './saved-world.ts'

export type SavedParts = Pick<Engine, 'clock' | 'world' | 'book' | 'files' | 'botAccounts' | 'personAccounts'>

/** What `loadWorld` makes the same world of. */
export function saveWorld({ clock, world, book, files }: SavedParts): SavedWorld {
  const bots = [...world.bots.values()]
  const { lastKey, messages } = book.contents()
  const shown = new Set(
    [...bots.flatMap((bot) => [...bot.privateChats.values()]), ...world.groups.values()].flatMap(
      (chat) => chat.messages,
    ),
  )
  return {
    nowMs: clock.nowMs(),
    people: [...world.people.values()],
    bots: bots.map(saveBot),
    groups: [...world.groups.values()].map(saveGroup),
    privateChats: bots.flatMap((bot) => [...bot.privateChats.values()].map(savePrivateChat)),
    files: files.list(),
    messages: { lastKey, messages: messages.map((message) => saveMessage(message, shown.has(message))) },
  }
}

function saveBot({ kind: _kind, commands, privateChats: _chats, inbox, ...bot }: Bot): SavedBot {
  return { ...bot, commands: [...commands], inbox: saveInbox(inbox) }
}

function saveInbox(inbox: Inbox): SavedInbox {
  const saved = { ...inbox.contents(), allowed: [...inbox.allowedUpdates()] satisfies UpdateType[] }
  const target = inbox.webhook()?.target
  if (target === undefined) return saved
  const { url, certificate, ...webhook } = target
  return {
    ...saved,
    webhook: {
      ...webhook,
      url: url.href,
      ...(certificate && { certificate: certificate.toString('base64') }),
    },
  }
}

function saveGroup(group: GroupChat): SavedGroup {
  const { members, migratedTo, messages: _messages, byId: _byId, byBotAndId: _byBot, ...plain } = group
  return {
    ...plain,
    members: [...members.values()].map(({ user, status }) => ({ id: user.id, status })),
    ...(migratedTo && { migratedTo: migratedTo.id }),
  }
}

function savePrivateChat(chat: PrivateChat): SavedPrivateChat {
  const { bot, person, state, startParameter, keyboard, messageCount } = chat
  return { bot: bot.id, person: person.id, state, startParameter, keyboard, messageCount }
}

function saveMessage(message: Message, isShown: boolean): SavedMessage {
  const { chat, from, replyTo, idByBot, content, deleted: _deleted, ...plain } = message
  return {
    ...plain,
    chat: chatReference(chat),
    ...(from && { from: from.id }),
    ...(replyTo && { replyTo: replyTo.key }),
    ...(idByBot && { idByBot: [...idByBot] }),
    content: saveContent(content),
    isShown,
  }
}

function saveContent(content: MessageContent): SavedContent {
  return content.kind === 'service' ? { kind: 'service', event: saveServiceEvent(content.event) } : content
}

function saveServiceEvent(event: ServiceEvent): SavedServiceEvent {
  switch (event.kind) {
    case 'membersAdded':
      return { kind: event.kind, users: event.users.map(({ id }) => id) }
    case 'memberLeft':
      return { kind: event.kind, user: event.user.id }
    case 'migratedTo':
      return { kind: event.kind, group: event.target.id }
    case 'migratedFrom':
      return { kind: event.kind, group: event.source.id }
    case 'groupCreated':
    case 'writeAccessAllowed':
      return { kind: event.kind }
  }
}
