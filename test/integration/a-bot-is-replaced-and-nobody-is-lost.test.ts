import assert from 'node:assert/strict'
import {
  archiveBot,
  closeRegistration,
  findReplacementProgress,
  insertConsents,
  startBotReplacement,
} from '@postino/database'
import { PURPOSES } from '@postino/domain'
import { expect, test } from 'vitest'
import { waitUntil } from '../support/wait-until.ts'
import { createStage, type TestPerson } from './pipeline-under-test.ts'

const stage = await createStage()
const { database, emulator, shopId } = stage
const SCHEDULER = { sweepSeconds: 1, forgottenSeconds: 15 }
const oldBot = await stage.addBot()
const newBot = await stage.addBot()
const people = await stage.addPeople(oldBot, 30)
await stage.startProcess('bot', { PORT: '0' })
stage.startSender()
stage.startRenderer()
// Everybody has pressed START by then, as far as the bot knows.
await waitUntil(
  async () => (await database.selectFrom('telegram_updates').selectAll().execute()).length === 30,
)

/** The links of the invitations a person has got. */
function linksOf({ chat }: TestPerson): string[] {
  return emulator.chats
    .messages(chat, { limit: 1_000 })
    .messages.flatMap(({ inline_keyboard: rows }) => rows?.flat() ?? [])
    .flatMap((button) => ('url' in button && typeof button.url === 'string' ? [button.url] : []))
}

function move(person: TestPerson): void {
  const [link = ''] = linksOf(person)
  const parameter = new URL(link).searchParams.get('start') ?? ''
  emulator.people.start(person.telegramId, { bot: newBot.telegramId, parameter })
}

async function progress() {
  const found = await findReplacementProgress(database, shopId, oldBot.botId)
  assert(found !== undefined)
  const { total, moved, left, invited, waiting, notInvited } = found
  return { total, moved, left, invited, waiting, notInvited }
}

/** What each person is told, by which bot. */
async function tell(text: string): Promise<Map<string, 'old' | 'new'>> {
  const ids = await stage.accept(people.map((to) => ({ to, text })))
  await stage.waitForEnd(ids)
  const rows = await database
    .selectFrom('messages')
    .select(['recipient', 'bot_id as botId', 'status'])
    .where('id', 'in', ids)
    .execute()
  return new Map(
    rows.flatMap(({ recipient, botId, status }) =>
      status === 'sent' ? [[recipient, botId === newBot.botId ? ('new' as const) : ('old' as const)]] : [],
    ),
  )
}

test('[WEB-6, BEY-10] everybody is invited once, whoever comes is written to by the new bot, the others by the old one', async () => {
  const [stopped, silent, ...others] = people
  assert(stopped !== undefined && silent !== undefined)
  await closeRegistration(database, shopId, {
    registrationId: stopped.registrationId,
    status: 'stopped',
    reason: 'registration_stopped',
  })
  const withdrawal = {
    action: 'withdrawn',
    source: 't',
    actor: 'contact',
    evidence: { update_id: 2 },
  } as const
  await insertConsents(
    database,
    shopId,
    silent.contactId,
    PURPOSES.map((purpose) => ({ purpose, ...withdrawal })),
  )
  await startBotReplacement(database, shopId, { oldBotId: oldBot.botId, newBotId: newBot.botId })

  // One is stopped in the middle, and another one takes over beside a third.
  const first = stage.startScheduler(SCHEDULER)
  stage.startScheduler(SCHEDULER)
  await waitUntil(async () => (await progress()).invited > 0, { timeoutMs: 20_000 })
  await first.close()
  stage.startScheduler(SCHEDULER)
  await waitUntil(() => others.every((person) => linksOf(person).length > 0), { timeoutMs: 20_000 })
  expect(await progress()).toEqual({
    total: 29,
    moved: 0,
    left: 29,
    invited: 28,
    waiting: 0,
    notInvited: { no_consent: 1 },
  })

  const movers = others.slice(0, 10)
  movers.forEach(move)
  await waitUntil(async () => (await progress()).moved === 10)
  const told = await tell('shipped')
  expect([...told.keys()].toSorted()).toEqual(others.map(({ externalId }) => externalId).toSorted())
  for (const { externalId } of others) {
    expect(told.get(externalId)).toBe(movers.some((mover) => mover.externalId === externalId) ? 'new' : 'old')
  }
  expect(others.map((person) => linksOf(person).length)).toEqual(others.map(() => 1))
  expect(linksOf(stopped)).toEqual([])
})

test('[BEY-10] an archived bot keeps every registration, and who has a chat with the new bot loses nothing', async () => {
  const before = await database
    .selectFrom('registrations')
    .select(['id', 'status'])
    .where('bot_id', '=', oldBot.botId)
    .orderBy('id')
    .execute()
  await archiveBot(database, shopId, oldBot.botId)
  const after = await database
    .selectFrom('registrations')
    .select(['id', 'status'])
    .where('bot_id', '=', oldBot.botId)
    .orderBy('id')
    .execute()
  expect(after).toEqual(before)
  const told = await tell('delivered')
  expect([...told.values()]).toEqual(Array.from({ length: 10 }, () => 'new'))
})
