import type { Bot, Chat, Message, Person } from './shapes.ts'

/** The messages of one chat, as far as they are loaded, oldest first. */
export type Thread = { messages: Message[]; hasMore: boolean }

/** Everything the page shows. Views read it; `updates.ts` and the actions change it. */
export type Model = {
  people: Map<number, Person>
  bots: Map<number, Bot>
  /** By person, then by chat reference; only of people whose chats were loaded. */
  chats: Map<number, Map<string, Chat>>
  threads: Map<string, Thread>
  /** Until when a chat shows that its bot is typing. */
  typingUntilMs: Map<string, number>
  /** Unread messages by person, then by chat reference. */
  unread: Map<number, Map<string, number>>
  personId: number | undefined
  /** The reference of the chat that is open. */
  chat: string | undefined
  search: string
  connection: 'loading' | 'live' | 'lost'
}

export function createModel(): Model {
  return {
    people: new Map(),
    bots: new Map(),
    chats: new Map(),
    threads: new Map(),
    typingUntilMs: new Map(),
    unread: new Map(),
    personId: undefined,
    chat: undefined,
    search: '',
    connection: 'loading',
  }
}

export function personName(person: Person): string {
  return `${person.first_name} ${person.last_name}`.trim()
}

export function selectedPerson(model: Model): Person | undefined {
  return model.personId === undefined ? undefined : model.people.get(model.personId)
}

export function chatsOf(model: Model, personId: number): Chat[] {
  const chats = [...(model.chats.get(personId)?.values() ?? [])]
  return chats.toSorted((left, right) => (right.last_message?.key ?? 0) - (left.last_message?.key ?? 0))
}

/** The open chat; a bot that the person never met has one too, that begins with Start. */
export function selectedChat(model: Model): Chat | undefined {
  const person = selectedPerson(model)
  if (person === undefined || model.chat === undefined) return undefined
  const known = model.chats.get(person.id)?.get(model.chat)
  if (known !== undefined) return known
  const bot = model.bots.get(Number(model.chat.split(':')[0]))
  return bot === undefined || model.chat !== privateChat(bot.id, person.id)
    ? undefined
    : unmetChat(bot, person)
}

export function privateChat(botId: number, personId: number): string {
  return `${botId}:${personId}`
}

function unmetChat(bot: Bot, person: Person): Chat {
  return {
    chat: privateChat(bot.id, person.id),
    kind: 'private',
    title: bot.name,
    bot_id: bot.id,
    person_id: person.id,
    state: 'new',
    keyboard: null,
    last_message: null,
  }
}

/** People of a chat who are looked after here: the one of a private chat, or the members of a group. */
export function peopleIn(model: Model, chat: string): number[] {
  const personId = Number(chat.split(':')[1])
  if (Number.isFinite(personId)) return [personId]
  return [...model.chats].filter(([, chats]) => chats.has(chat)).map(([id]) => id)
}

export function unreadOf(model: Model, personId: number): number {
  return [...(model.unread.get(personId)?.values() ?? [])].reduce((total, count) => total + count, 0)
}
