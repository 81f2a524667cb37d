import { sql } from 'kysely'
import { Client } from 'pg'
import { expect, inject, test } from 'vitest'
import { atEnd } from '../support/at-end.ts'
import { waitUntil } from '../support/wait-until.ts'
import { createBotScene, type BotProcess } from './bot-under-test.ts'

function failuresOf(process: BotProcess) {
  return process.log().filter(({ msg }) => msg === 'bot.update_failed')
}

test('what was not handled when a process ended is fetched by the next one', async () => {
  const scene = await createBotScene()
  const contactId = await scene.addContact('ada')
  const phone = scene.addPhone()
  const first = await scene.serve('polling')
  await sql`alter table registrations add constraint refuse check (false) not valid`.execute(scene.database)
  phone.start(await scene.addLink(contactId))
  await waitUntil(() => failuresOf(first).length > 0)
  await first.close()
  expect(scene.emulator.bots.get(scene.bot.id).pending_updates).toBe(1)

  await sql`alter table registrations drop constraint refuse`.execute(scene.database)
  await scene.serve('polling')
  expect((await phone.next()).inline_keyboard).toBeDefined()
})

test('an update that always fails is put aside, and those behind it get their turn', async () => {
  const scene = await createBotScene()
  const phones = await Promise.all(
    ['Poison', 'Ada'].map(async (firstName) => {
      const token = await scene.addLink(await scene.addContact(firstName))
      return { phone: scene.addPhone({ firstName }), token }
    }),
  )
  await sql`alter table registrations add constraint refuse check (telegram_name <> 'Poison')`.execute(
    scene.database,
  )
  const process = await scene.serve('polling')
  for (const { phone, token } of phones) phone.start(token)
  expect((await phones[1]!.phone.next()).inline_keyboard).toBeDefined()
  expect(phones[0]!.phone.heard()).toEqual([])
  expect(failuresOf(process).map(({ isPutAside }) => isPutAside)).toEqual([false, false, false, false, true])
})

test('no update is put aside because the database is away', async () => {
  const scene = await createBotScene()
  const name = new URL(scene.databaseUrl).pathname.slice(1)
  const admin = new Client({ connectionString: inject('postgresUrl') })
  await admin.connect()
  atEnd(() => admin.end())
  const token = await scene.addLink(await scene.addContact('ada'))
  const phone = scene.addPhone()
  const process = await scene.serve('polling')

  await admin.query(`alter database ${name} allow_connections false`)
  await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name])
  await waitUntil(() => process.log().some(({ msg }) => msg === 'connection.failed'))
  phone.start(token)
  // More often than a poisoned update is tried.
  await waitUntil(() => failuresOf(process).length >= 7)
  await admin.query(`alter database ${name} allow_connections true`)

  expect((await phone.next()).inline_keyboard).toBeDefined()
  expect(failuresOf(process).filter(({ isPutAside }) => isPutAside)).toEqual([])
})

test('updates of a form nobody knows are put aside at once', async () => {
  const scene = await createBotScene()
  const process = await scene.serve('polling')
  const phone = scene.addPhone()
  scene.emulator.bots.addUpdate(scene.bot.id, { message: 'no object' })
  phone.start()
  expect(await phone.nextText()).toContain('would like to write to you')
  expect(process.log().filter(({ msg }) => msg === 'bot.update_unreadable')).toMatchObject([
    { places: ['message'] },
  ])
  expect(failuresOf(process)).toEqual([])
})

test('while somebody else receives the updates, polling waits its turn and takes over', async () => {
  const scene = await createBotScene()
  const process = await scene.serve('polling')
  await waitUntil(() => process.log().some(({ msg }) => msg === 'bot.listening'))
  const call = (method: string, query = '') =>
    fetch(`${scene.emulator.url}/bot${scene.bot.token}/${method}${query}`, { method: 'POST' })
  await call('setWebhook', '?url=http://127.0.0.1:1/')
  await waitUntil(() => process.log().some(({ msg }) => msg === 'bot.not_listening'))
  await call('deleteWebhook')
  const phone = scene.addPhone()
  phone.start()
  expect(await phone.nextText()).toContain('would like to write to you')
})
