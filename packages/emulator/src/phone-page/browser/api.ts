import type { Bot, Chat, Message, Person, Pressed } from './shapes.ts'

export type ButtonPlace = { row: number; column: number }

export type Api = {
  people: () => Promise<Person[]>
  bots: () => Promise<Bot[]>
  chats: (personId: number) => Promise<Chat[]>
  chat: (chat: string) => Promise<Chat>
  messages: (
    chat: string,
    page: { before?: number; limit: number },
  ) => Promise<{ messages: Message[]; more: boolean }>
  addPerson: (firstName: string) => Promise<Person>
  addBot: (name: string) => Promise<Bot>
  openLink: (personId: number, body: { link: string; chat?: string }) => Promise<{ chat: Chat }>
  start: (personId: number, body: { bot: number } | { chat: string }) => Promise<unknown>
  send: (personId: number, body: { chat: string; text: string; reply_to?: number }) => Promise<unknown>
  press: (personId: number, body: { chat: string; message: number; button: ButtonPlace }) => Promise<Pressed>
  /** Acts that need only to be named: `stop`, `unblock`, `delete-chat`, `share-contact`, `leave`. */
  act: (
    personId: number,
    name: string,
    body: { bot: number } | { chat: string; contact?: object },
  ) => Promise<unknown>
}

/** The control API of the emulator that serves this page. */
export function createApi(): Api {
  const act = <Answer>(personId: number, name: string, body: object): Promise<Answer> =>
    post<Answer>(`/emulator/people/${personId}/${name}`, body)
  return {
    people: async () => (await get<{ people: Person[] }>('/emulator/people')).people,
    bots: async () => (await get<{ bots: Bot[] }>('/emulator/bots')).bots,
    chats: async (personId) => (await get<{ chats: Chat[] }>(`/emulator/people/${personId}/chats`)).chats,
    chat: (chat) => get(`/emulator/chats/${encodeURIComponent(chat)}`),
    messages(chat, { before, limit }) {
      const query = new URLSearchParams({ limit: String(limit) })
      if (before !== undefined) query.set('before', String(before))
      return get(`/emulator/chats/${encodeURIComponent(chat)}/messages?${query}`)
    },
    addPerson: (firstName) => post('/emulator/people', { first_name: firstName }),
    addBot: (name) => post('/emulator/bots', { name }),
    openLink: (personId, body) => act(personId, 'open-link', body),
    start: (personId, body) => act(personId, 'start', body),
    send: (personId, body) => act(personId, 'send', body),
    press: (personId, body) => act(personId, 'press', body),
    act: (personId, name, body) => act(personId, name, body),
  }
}

async function get<Answer>(path: string): Promise<Answer> {
  return readAnswer<Answer>(await fetch(path))
}

async function post<Answer>(path: string, body: object): Promise<Answer> {
  const headers = { 'content-type': 'application/json' }
  return readAnswer<Answer>(await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) }))
}

/** The answer comes from the server that this page came from, in the shapes that its tests check: hence the cast. */
async function readAnswer<Answer>(response: Response): Promise<Answer> {
  const value: unknown = await response.json()
  if (!response.ok) throw new Error(errorOf(value) ?? `The emulator answered ${response.status}.`)
  return value as Answer
}

function errorOf(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null && 'error' in value ? String(value.error) : undefined
}
