import { expect, test } from 'vitest'
import { waitUntil } from '../support/wait-until.ts'
import { listAttempts } from './database-under-test.ts'
import { createStage, type Note, type TestPerson } from './pipeline-under-test.ts'

const OFFSET_MS = 30_000
const ANOTHER_CLOCK = new URL('another-clock-process.ts', import.meta.url).href

function otherMachine(offsetMs: number): Record<string, string> {
  return { NODE_OPTIONS: `--import ${ANOTHER_CLOCK}`, CLOCK_OFFSET_MS: String(offsetMs) }
}

function notesFor(people: TestPerson[], perPerson: number): Note[] {
  return Array.from({ length: perPerson }, (_, index) =>
    people.map((to) => ({ to, text: `#${index}` })),
  ).flat()
}

test('senders half a minute ahead and behind share bots: no call is refused, nothing is lost or sent early, and the trail has the true time', async () => {
  const stage = await createStage({})
  const { emulator, database } = stage
  stage.startRenderer()
  emulator.faults.add({ fault: { kind: 'latency', min_ms: 5, max_ms: 100 } })
  const bots = [await stage.addBot(), await stage.addBot(), await stage.addBot()]
  const people = (await Promise.all(bots.map((bot) => stage.addPeople(bot, 40)))).flat()
  const senders = await Promise.all(
    [OFFSET_MS, -OFFSET_MS].map((offsetMs) =>
      stage.startProcess('sender', { ...otherMachine(offsetMs), SENDER_RESEND_SECONDS: '6' }),
    ),
  )
  // One outcome is unknown: its resend is due six seconds later, whoever looks.
  const doubtful = await stage.addPerson(bots[0]!)
  const lost = {
    match: { chat_id: doubtful.telegramId },
    fault: { kind: 'reset', when: 'after' },
    count: 1,
  } as const
  emulator.faults.add(lost)
  const startedAtMs = Date.now()
  const ids = await stage.accept([{ to: doubtful, text: 'x' }, ...notesFor(people, 4)])

  const messages = await stage.waitForEnd(ids, { timeoutMs: 30_000 })

  expect(messages.filter(({ status }) => status !== 'sent')).toEqual([])
  expect(emulator.report()).toMatchObject({ refusals: 0, calls_inside_penalty: 0, duplicate_count: 1 })
  for (const person of people) expect(stage.textsOf(person)).toEqual(['#0', '#1', '#2', '#3'])
  for (const sender of senders) {
    expect(sender.lines().filter(({ msg }) => msg === 'message.attempted').length).toBeGreaterThan(20)
  }
  const calls = emulator
    .requests({ limit: 10_000 })
    .requests.filter(({ chat_id: chatId }) => chatId === String(doubtful.telegramId))
  expect(calls).toHaveLength(2)
  expect(calls[1]!.at_ms - calls[0]!.at_ms).toBeGreaterThan(5_500)
  for (const { startedAt, endedAt } of await listAttempts(database)) {
    expect(startedAt.getTime()).toBeGreaterThan(startedAtMs - 1_000)
    expect(endedAt.getTime()).toBeLessThan(Date.now() + 1_000)
  }
}, 60_000)

test('a wait that Telegram asked for is as long for the next sender, whose clock is a minute apart', async () => {
  const stage = await createStage()
  const { emulator } = stage
  stage.startRenderer()
  const bot = await stage.addBot()
  const [ada, ben] = [await stage.addPerson(bot), await stage.addPerson(bot)]
  const refusal = { kind: 'error', code: 429, retry_after: 4 } as const
  emulator.faults.add({ match: { chat_id: ada.telegramId }, fault: refusal, count: 1 })
  const first = await stage.startProcess('sender', otherMachine(-OFFSET_MS))
  const ids = await stage.accept([{ to: ada, text: 'x' }])
  await waitUntil(() => first.lines().some(({ msg }) => msg === 'message.attempted'))
  first.kill('SIGTERM')
  await first.ended
  ids.push(...(await stage.accept([{ to: ben, text: 'x' }])))
  await stage.startProcess('sender', otherMachine(OFFSET_MS))

  await stage.waitForEnd(ids)

  const [refused, ...answered] = emulator
    .requests({ limit: 100 })
    .requests.filter(({ method }) => method === 'sendMessage')
  expect(answered).toHaveLength(2)
  for (const { at_ms: atMs } of answered) expect(atMs - refused!.at_ms).toBeGreaterThanOrEqual(4_000)
}, 40_000)
