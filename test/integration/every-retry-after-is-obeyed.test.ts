import type { Fault } from '@postino/emulator'
import { expect, test } from 'vitest'
import { waitUntil } from '../support/wait-until.ts'
import { createStage, type Stage, type TestBot, type TestPerson } from './pipeline-under-test.ts'

const HOURS_SECONDS = 7_200

const shared = await createStage()
shared.startRenderer()
shared.startSender()

function numbered(to: TestPerson, count: number, from = 0) {
  return Array.from({ length: count }, (_, index) => ({ to, text: `#${from + index}` }))
}

function callTimesMs(stage: Stage, { telegramId }: TestPerson, status = 200): number[] {
  const { requests } = stage.emulator.requests({ limit: 10_000 })
  return requests
    .filter((request) => request.chat_id === String(telegramId) && request.status === status)
    .map(({ at_ms: atMs }) => atMs)
}

const REFUSED = 'Too Many Requests: retry later'
const raw = (body: string, contentType = 'application/json'): Fault => ({
  kind: 'raw',
  status: 429,
  content_type: contentType,
  body,
})

test.concurrent.each<[string, Fault]>([
  ['of zero', { kind: 'error', code: 429, retry_after: 0 }],
  ['that is missing', raw(JSON.stringify({ ok: false, error_code: 429, description: REFUSED }))],
  [
    'that is no number',
    raw(
      JSON.stringify({ ok: false, error_code: 429, description: REFUSED, parameters: { retry_after: 'x' } }),
    ),
  ],
  [
    'below zero',
    raw(
      JSON.stringify({ ok: false, error_code: 429, description: REFUSED, parameters: { retry_after: -5 } }),
    ),
  ],
  ['of a web server in front', raw('<html><h1>429 Too Many Requests</h1></html>', 'text/html')],
])(
  'a retry_after %s is a second at least, and the message is sent once, in its place',
  async (_name, fault) => {
    const stage = shared
    const person = await stage.addPerson(await stage.addBot())
    stage.emulator.faults.add({ match: { chat_id: person.telegramId }, fault, count: 1 })

    const messages = await stage.waitForEnd(await stage.accept(numbered(person, 2)))

    expect(messages.map(({ status, attempts }) => [status, attempts])).toEqual([
      ['sent', 1],
      ['sent', 1],
    ])
    expect(stage.textsOf(person)).toEqual(['#0', '#1'])
    const [refusedAtMs = Infinity] = callTimesMs(stage, person, 429)
    expect(Math.min(...callTimesMs(stage, person))).toBeGreaterThanOrEqual(refusedAtMs + 1_000)
  },
)

test('a retry_after of hours keeps its bot silent for hours, through FLUSHALL and a restart, and no other bot', async () => {
  const stage = await createStage()
  stage.startRenderer()
  const first = stage.startSender()
  const [bot, other] = [await stage.addBot(), await stage.addBot()]
  const [ada, ben, cleo] = [
    await stage.addPerson(bot),
    await stage.addPerson(bot),
    await stage.addPerson(other),
  ]
  const refusal = { kind: 'error', code: 429, retry_after: HOURS_SECONDS } as const
  stage.emulator.faults.add({ match: { chat_id: ada.telegramId }, fault: refusal, count: 1 })
  const ids = await stage.accept(numbered(ada, 1))
  await waitUntil(async () => (await readWaitSeconds(bot)) !== undefined)
  ids.push(...(await stage.accept([...numbered(ada, 1, 1), ...numbered(ben, 2)])))

  await first.close()
  await stage.flushRedis()
  stage.startSender()
  await stage.wake(bot)
  await stage.waitForEnd(await stage.accept(numbered(cleo, 2)))
  await stage.wake(bot)
  await stage.waitForEnd(await stage.accept(numbered(cleo, 1, 2)))

  expect((await stage.readMessages(ids)).map(({ status }) => status)).toEqual(ids.map(() => 'queued'))
  expect([...callTimesMs(stage, ada), ...callTimesMs(stage, ben)]).toEqual([])
  expect(await readWaitSeconds(bot)).toBeGreaterThan(HOURS_SECONDS - 30)
  expect(stage.textsOf(cleo)).toEqual(['#0', '#1', '#2'])

  async function readWaitSeconds({ botId }: TestBot): Promise<number | undefined> {
    const { cooling_until: until } = await stage.database
      .selectFrom('bots')
      .select('cooling_until')
      .where('id', '=', botId)
      .executeTakeFirstOrThrow()
    return until === null ? undefined : (until.getTime() - Date.now()) / 1_000
  }
}, 30_000)

test('a group that was refused waits alone: people and other groups of the bot go on', async () => {
  const stage = shared
  const bot = await stage.addBot()
  const [group, otherGroup] = [await stage.addGroup(bot), await stage.addGroup(bot)]
  const people = await stage.addPeople(bot, 5)
  await stage.waitForEnd(await stage.accept(numbered(group, 3)))
  const refusal = { kind: 'error', code: 429, retry_after: 4 } as const
  stage.emulator.faults.add({ match: { chat_id: group.telegramId }, fault: refusal, count: 1 })

  const waiting = await stage.accept(numbered(group, 2, 3))
  await waitUntil(() => callTimesMs(stage, group, 429).length === 1)
  const others = [...people, otherGroup]
  await stage.waitForEnd(await stage.accept(others.flatMap((to) => numbered(to, 2))))

  const [refusedAtMs = 0] = callTimesMs(stage, group, 429)
  for (const other of others) {
    expect(Math.max(...callTimesMs(stage, other))).toBeLessThan(refusedAtMs + 4_000)
    expect(stage.textsOf(other)).toEqual(['#0', '#1'])
  }
  await stage.waitForEnd(waiting)
  expect(stage.textsOf(group)).toEqual(['#0', '#1', '#2', '#3', '#4'])
  expect(callTimesMs(stage, group)[3]).toBeGreaterThanOrEqual(refusedAtMs + 4_000)
}, 30_000)
