import { expect, test } from 'vitest'
import { waitUntil } from '../support/wait-until.ts'
import { createStage, type Note, type Stage, type TestPerson } from './pipeline-under-test.ts'

function notes(people: TestPerson[], perPerson: number, lane: 0 | 1): Note[] {
  return Array.from({ length: perPerson }, (_, index) =>
    people.map((to): Note => ({ to, lane, text: `${lane} #${index}` })),
  ).flat()
}

async function prepare(waiting: (people: TestPerson[]) => Note[]) {
  const stage = await createStage()
  stage.startRenderer()
  const people = await stage.addPeople(await stage.addBot(), 250)
  const ids = await stage.accept(waiting(people))
  await waitUntil(async () => (await stage.readMessages(ids)).every(({ status }) => status === 'queued'), {
    timeoutMs: 20_000,
  })
  return { stage, people }
}

/** The lanes of all messages that Telegram took, in their order. */
function lanesSent(stage: Stage, people: TestPerson[]): number[] {
  const chats = new Map(people.map((person) => [String(person.telegramId), [...stage.textsOf(person)]]))
  const { requests } = stage.emulator.requests({ limit: 10_000 })
  return requests
    .filter(({ method, status }) => method === 'sendMessage' && status === 200)
    .map(({ chat_id: chatId }) => Number(chats.get(String(chatId))?.shift()?.[0]))
}

test('reminders and bulk move on however much of lane 0 waits: about one message in ten', async () => {
  const { stage, people } = await prepare((all) => [...notes(all, 4, 0), ...notes(all.slice(100), 1, 1)])
  stage.startSender()

  await waitUntil(() => stage.emulator.report().ok >= 140, { timeoutMs: 20_000 })

  const lanes = lanesSent(stage, people).slice(0, 140)
  const lower = lanes.filter((lane) => lane > 0).length
  expect(lower).toBeGreaterThanOrEqual(6)
  expect(lower).toBeLessThanOrEqual(30)
}, 40_000)

test('whatever waits in a lower lane, a message of lane 0 goes with the next claim', async () => {
  const { stage, people } = await prepare((all) => notes(all.slice(50), 4, 1))
  stage.startSender()
  await waitUntil(() => stage.emulator.report().ok >= 20)

  const before: number[] = []
  for (const person of people.slice(0, 6)) {
    const ids = await stage.accept([{ to: person, lane: 0, text: '0 #0' }])
    await waitUntil(async () => (await stage.readMessages(ids)).every(({ status }) => status !== 'accepted'))
    const atQueued = stage.emulator.report().ok
    await stage.waitForEnd(ids)
    before.push(stage.emulator.report().ok - atQueued)
  }

  // A claim is a quarter of a second's worth, eight messages; another one may have been under way, and be made good after it.
  expect(Math.max(...before)).toBeLessThanOrEqual(20)
}, 40_000)
