import { Agent, request } from 'node:http'
import { percentile } from '../percentile.ts'

/** Where one bot's webhooks go. */
export interface Hook {
  path: string
  secret: string
}

/** What the people of a load write, each in a private chat of their own, one text after the other. */
export interface Chat {
  hook: Hook
  chatId: number
  texts: string[]
}

export interface LoadResult {
  perSecond: number
  p50Ms: number
  p99Ms: number
}

/** Telegram opens up to 40 connections to each bot; to a process that serves many bots more than it needs. */
const CONNECTIONS = 64

/** Delivers updates as Telegram does, over many connections, in order within a chat; the next one comes when the last is answered. */
export async function deliverAll(origin: string, chats: Chat[], firstUpdateId: number): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const samples: number[] = []
  const waiting = chats.values()
  let updateId = firstUpdateId

  async function deliver({ hook, chatId }: Chat, text: string): Promise<void> {
    const startedMs = performance.now()
    updateId += 1
    const body = JSON.stringify(textUpdate(updateId, chatId, text))
    const status = await post(new URL(hook.path, origin), { agent, secret: hook.secret, body })
    if (status !== 200) throw new Error(`an update was answered ${status}`)
    samples.push(performance.now() - startedMs)
  }

  async function work(): Promise<void> {
    for (const chat of waiting) for (const text of chat.texts) await deliver(chat, text)
  }

  const startedMs = performance.now()
  await Promise.all(Array.from({ length: CONNECTIONS }, work))
  const seconds = (performance.now() - startedMs) / 1_000
  agent.destroy()
  return {
    perSecond: samples.length / seconds,
    p50Ms: percentile(samples, 0.5),
    p99Ms: percentile(samples, 0.99),
  }
}

/** The status of the answer, once it has come to its end. */
function post(url: URL, { agent, secret, body }: { agent: Agent; secret: string; body: string }) {
  return new Promise<number | undefined>((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'x-telegram-bot-api-secret-token': secret,
    }
    request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode))
    })
      .on('error', reject)
      .end(body)
  })
}

function textUpdate(updateId: number, chatId: number, text: string): object {
  const person = { id: chatId, is_bot: false, first_name: 'Ada', language_code: 'en' }
  const [command = ''] = text.split(' ')
  return {
    update_id: updateId,
    message: {
      message_id: updateId,
      date: Math.floor(Date.now() / 1_000),
      chat: { id: chatId, type: 'private', first_name: 'Ada' },
      from: person,
      text,
      entities: [{ type: 'bot_command', offset: 0, length: command.length }],
    },
  }
}
