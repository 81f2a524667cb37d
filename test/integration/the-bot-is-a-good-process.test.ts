import { freePort, nodeFlagsOf } from '@postino/embedded'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startNode } from '../support/start-node.ts'
import { createTestDatabase } from '../support/create-test-database.ts'
import { waitUntil } from '../support/wait-until.ts'
import { createBotScene, type BotScene, type Mode } from './bot-under-test.ts'
import { createPhone } from './phone.ts'

const databaseUrl = await createTestDatabase()

const MODES: Mode[] = ['webhook', 'polling']

/** apps/bot as in production: `node src/main.ts` with its settings in the environment. */
async function startBot(scene: BotScene, mode: Mode) {
  const port = mode === 'webhook' ? await freePort() : 0
  const process = startNode(new URL('../../apps/bot/src/main.ts', import.meta.url), {
    flags: nodeFlagsOf('bot'),
    env: {
      DATABASE_URL: scene.databaseUrl,
      SECRET_KEYS: scene.secretKeys,
      TELEGRAM_API_ROOT: scene.emulator.url,
      BOT_REFRESH_SECONDS: '1',
      PORT: String(port),
      HEALTH_PORT: '0',
      LOG_LEVEL: 'trace',
      ...(mode === 'webhook' ? { BOT_PUBLIC_URL: `http://127.0.0.1:${port}/` } : {}),
    },
  })
  await process.waitForField('healthPort')
  return process
}

test.each(MODES)('by %s it serves its bots, and a new one within seconds', async (mode) => {
  const scene = await createBotScene({ databaseUrl })
  const process = await startBot(scene, mode)
  const phone = scene.addPhone()
  phone.start()
  expect(await phone.nextText()).toContain('Bottega Faenza would like to write to you')
  const { bot } = await scene.addShop('New Shop')
  const there = createPhone(scene.emulator, bot, phone.person)
  there.start()
  expect(await there.nextText()).toContain('New Shop would like to write to you')
  process.kill('SIGTERM')
  expect(await process.ended).toEqual({ code: 0, signal: null })
})

test.each(MODES)('by %s SIGTERM lets the update under way take effect and be answered', async (mode) => {
  const scene = await createBotScene({ databaseUrl })
  const process = await startBot(scene, mode)
  const contactId = await scene.addContact('ada')
  const phone = scene.addPhone()
  const token = await scene.addLink(contactId)
  await scene.database.transaction().execute(async (blocker) => {
    await sql`lock table registrations in access exclusive mode`.execute(blocker)
    phone.start(token)
    await waitUntil(async () => {
      const { rows } = await sql`select from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(scene.database)
      return rows.length > 0
    })
    process.kill('SIGTERM')
    await waitUntil(() => process.stdout().includes('service.stopping'))
  })
  expect(await process.ended).toEqual({ code: 0, signal: null })
  expect(await scene.registrationsOf(contactId)).toMatchObject([{ status: 'active' }])
  expect((await phone.next()).inline_keyboard).toBeDefined()
})

test('it logs no name, no text and no token, whatever goes wrong', async () => {
  const scene = await createBotScene({ databaseUrl })
  const process = await startBot(scene, 'webhook')
  const phone = scene.addPhone({ firstName: 'Philippa-Wilhelmina' })
  const token = await scene.addLink(await scene.addContact('ada'))
  await sql`alter table registrations add constraint refuse check (telegram_name = 'nobody') not valid`.execute(
    scene.database,
  )
  phone.start(token)
  await waitUntil(() => process.stdout().includes('bot.update_failed'))
  await sql`alter table registrations drop constraint refuse`.execute(scene.database)
  await phone.next()
  const bad = { kind: 'error', code: 400, description: 'Bad Request: Philippa-Wilhelmina is odd' } as const
  for (const fault of [
    { ...bad, description: 'Bad Request: odd' },
    { kind: 'bad_gateway', body: 'html' } as const,
  ]) {
    scene.emulator.faults.add({ match: { method: 'sendMessage' }, fault, count: 1 })
    phone.send('/privacy please, said Philippa-Wilhelmina')
    const failures = () => process.lines().filter(({ msg }) => msg === 'bot.reply_failed').length
    const before = failures()
    await waitUntil(() => failures() > before)
  }
  scene.emulator.bots.revoke(scene.bot.id, null)
  process.kill('SIGTERM')
  await process.ended
  for (const secret of ['Philippa', 'please', 'Faenza', token, scene.bot.token.split(':')[1]!]) {
    expect(process.stdout() + process.stderr()).not.toContain(secret)
  }
})
