import { expect, test } from 'vitest'
import { waitUntil } from '../support/wait-until.ts'
import { createStage, type Stage, type TestBot } from './pipeline-under-test.ts'

/** What was written to the bot before it was served is not to be answered now. */
async function forgetUpdates({ emulator }: Stage, { token }: TestBot): Promise<void> {
  const response = await fetch(`${emulator.url}/bot${token}/deleteWebhook?drop_pending_updates=true`)
  expect(response.status).toBe(200)
}

test('a person is answered within two seconds while the bot sends a bulk at its limit, and Telegram refuses nothing', async () => {
  // The emulator as it comes: 30 in any second of a bot, in a chat one a second after a burst of three.
  const stage = await createStage({})
  const { emulator } = stage
  stage.startRenderer()
  stage.startSender()
  const bot = await stage.addBot()
  const people = await stage.addPeople(bot, 160)
  await forgetUpdates(stage, bot)
  await stage.startProcess('bot', { PORT: '0' })

  const ids = await stage.accept(people.map((to) => ({ to, text: '#0', lane: 1 as const })))
  const sentOf = async () => (await stage.readMessages(ids)).filter(({ status }) => status === 'sent').length
  await waitUntil(async () => (await sentOf()) > 40)
  // Nobody has talked with the bot before: its sender does not know of them yet.
  const talkers = [await stage.addPerson(bot), await stage.addPerson(bot)]
  for (const [answers, text] of ['/start', '/help', '/privacy'].entries()) {
    // Pressing Start is how they came.
    if (answers > 0)
      for (const { telegramId, chat } of talkers) emulator.people.send(telegramId, { chat, text })
    const isAnswered = () => talkers.every((person) => stage.textsOf(person).length > answers)
    // A second and a half on a machine with nothing else to do; long before the bulk is over in any case.
    await waitUntil(isAnswered, { timeoutMs: 4_000 })
  }
  expect(await sentOf()).toBeLessThan(people.length)

  await stage.waitForEnd(ids)
  expect(emulator.report()).toMatchObject({ refusals: 0, duplicate_count: 0 })
  expect(emulator.report().peak_per_second).toBeLessThanOrEqual(30)
}, 40_000)

test('a bulk that begins while a crowd is being answered waits for its part of the limit', async () => {
  const stage = await createStage({})
  const { emulator } = stage
  stage.startRenderer()
  stage.startSender()
  const bot = await stage.addBot()
  const people = await stage.addPeople(bot, 40)
  await forgetUpdates(stage, bot)
  await stage.startProcess('bot', { PORT: '0' })
  const crowd = await stage.addPeople(bot, 40)
  const answered = () => crowd.filter((person) => stage.textsOf(person).length > 0).length
  const patience = { timeoutMs: 20_000 }
  await waitUntil(() => answered() > 25, patience)

  await stage.waitForEnd(await stage.accept(people.map((to) => ({ to, text: '#0', lane: 1 as const }))))
  await waitUntil(() => answered() === crowd.length, patience)
  expect(emulator.report()).toMatchObject({ refusals: 0, duplicate_count: 0 })
}, 60_000)
