/** The emulator's people and bots, by its HTTP API: what the demo shop needs of it. Its README has the shapes. */
export interface EmulatorClient {
  /** Undefined when there is none with this username. */
  findBot: (username: string) => Promise<EmulatorBot | undefined>
  addBot: (bot: { username: string; name: string }) => Promise<EmulatorBot>
  hasPerson: (id: number) => Promise<boolean>
  addPerson: (person: EmulatorPerson) => Promise<void>
  /** The phone shows the chat with its START button, which then carries the link's token. */
  openLink: (personId: number, link: string) => Promise<void>
  pressStart: (personId: number, link: string) => Promise<void>
  press: (personId: number, press: { chat: string; message: number; data: string }) => Promise<void>
  /** Undefined when the two have never met. */
  findChat: (chat: string) => Promise<EmulatorChat | undefined>
  readMessages: (chat: string) => Promise<EmulatorMessage[]>
  /** Calls of the Bot API with a serial above `after`. */
  readRequests: (after: number) => Promise<{ requests: EmulatorRequest[]; last: number }>
  /** How long a chat has to be quiet until it takes a burst again. */
  readCalmMs: () => Promise<number>
}

export interface EmulatorBot {
  id: number
  token: string
}

export interface EmulatorPerson {
  id: number
  first_name: string
  last_name?: string
  language_code: string
}

export interface EmulatorChat {
  state: 'new' | 'started' | 'blocked'
}

/** A Bot API call as the emulator saw it. */
export interface EmulatorRequest {
  at_ms: number
  method: string
  chat_id?: string
  status: number
}

export interface EmulatorMessage {
  key: number
  message_id: number
  from: { is_bot: boolean }
  text?: string
  inline_keyboard?: { text: string; url?: string; callback_data?: string }[][]
}

interface EmulatorSettings {
  flood: { enabled: boolean; private_chat: { interval_ms: number; burst: number } }
}

const TIMEOUT_MS = 15_000

export function createEmulatorClient(url: string): EmulatorClient {
  async function ask(path: string, init: RequestInit = {}): Promise<Response> {
    return await fetch(`${url}/emulator${path}`, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) })
  }
  async function read<T>(path: string, response: Response): Promise<T> {
    if (!response.ok) throw new Error(`the emulator refused ${path}: ${await response.text()}`)
    // The shapes are those of its README, and it is always of the same version.
    return (await response.json()) as T
  }
  async function get<T>(path: string): Promise<T> {
    return await read(path, await ask(path))
  }
  async function find<T>(path: string): Promise<T | undefined> {
    const response = await ask(path)
    return response.status === 404 ? undefined : await read(path, response)
  }
  async function post<T>(path: string, body: object): Promise<T> {
    const headers = { 'content-type': 'application/json' }
    return await read(path, await ask(path, { method: 'POST', headers, body: JSON.stringify(body) }))
  }
  return {
    findBot: (username) => find(`/bots/${username}`),
    addBot: (bot) => post('/bots', bot),
    hasPerson: async (id) => (await find(`/people/${id}`)) !== undefined,
    addPerson: (person) => post('/people', person),
    openLink: (personId, link) => post(`/people/${personId}/open-link`, { link }),
    pressStart: (personId, link) => post(`/people/${personId}/start`, { link }),
    press: (personId, { data, ...press }) =>
      post(`/people/${personId}/press`, { ...press, button: { data } }),
    findChat: (chat) => find(`/chats/${chat}`),
    readMessages: async (chat) =>
      (await get<{ messages: EmulatorMessage[] }>(`/chats/${chat}/messages?limit=1000`)).messages,
    readRequests: (after) => get(`/requests?after=${after}&limit=1000`),
    async readCalmMs() {
      const { flood } = await get<EmulatorSettings>('/settings')
      return flood.enabled ? flood.private_chat.interval_ms * flood.private_chat.burst : 0
    },
  }
}
