import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { waitUntil } from '../support/wait-until.ts'
import { createStage, type TestPerson } from './pipeline-under-test.ts'

function numbered(to: TestPerson, from: number, until: number) {
  return Array.from({ length: until - from }, (_, index) => ({ to, text: `#${from + index}` }))
}

test('a group that becomes a supergroup with messages waiting and under way gets each of them once, in order', async () => {
  const stage = await createStage()
  const { emulator } = stage
  stage.startRenderer()
  stage.startSender()
  emulator.faults.add({ fault: { kind: 'latency', min_ms: 20, max_ms: 200 } })
  const bot = await stage.addBot()
  const group = await stage.addGroup(bot)
  const people = await stage.addPeople(bot, 5)
  const ids = await stage.accept([group, ...people].flatMap((each) => numbered(each, 0, 8)))
  await waitUntil(() => stage.textsOf(group).length >= 3)

  const { chat: supergroup } = emulator.groups.migrate(group.chat)
  // These still name the old chat when they are rendered, or the new one, as it comes.
  ids.push(...(await stage.accept(numbered(group, 8, 12))))

  const messages = await stage.waitForEnd(ids)
  expect(messages.filter(({ status }) => status !== 'sent')).toEqual([])
  const seen = [...stage.textsOf(group), ...stage.textsOf({ ...group, chat: supergroup.chat })]
  expect(seen).toEqual(Array.from({ length: 12 }, (_, index) => `#${index}`))
  for (const person of people) expect(stage.textsOf(person)).toHaveLength(8)
  const { rows } = await sql<{ chat: string }>`
    select chat_id::text as chat from registrations where id = ${group.registrationId}`.execute(
    stage.database,
  )
  expect(rows).toEqual([{ chat: supergroup.chat }])
}, 30_000)

test('a chat is kept by its number only, and once for each bot: no @name can stand beside it', async () => {
  const stage = await createStage()
  const bot = await stage.addBot()
  const group = await stage.addGroup(bot)
  const { rows } = await sql<{ place: string; type: string }>`
    select table_name || '.' || column_name as place, data_type as type from information_schema.columns
    where table_schema = 'public' and column_name in ('chat_id', 'telegram_chat_id') order by place`.execute(
    stage.database,
  )
  expect(rows.length).toBeGreaterThanOrEqual(2)
  expect(rows.filter(({ type }) => type !== 'bigint')).toEqual([])
  const copy = sql`
    insert into registrations (shop_id, bot_id, chat_id, telegram_user_id, contact_id, status, source)
    select shop_id, bot_id, chat_id, telegram_user_id, contact_id, status, source from registrations where id = ${group.registrationId}`
  await expect(copy.execute(stage.database)).rejects.toThrow(/unique|duplicate/)
})
