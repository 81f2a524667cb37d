import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { createBotScene } from './bot-under-test.ts'
import { updatesOf } from './telegram-updates.ts'

const databaseUrl = await createTestDatabase()
const TEXT = 'Where is my parcel, Zanzibar-4711? I would like to stop by tomorrow.'

async function createScene() {
  const scene = await createBotScene({ databaseUrl })
  const process = await scene.serve('webhook')
  const phone = scene.addPhone()
  return { scene, process, phone }
}

test('[CM-10] who writes to the bot is answered where the shop is reached, and nothing else follows from it', async () => {
  const { scene, phone } = await createScene()
  const contactId = await scene.addContact('customer-7')
  phone.start(await scene.addLink(contactId))
  await phone.next()
  phone.send(TEXT)
  const answer = await phone.nextText()
  expect(answer).toContain('/help')
  expect(answer).toContain('ciao@faenza.example')
  expect(await scene.ledgerOf(contactId)).toEqual([])
  expect(await scene.consentOf(contactId)).toEqual({ granted: [], withdrawn: [] })
  expect(await scene.registrationsOf(contactId)).toMatchObject([{ status: 'active' }])
})

test('[CM-10] who is no registration does not become one by writing', async () => {
  const { scene, phone } = await createScene()
  phone.start('nowhere')
  await phone.next()
  phone.send(TEXT)
  expect(await phone.nextText()).toContain('nobody reads what you write here')
  expect(await scene.contacts()).toEqual([])
})

test('[CM-10] nothing of what was written is kept or logged', async () => {
  const { scene, process, phone } = await createScene()
  phone.start()
  await phone.next()
  phone.send(TEXT)
  await phone.next()
  const { command } = updatesOf(phone.person)
  const now = Math.floor(Date.now() / 1_000)
  expect(await process.deliver(command(1, now, '/zanzibar-4711'))).toBe(200)
  await phone.next()
  expect(JSON.stringify(process.log())).not.toMatch(/zanzibar/i)
  expect(await findInDatabase(scene.database, 'zanzibar')).toEqual([])
})

test('a picture, a voice message or a sticker is answered, too, and a service message is not', async () => {
  const { scene, process, phone } = await createScene()
  phone.start()
  await phone.next()
  const now = Math.floor(Date.now() / 1_000)
  const { command } = updatesOf(phone.person)
  const withContent = (id: number, content: object) => {
    const { message, ...update } = command(id, now, '')
    const { text: _text, entities: _entities, ...empty } = message
    return { ...update, message: { ...empty, ...content } }
  }
  const file = { file_id: 'x', file_unique_id: 'y' }
  expect(await process.deliver(withContent(1, { pinned_message: {} }))).toBe(200)
  expect(await process.deliver(withContent(2, { write_access_allowed: {} }))).toBe(200)
  expect(await process.deliver(withContent(3, { photo: [file], caption: 'Look' }))).toBe(200)
  expect(await phone.nextText()).toContain('nobody reads what you write here')
  expect(await process.deliver(withContent(4, { voice: file }))).toBe(200)
  expect(await phone.nextText()).toContain('nobody reads what you write here')
  // A caption is as good as a text.
  expect(await process.deliver(withContent(5, { photo: [file], caption: 'STOP' }))).toBe(200)
  expect(await phone.nextText()).toContain('will not write to you any more')
  await process.close()
  expect(phone.heard()).toHaveLength(4)
  expect(scene.emulator.requests().requests.filter(({ status }) => status !== 200)).toEqual([])
})

/** The tables in which this stands, in whichever column. */
async function findInDatabase(
  database: Awaited<ReturnType<typeof createBotScene>>['database'],
  word: string,
): Promise<string[]> {
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(
    database,
  )
  const found: string[] = []
  for (const { name } of tables) {
    const { rows } = await sql`
      select from ${sql.table(name)} as row where to_jsonb(row)::text ilike ${`%${word}%`} limit 1`.execute(
      database,
    )
    if (rows.length > 0) found.push(name)
  }
  return found
}
