import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createEmulator } from '@postino/emulator'
import { expect, test } from 'vitest'
import { atEnd } from '../support/at-end.ts'
import { createTestDatabase } from '../support/create-test-database.ts'
import { makeFolder } from '../support/make-folder.ts'
import { typeCommand } from './command-line.ts'

// Wrong usage, which is told before anything is asked of a server, is tried beside the code (apps/cli/src/run.test.ts).

const folder = makeFolder()
const emulator = await createEmulator()
atEnd(() => emulator.close())
const { token } = emulator.bots.add()
const NOBODY = 'http://127.0.0.1:9'
const ENV = {
  DATABASE_URL: await createTestDatabase(),
  TELEGRAM_API_ROOT: emulator.url,
  SECRET_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
}
expect((await typeCommand(['shop', 'create', 'bottega', '--name', 'Bottega'], ENV)).code).toBe(0)

function fileOf(name: string, text: string): string {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

test.each<[what: string, line: string[], env: Record<string, string>, says: string[]]>([
  ['no DATABASE_URL', ['shop', 'list'], { DATABASE_URL: '' }, ['DATABASE_URL']],
  [
    'a Postgres that is not there',
    ['shop', 'list'],
    { DATABASE_URL: 'postgres://a:b@127.0.0.1:9/postino' },
    ['127.0.0.1:9', 'start it, or correct DATABASE_URL'],
  ],
  ['a shop that is there', ['shop', 'create', 'bottega', '--name', 'B'], {}, ['choose another slug']],
  ['an unknown shop', ['key', 'create', '--shop', 'botega'], {}, ['botega', 'postino shop list']],
  [
    'a token of no form',
    ['bot', 'add', '--shop', 'bottega'],
    { TELEGRAM_BOT_TOKEN: 'hello' },
    ['no bot token', '@BotFather'],
  ],
  [
    'a token of nobody',
    ['bot', 'add', '--shop', 'bottega'],
    { TELEGRAM_BOT_TOKEN: '123:abc' },
    ['does not accept the token', '@BotFather'],
  ],
  [
    'a Telegram that is not there',
    ['bot', 'add', '--shop', 'bottega'],
    { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: NOBODY },
    ['gives no answer', 'TELEGRAM_API_ROOT'],
  ],
  [
    'keys that are none',
    ['bot', 'add', '--shop', 'bottega'],
    { TELEGRAM_BOT_TOKEN: token, SECRET_KEYS: 'x' },
    ['SECRET_KEYS'],
  ],
  ['a bot that is not there', ['bot', 'pause', 'x_bot', '--shop', 'bottega'], {}, ['postino bot add']],
  ['an unknown contact', ['optin-link', '--shop', 'bottega', '--contact', 'x'], {}, ['postino contact add']],
  ['an unknown event', ['explain', 'x', '--shop', 'bottega'], {}, ['no event x']],
  [
    'a message to resend that is not held',
    ['unknown', 'resend', '7', '--shop', 'bottega'],
    {},
    ['postino unknown list'],
  ],
  [
    'a message to drop that is not held',
    ['unknown', 'drop', '7', '--shop', 'bottega'],
    {},
    ['postino unknown list'],
  ],
  [
    'a table that is no JSON',
    ['shop', 'change', 'bottega', '--attachments', fileOf('a.json', 'pdf: 5')],
    {},
    ['a.json is no JSON'],
  ],
  [
    'a table with wrong rows, each told',
    ['shop', 'change', 'bottega', '--attachments', fileOf('b.json', '{".pdf": 5, "zip": "1 MB"}')],
    {},
    ['b.json', '.pdf: ', 'zip: '],
  ],
  ['no such table', ['shop', 'change', 'bottega', '--attachments', join(folder, 'c')], {}, ['ENOENT']],
  [
    'an ingest that is not there',
    ['send', fileOf('event.json', '{}')],
    { POSTINO_URL: NOBODY, POSTINO_API_KEY: 'pst_test_x' },
    [NOBODY, 'POSTINO_URL'],
  ],
  ['nothing to send', ['send'], { POSTINO_API_KEY: 'pst_test_x' }, ['standard input is empty']],
])('%s is told with the way out, and without a stack', async (_what, line, env, says) => {
  const { code, out, err } = await typeCommand(line, { ...ENV, ...env })
  expect({ code, out }).toEqual({ code: 1, out: '' })
  for (const part of says) expect(err).toContain(part)
  expect(err).toMatch(/^postino: /)
  expect(err).not.toMatch(/\n\s+at |a mistake of Postino/)
  // A line, and one more for each row of a table.
  expect(err.split('\n').length).toBeLessThanOrEqual(says.length)
})

test('doctor names everything that is wrong, each with its way out', async () => {
  const { code, out } = await typeCommand(['doctor'], { ...ENV, REDIS_URL: 'redis://127.0.0.1:9' })
  expect(code).toBe(1)
  expect(out).toContain('correct REDIS_URL')
  expect(out).toContain('postino bot add')
})

test('a bot is added also when Redis is away; that what waits leaves later is told', async () => {
  const env = { ...ENV, TELEGRAM_BOT_TOKEN: token, REDIS_URL: 'redis://127.0.0.1:9' }
  const { code, out, err } = await typeCommand(['bot', 'add', '--shop', 'bottega'], env)
  expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('serves bottega') })
  expect(err).toMatch(/^What waits leaves within half a minute.*$/)
})
