/** The emulator's people, by its HTTP API: what the demo needs of it. */
export interface EmulatorClient {
  addBot: (bot: { token?: string; username: string; name: string }) => Promise<{ id: number; token: string }>
  addPerson(person: {
    id?: number
    first_name: string
    last_name?: string
    language_code: string
  }): Promise<{ id: number }>
  openLink: (personId: number, link: string) => Promise<void>
  pressStart: (personId: number, link: string) => Promise<void>
  press: (personId: number, press: { chat: string; message: number; data: string }) => Promise<void>
  readMessages: (chat: string) => Promise<EmulatorMessage[]>
  findBot: (username: string) => Promise<{ id: number }>
  /** The serial of the last Bot API call so far. */
  lastRequest: () => Promise<number>
  readRequests: (after: number) => Promise<EmulatorRequest[]>
  readReport: () => Promise<{ duplicate_count: number }>
}

/** A Bot API call as the emulator saw it. */
export interface EmulatorRequest {
  serial: number
  at_ms: number
  method: string
  chat_id?: string
  status: number
}

export interface EmulatorMessage {
  key: number
  date: number
  from: { is_bot: boolean }
  text?: string
  inline_keyboard?: { text: string; url?: string; callback_data?: string }[][]
}

export function createEmulatorClient(url: string): EmulatorClient {
  async function call<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
    const response = await fetch(`${url}/emulator${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(15_000),
    })
    if (!response.ok) throw new Error(`the emulator refused ${method} ${path}: ${await response.text()}`)
    return (await response.json()) as T
  }
  return {
    addBot: (bot) => call('POST', '/bots', bot),
    addPerson: (person) => call('POST', '/people', person),
    async openLink(personId, link) {
      await call('POST', `/people/${personId}/open-link`, { link })
    },
    async pressStart(personId, link) {
      await call('POST', `/people/${personId}/start`, { link })
    },
    async press(personId, { chat, message, data }) {
      await call('POST', `/people/${personId}/press`, { chat, message, button: { data } })
    },
    async readMessages(chat) {
      const page = await call<{ messages: EmulatorMessage[] }>('GET', `/chats/${chat}/messages?limit=1000`)
      return page.messages
    },
    findBot: (username) => call('GET', `/bots/${username}`),
    async lastRequest() {
      return (await call<{ last: number }>('GET', '/requests?limit=1')).last
    },
    async readRequests(after) {
      const page = await call<{ requests: EmulatorRequest[] }>('GET', `/requests?after=${after}&limit=1000`)
      return page.requests
    },
    readReport: () => call('GET', '/report'),
  }
}
