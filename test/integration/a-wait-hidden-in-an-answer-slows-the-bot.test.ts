import { expect, test } from 'vitest'
import { createStage } from './pipeline-under-test.ts'

// Telegram holds a call it would have to refuse for up to eight seconds, and then carries it out.
const HIDING = { flood: { bot: { limit: 10 }, hiddenWaitMaxMs: 8_000 } }

test('a Telegram that takes a third of the limit, and hides it in slow answers, slows the bot before it refuses', async () => {
  const stage = await createStage(HIDING)
  stage.startRenderer()
  stage.startSender({ limitPerSecond: 30 })
  const bot = await stage.addBot()
  const people = await stage.addPeople(bot, 45)
  const ids = await stage.accept(['#0', '#1'].flatMap((text) => people.map((to) => ({ to, text }))))

  const messages = await stage.waitForEnd(ids)

  expect(messages.filter(({ status, attempts }) => status !== 'sent' || attempts !== 1)).toEqual([])
  expect(stage.emulator.report()).toMatchObject({ refusals: 0, duplicate_count: 0, ok: ids.length })
  for (const person of people) expect(stage.textsOf(person)).toEqual(['#0', '#1'])
})
