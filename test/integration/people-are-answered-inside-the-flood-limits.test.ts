import { expect, test } from 'vitest'
import { REPLY_PACE } from '@postino/bot/bot/reply-pace.ts'
import { createTestDatabase } from '../support/create-test-database.ts'
import { waitUntil } from '../support/wait-until.ts'
import { createBotScene } from './bot-under-test.ts'
import { updatesOf } from './telegram-updates.ts'

const databaseUrl = await createTestDatabase()

const STRICT = { flood: { enabled: true } }

test('a crowd that presses Start at once is asked to the last person, without one refusal', async () => {
  const scene = await createBotScene({ databaseUrl, settings: STRICT })
  const process = await scene.serve('webhook', REPLY_PACE)
  const phones = Array.from({ length: 50 }, () => scene.addPhone())
  for (const phone of phones) phone.start()
  await waitUntil(() => phones.every((phone) => phone.heard().length === 1))
  const report = scene.emulator.report()
  expect({ refusals: report.refusals, duplicates: report.duplicate_count }).toEqual({
    refusals: 0,
    duplicates: 0,
  })
  expect(report.peak_per_second).toBeLessThanOrEqual(30)
  expect(await process.metrics()).toContain('outcome="handled"} 50')
})

test('whoever hammers at the bot is answered now and then, and holds up nobody', async () => {
  const scene = await createBotScene({ databaseUrl, settings: STRICT })
  await scene.serve('webhook', REPLY_PACE)
  const [loud, quiet] = [scene.addPhone(), scene.addPhone()]
  loud.start()
  for (let time = 0; time < 100; time++) for (const text of ['/help', '/privacy']) loud.send(text)
  loud.send('/stop')
  quiet.start()
  expect(await quiet.nextText()).toContain('would like to write to you')
  await waitUntil(() =>
    loud.heard().some(({ text }) => text?.startsWith('Done: Bottega Faenza will not write')),
  )
  expect(loud.heard().length).toBeLessThan(15)
  expect(scene.emulator.report().refusals).toBe(0)
})

test('taps in quick succession end in a true picture, without one refusal', async () => {
  const scene = await createBotScene({ databaseUrl, settings: STRICT })
  await scene.serve('webhook', REPLY_PACE)
  const phone = scene.addPhone()
  phone.start(await scene.addLink(await scene.addContact('ada')))
  const question = await phone.next()
  const switches = question
    .inline_keyboard!.flat()
    .filter(({ callback_data: data }) => data?.startsWith('consent:grant:'))
  await Promise.all(
    switches.map(({ callback_data: data }) =>
      scene.emulator.people.press(phone.person.id, {
        chat: phone.chat,
        message: question.key,
        button: { data: data! },
      }),
    ),
  )
  await waitUntil(async () => !(await phone.screen()).text.includes('⬜'))
  expect(scene.emulator.report().refusals).toBe(0)
})

test('when Telegram silences the whole bot, every process and the sender are told, and nothing is lost', async () => {
  const scene = await createBotScene({ databaseUrl })
  const [told, other] = [await scene.serve('webhook', REPLY_PACE), await scene.serve('webhook', REPLY_PACE)]
  const phones = [scene.addPhone(), scene.addPhone(), scene.addPhone()]
  for (const phone of phones) phone.start()
  await Promise.all(phones.map((phone) => phone.next()))
  const silence = {
    kind: 'error',
    code: 429,
    description: 'Too Many Requests: retry after 2',
    retry_after: 2,
  } as const
  scene.emulator.faults.add({ match: { method: 'sendMessage' }, fault: silence, count: 2 })
  scene.emulator.clearReport()

  const help = (index: number) => updatesOf(phones[index]!.person).command(index + 1, 1_795_000_000, '/help')
  for (const index of [0, 1]) expect(await told.deliver(help(index))).toBe(200)
  await waitUntil(() => scene.emulator.report().refusals === 2)
  const refusedAtMs = scene.emulator.requests().requests.at(-1)!.at_ms
  const untilMs = await waitUntil(async () => {
    const bot = await scene.database
      .selectFrom('bots')
      .select('cooling_until')
      .where('id', '=', scene.bot.rowId)
      .executeTakeFirstOrThrow()
    return bot.cooling_until?.getTime()
  })
  // Two clocks, which need not agree to the millisecond.
  expect(untilMs - refusedAtMs).toBeGreaterThanOrEqual(1_900)
  const cooled = told.log().filter(({ msg, scope }) => msg === 'bot.cooling' && scope === 'bot')
  expect(cooled).toHaveLength(1)

  expect(await other.deliver(help(2))).toBe(200)
  for (const phone of phones) expect(await phone.nextText()).toContain('This bot brings')
  const calls = scene.emulator
    .requests()
    .requests.filter(({ method, status }) => method === 'sendMessage' && status === 200)
  expect(calls).toHaveLength(3)
  for (const call of calls) expect(call.at_ms).toBeGreaterThanOrEqual(refusedAtMs + 2_000)
})
