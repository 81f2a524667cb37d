import { randomBytes } from 'node:crypto'
import {
  createKeyring,
  findOptinPage,
  loginSecretContext,
  parseSecretKeys,
  upsertBot,
} from '@postino/database'
import { expect, test } from 'vitest'
import { openTestDatabase } from './database-under-test.ts'
import { typeCommand } from './command-line.ts'

const SECRET = 'web-login-secret'

test('a bot gets its log-in with the secret sealed and shown to nobody, and loses it again', async () => {
  const { db, url } = await openTestDatabase()
  const secretKeys = `test:${randomBytes(32).toString('base64')}`
  const keyring = createKeyring(parseSecretKeys(secretKeys))
  const env = { DATABASE_URL: url, SECRET_KEYS: secretKeys, TELEGRAM_LOGIN_SECRET: SECRET }
  await typeCommand(['shop', 'create', 'faenza', '--name', 'Faenza'], env)
  const { id: shopId } = await db.selectFrom('shops').select('id').executeTakeFirstOrThrow()
  await upsertBot(db, shopId, { telegramId: 77, username: 'faenza_bot', name: 'F', token: 't', keyring })

  const login = ['bot', 'login', '@faenza_bot', '--shop', 'faenza']
  const refused = await typeCommand(login, env)
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('--client-id')])
  const done = await typeCommand([...login, '--client-id', '77'], env)
  expect(done).toMatchObject({ code: 0, err: '', out: expect.stringContaining('/o/faenza/login/callback') })
  expect(done.out).not.toContain(SECRET)
  const [bot] = (await findOptinPage(db, 'faenza'))?.bots ?? []
  expect(bot?.login?.clientId).toBe('77')
  const sealed = bot?.login?.secret ?? { keyId: '', ciphertext: Buffer.alloc(0) }
  expect(sealed.ciphertext.toString('latin1')).not.toContain(SECRET)
  expect(keyring.open(sealed, loginSecretContext(shopId, '77'))).toBe(SECRET)

  expect((await typeCommand([...login, '--off'], env)).code).toBe(0)
  expect((await findOptinPage(db, 'faenza'))?.bots[0]?.login).toBeNull()
})
