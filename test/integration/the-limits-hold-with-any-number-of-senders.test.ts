import { expect, test } from 'vitest'
import { waitUntil } from '../support/wait-until.ts'
import { createStage } from './pipeline-under-test.ts'

/** Senders that join with each wave of messages: one, then two, then four of them. */
const JOINING = [1, 1, 2]

test('with one to four senders, random limits, latencies up to 300 ms and arrivals in waves: no window is ever above its limit', async () => {
  const limit = 8 + Math.floor(Math.random() * 23)
  console.log(`the limit of this run: ${limit} a second`)
  const stage = await createStage({ flood: { bot: { limit } } })
  const { emulator } = stage
  stage.startRenderer()
  emulator.faults.add({ fault: { kind: 'latency', min_ms: 0, max_ms: 300 } })
  const bots = [await stage.addBot(), await stage.addBot(), await stage.addBot()]
  const people = (await Promise.all(bots.map((bot) => stage.addPeople(bot, limit)))).flat()
  const ids: string[] = []
  for (const [wave, joining] of JOINING.entries()) {
    const env = { SENDER_LIMIT_PER_SECOND: String(limit) }
    await Promise.all(Array.from({ length: joining }, () => stage.startProcess('sender', env)))
    for (const index of [2 * wave, 2 * wave + 1]) {
      ids.push(...(await stage.accept(people.map((to) => ({ to, text: `#${index}` })))))
    }
    // The next one comes somewhere in the middle of this one.
    const share = wave + 0.2 + Math.random() * 0.6
    await waitUntil(() => emulator.report().ok >= 2 * share * people.length)
  }

  const messages = await stage.waitForEnd(ids, { timeoutMs: 30_000 })

  expect(messages.filter(({ status, attempts }) => status !== 'sent' || attempts !== 1)).toEqual([])
  const report = emulator.report()
  expect(report).toMatchObject({ refusals: 0, calls_inside_penalty: 0, duplicate_count: 0, ok: ids.length })
  expect(report.peak_per_second).toBeLessThanOrEqual(limit)
  for (const person of people) expect(stage.textsOf(person)).toEqual(['#0', '#1', '#2', '#3', '#4', '#5'])
}, 60_000)
