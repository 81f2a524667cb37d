import assert from 'node:assert/strict'
import { parseAllowedUpdates } from '../updates/allowed-updates.ts'
import type { Inbox } from '../updates/inbox.ts'
import type { Chat, GroupChat } from '../world/chat.ts'
import type { Message, MessageContent, ServiceEvent } from '../world/message.ts'
import type { Bot, Person, User } from '../world/user.ts'
import { addPerson, privateChatOf } from '../world/world.ts'
import type { World } from '../world/world.ts'
import type { SavedParts } from './save-world.ts'
import type {
  SavedBot,
  SavedContent,
  SavedGroup,
  SavedInbox,
  SavedMessage,
  SavedServiceEvent,
  SavedWorld,
} from './saved-world.ts'

/** Fills an empty world with a saved one. Webhooks that were set are delivered to at once. */
export function loadWorld(parts: SavedParts, saved: SavedWorld): void {
  const { clock, world, book, files } = parts
  clock.advance(Math.max(0, saved.nowMs - clock.nowMs()))
  for (const person of saved.people) addPerson(world, { ...person })
  for (const bot of saved.bots) loadBot(parts, bot)
  for (const group of saved.groups) world.groups.set(group.id, loadGroup(world, group))
  for (const { id, migratedTo } of saved.groups) {
    if (migratedTo !== undefined) groupOf(world, id).migratedTo = groupOf(world, migratedTo)
  }
  for (const { bot, person, ...chat } of saved.privateChats) {
    Object.assign(privateChatOf(botOf(world, bot), personOf(world, person)), chat)
  }
  files.restore(saved.files)
  const { lastKey, messages } = saved.messages
  book.restore({ lastKey, messages: loadMessages(world, messages) })
  // Last, so that what waited is delivered by a world that is whole.
  for (const { id, inbox } of saved.bots) loadWebhook(botOf(world, id).inbox, inbox)
}

function loadBot({ botAccounts }: SavedParts, { commands, inbox, ...fields }: SavedBot): void {
  const bot = botAccounts.add({ id: fields.id, username: fields.username })
  // A bot that was revoked for good has no token in the file, as JSON has no undefined.
  Object.assign(bot, { token: undefined }, fields)
  for (const [scope, list] of commands) bot.commands.set(scope, list)
  bot.inbox.restore(inbox)
  const allowed = parseAllowedUpdates(JSON.stringify(inbox.allowed))
  if (allowed !== undefined) bot.inbox.setAllowedUpdates(allowed)
}

function loadWebhook(inbox: Inbox, { webhook }: SavedInbox): void {
  if (webhook === undefined) return
  const { url, certificate, ...target } = webhook
  inbox.setWebhook({
    ...target,
    url: new URL(url),
    certificate: certificate === undefined ? undefined : Buffer.from(certificate, 'base64'),
  })
}

function loadGroup(
  world: World,
  { members, migratedTo: _target, keyboard, ...fields }: SavedGroup,
): GroupChat {
  return {
    ...fields,
    keyboard,
    members: new Map(members.map(({ id, status }) => [id, { user: userOf(world, id), status }])),
    migratedTo: undefined,
    messages: [],
    byId: new Map(),
    byBotAndId: new Map(),
  }
}

function loadMessages(world: World, saved: readonly SavedMessage[]): Message[] {
  const byKey = new Map<number, Message>()
  for (const each of saved) {
    const { isShown, chat: reference, from, replyTo, idByBot, content, ...plain } = each
    const chat = chatOf(world, reference)
    const message: Message = {
      ...plain,
      chat,
      from: from === undefined ? undefined : userOf(world, from),
      // What it answered may be forgotten by now.
      replyTo: replyTo === undefined ? undefined : byKey.get(replyTo),
      idByBot: idByBot && new Map(idByBot),
      content: loadContent(world, content),
      editDateSeconds: each.editDateSeconds,
      inlineKeyboard: each.inlineKeyboard,
      deleted: false,
    }
    byKey.set(message.key, message)
    if (isShown) chat.messages.push(message)
  }
  return [...byKey.values()]
}

function loadContent(world: World, content: SavedContent): MessageContent {
  return content.kind === 'service'
    ? { kind: 'service', event: loadServiceEvent(world, content.event) }
    : content
}

function loadServiceEvent(world: World, event: SavedServiceEvent): ServiceEvent {
  switch (event.kind) {
    case 'membersAdded':
      return { kind: event.kind, users: event.users.map((id) => userOf(world, id)) }
    case 'memberLeft':
      return { kind: event.kind, user: userOf(world, event.user) }
    case 'migratedTo':
      return { kind: event.kind, target: groupOf(world, event.group) }
    case 'migratedFrom':
      return { kind: event.kind, source: groupOf(world, event.group) }
    case 'groupCreated':
    case 'writeAccessAllowed':
      return { kind: event.kind }
  }
}

function chatOf(world: World, reference: string): Chat {
  const [first = '', person] = reference.split(':')
  if (person === undefined) return groupOf(world, Number(first))
  return privateChatOf(botOf(world, Number(first)), personOf(world, Number(person)))
}

function userOf(world: World, id: number): User {
  return world.people.get(id) ?? botOf(world, id)
}

function botOf(world: World, id: number): Bot {
  const bot = world.bots.get(id)
  assert(bot, `there is no bot ${id} in the saved world`)
  return bot
}

function personOf(world: World, id: number): Person {
  const person = world.people.get(id)
  assert(person, `there is no person ${id} in the saved world`)
  return person
}

function groupOf(world: World, id: number): GroupChat {
  const group = world.groups.get(id)
  assert(group, `there is no group ${id} in the saved world`)
  return group
}
