import { expect, test } from 'vitest'
import { waitUntil } from '../support/wait-until.ts'
import { createStage, type Stage, type TestPerson } from './pipeline-under-test.ts'

const RETRY_AFTER_SECONDS = 2

function numbered(to: TestPerson, count: number) {
  return Array.from({ length: count }, (_, index) => ({ to, text: `#${index}` }))
}

/** Refuses the next call to a chat and waits until that has happened; answers when its wait is over. */
async function refuseOnce(stage: Stage, { telegramId }: TestPerson): Promise<number> {
  const calls = () =>
    stage.emulator
      .requests({ limit: 10_000 })
      .requests.filter(({ status, chat_id: chatId }) => status === 429 && chatId === String(telegramId))
  await waitUntil(() => calls().length > 0)
  return calls().at(-1)!.at_ms + RETRY_AFTER_SECONDS * 1_000
}

function addRefusal(stage: Stage, { telegramId }: TestPerson): void {
  const fault = { kind: 'error', code: 429, retry_after: RETRY_AFTER_SECONDS } as const
  stage.emulator.faults.add({ match: { chat_id: telegramId }, fault, count: 1 })
}

function callTimesMs(stage: Stage, { telegramId }: TestPerson): number[] {
  const { requests } = stage.emulator.requests({ limit: 10_000 })
  return requests
    .filter(({ chat_id: chatId, status }) => chatId === String(telegramId) && status === 200)
    .map(({ at_ms: atMs }) => atMs)
}

test('a bot that was refused is silent until its time, also in another process, also after FLUSHALL', async () => {
  const stage = await createStage()
  stage.startRenderer()
  const first = stage.startSender()
  const bot = await stage.addBot()
  const [ada, ben] = [await stage.addPerson(bot), await stage.addPerson(bot)]
  // The first message to a chat cannot be too many for the chat: the refusal means the bot.
  addRefusal(stage, ada)
  const ids = await stage.accept(numbered(ada, 2))
  const untilMs = await refuseOnce(stage, ada)
  await waitUntil(async () => (await stage.readMessages(ids))[0]?.status === 'queued')

  await first.close()
  await stage.flushRedis()
  stage.startSender()
  ids.push(...(await stage.accept(numbered(ben, 2))))
  await stage.wake(bot)

  expect((await stage.waitForEnd(ids)).map(({ status, attempts }) => [status, attempts])).toEqual(
    ids.map(() => ['sent', 1]),
  )
  for (const person of [ada, ben]) {
    expect(stage.textsOf(person)).toEqual(['#0', '#1'])
    expect(Math.min(...callTimesMs(stage, person))).toBeGreaterThanOrEqual(untilMs)
  }
}, 30_000)

test('a chat that was refused waits alone; the bot’s other chats go on', async () => {
  const stage = await createStage()
  stage.startRenderer()
  const first = stage.startSender()
  const bot = await stage.addBot()
  const [ada, ben] = [await stage.addPerson(bot), await stage.addPerson(bot)]
  const before = await stage.accept(numbered(ada, 2))
  await stage.waitForEnd(before)
  // Two messages within a second: this one may well be too many for the chat.
  addRefusal(stage, ada)
  const refused = await stage.accept([
    { to: ada, text: '#2' },
    { to: ada, text: '#3' },
  ])
  const untilMs = await refuseOnce(stage, ada)

  const others = await stage.accept(numbered(ben, 2))
  await stage.waitForEnd(others)
  expect(Math.max(...callTimesMs(stage, ben))).toBeLessThan(untilMs)
  await first.close()
  await stage.flushRedis()
  stage.startSender()
  await stage.wake(bot)

  await stage.waitForEnd(refused)
  expect(stage.textsOf(ada)).toEqual(['#0', '#1', '#2', '#3'])
  expect(callTimesMs(stage, ada)[2]).toBeGreaterThanOrEqual(untilMs)
}, 30_000)
