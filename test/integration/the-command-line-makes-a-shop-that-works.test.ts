import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { EXAMPLES } from '@postino/domain'
import { startCluster } from '@postino/embedded'
import { expect, test } from 'vitest'
import { atEnd } from '../support/at-end.ts'
import { createTestDatabase } from '../support/create-test-database.ts'
import { createTestRedis } from '../support/create-test-redis.ts'
import { makeFolder } from '../support/make-folder.ts'
import { waitUntil } from '../support/wait-until.ts'
import { typeCommand } from './command-line.ts'

const PERSON_ID = 501

/** Everything that runs in an installation, with nothing in it yet. */
async function startInstallation() {
  const folder = makeFolder()
  const secretKeys = `test:${randomBytes(32).toString('base64')}`
  const secretKeysFile = join(folder, 'secret-keys')
  writeFileSync(secretKeysFile, secretKeys)
  const cluster = await startCluster({
    logFolder: join(folder, 'logs'),
    secretKeysFile,
    databaseUrl: await createTestDatabase(),
    redisUrl: await createTestRedis(),
    ports: { ingest: 0, emulator: 0, bot: 0 },
    prepare: async () => undefined,
  })
  atEnd(() => cluster.stop())
  const { databaseUrl, redisUrl, telegramApiRoot, ingestUrl } = cluster
  const env = {
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    TELEGRAM_API_ROOT: telegramApiRoot,
    POSTINO_URL: ingestUrl,
    SECRET_KEYS_FILE: secretKeysFile,
  }

  /** Calls the emulator's control API. */
  async function emulate(path: string, body?: object) {
    const headers = { 'content-type': 'application/json' }
    const init = body === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(body) }
    const response = await fetch(`${telegramApiRoot}/emulator${path}`, init)
    expect(response.status).toBe(200)
    return Object(await response.json())
  }

  /** What a command prints that ends well. */
  async function type(args: string[], more: Record<string, string> = {}): Promise<string> {
    const { code, out, err } = await typeCommand(args, { ...env, ...more })
    expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' })
    return out
  }

  async function textsIn(
    chat: string,
  ): Promise<{ key: number; text?: string; inline_keyboard?: Button[][] }[]> {
    return (await emulate(`/chats/${chat}/messages`)).messages
  }
  return { folder, type, emulate, textsIn }
}

interface Button {
  text: string
  callback_data?: string
}

/** An event about an order with this number. */
function orderEvent(number: string): string {
  const example = EXAMPLES['order.status_changed']
  const order = { ...Object(example.data['order']), id: number, number }
  const customer = { external_id: 'ada' }
  return JSON.stringify({ ...example, id: `event-${number}`, data: { ...example.data, order, customer } })
}

test('[PASS-24] from what @BotFather wrote to the message on the phone', async () => {
  const { folder, type, emulate, textsIn } = await startInstallation()
  expect(
    await type(['shop', 'create', 'bottega', '--name', 'Bottega Faenza', '--time-zone', 'Europe/Rome']),
  ).toContain('postino bot add --shop bottega')
  const { id: botId, token } = await emulate('/bots', { username: 'bottega_bot', name: 'Bottega' })
  const botFather = `Use this token to access the HTTP API:\n${token}\nKeep your token secure and store it safely.`
  const withToken = { TELEGRAM_BOT_TOKEN: botFather }
  expect(await type(['bot', 'add', '--shop', 'bottega'], withToken)).toContain('https://t.me/bottega_bot')
  const apiKey = await type(['key', 'create', '--shop', 'bottega'])
  await type(['contact', 'add', '--shop', 'bottega', '--external-id', 'ada', '--first-name', 'Ada'])
  const link = await type([
    'optin-link',
    '--shop',
    'bottega',
    '--contact',
    'ada',
    '--purposes',
    'order_updates',
  ])
  expect(await type(['doctor'])).toContain('All is well.')

  // What the person does with the link.
  const chat = `${botId}:${PERSON_ID}`
  await emulate('/people', { id: PERSON_ID, first_name: 'Ada', language_code: 'en' })
  await emulate(`/people/${PERSON_ID}/start`, { link })
  const question = await waitUntil(async () =>
    (await textsIn(chat)).find((message) => message.inline_keyboard),
  )
  const [grant] = question.inline_keyboard?.flat() ?? []
  await emulate(`/people/${PERSON_ID}/press`, {
    chat,
    message: question.key,
    button: { data: grant?.callback_data },
  })

  const file = join(folder, 'event.json')
  writeFileSync(file, orderEvent('A-1001'))
  expect(JSON.parse(await type(['send', file], { POSTINO_API_KEY: apiKey }))).toMatchObject({
    messages: [{ recipient: 'ada' }],
  })
  await waitUntil(async () => (await textsIn(chat)).some(({ text }) => text?.includes('A-1001')))
  await waitUntil(async () => /\bsent\b/.test(await type(['explain', 'event-A-1001', '--shop', 'bottega'])))

  // All of this while the apps that handle texts of others could make no code of them.
  for (const app of ['renderer', 'sender', 'bot'])
    expect(readFileSync(join(folder, 'logs', `${app}.log`), 'utf8')).not.toContain('code_generation.allowed')
}, 60_000)
