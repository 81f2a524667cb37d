import { expect, test } from 'vitest'
import { waitUntil } from '../support/wait-until.ts'
import { createStage, type Stage, type TestPerson } from './pipeline-under-test.ts'

function numbered(to: TestPerson, count: number) {
  return Array.from({ length: count }, (_, index) => ({ to, text: `#${index}` }))
}

async function waitUntilQueued(stage: Stage, ids: string[]): Promise<void> {
  await waitUntil(async () => (await stage.readMessages(ids)).every(({ status }) => status === 'queued'), {
    timeoutMs: 20_000,
  })
}

test('a chat with five hundred messages waiting costs the bot’s other chats nothing', async () => {
  const stage = await createStage()
  stage.startRenderer()
  const bot = await stage.addBot()
  const [crowded, ...others] = await stage.addPeople(bot, 41)
  const before = await stage.accept(numbered(crowded!, 500))
  await waitUntilQueued(stage, before)
  stage.startSender()
  await waitUntil(() => stage.textsOf(crowded!).length >= 2)
  const already = stage.textsOf(crowded!).length

  const ids = await stage.accept(others.flatMap((person) => numbered(person, 2)))

  await stage.waitForEnd(ids)
  for (const person of others) expect(stage.textsOf(person)).toEqual(['#0', '#1'])
  // Eighty messages at thirty a second: the crowded chat has taken its own one a second, and no place of theirs.
  const taken = stage.textsOf(crowded!)
  expect(taken.length - already).toBeLessThan(12)
  expect(taken).toEqual(Array.from({ length: taken.length }, (_, index) => `#${index}`))
}, 40_000)

test('a bot with thousands waiting costs other bots nothing, whosever they are', async () => {
  const stage = await createStage()
  stage.startRenderer()
  const crowd = await stage.addPeople(await stage.addBot(), 300)
  const backlog = await stage.accept(crowd.flatMap((person) => numbered(person, 10)))
  await waitUntilQueued(stage, backlog)
  // Fewer places than bots: they take turns.
  stage.startSender({ turns: 2 })
  await waitUntil(() => stage.emulator.report().ok >= 30)
  const bots = await Promise.all([0, 1, 2, 3].map(() => stage.addBot()))
  const others = (await Promise.all(bots.map((bot) => stage.addPeople(bot, 5)))).flat()
  const before = stage.emulator.report().ok

  await stage.waitForEnd(await stage.accept(others.map((to) => ({ to, text: 'x' }))))

  for (const person of others) expect(stage.textsOf(person)).toEqual(['x'])
  // Twenty messages of four bots, which takes them two or three turns: meanwhile the crowded bot went on at its pace.
  expect(stage.emulator.report().ok - before - others.length).toBeLessThan(150)
}, 40_000)
