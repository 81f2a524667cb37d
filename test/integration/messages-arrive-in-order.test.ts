import { expect, test } from 'vitest'
import { listAttempts } from './database-under-test.ts'
import {
  createStage,
  type Note,
  type Stage,
  type TestMessage,
  type TestPerson,
} from './pipeline-under-test.ts'

/** Numbered texts for each person: `0 #3` is the third of lane 0. Mixed as a busy shop would. */
function notesFor(people: TestPerson[], perPerson: number): Note[] {
  return Array.from({ length: perPerson }, (_, index) =>
    people.flatMap((to): Note[] => [
      { to, text: `0 #${index}`, lane: 0 },
      ...(index % 2 === 0 ? [{ to, text: `1 #${index}`, lane: 1 } as const] : []),
    ]),
  ).flat()
}

/** What is wrong with the order or the number of what each person sees; messages sent twice on purpose are left out. */
function findFlaws(
  stage: Stage,
  { people, notes, messages }: { people: TestPerson[]; notes: Note[]; messages: TestMessage[] },
): string[] {
  const noted = messages.map((message, index) => ({ ...message, text: notes[index]!.text }))
  return people.flatMap((person) => {
    const own = noted.filter(({ recipient }) => recipient === person.externalId)
    const seen = stage.textsOf(person)
    return [0, 1].flatMap((lane) => {
      const once = own.filter((message) => message.lane === lane && message.resends === 0)
      const expected = once.filter(({ status }) => status === 'sent').map(({ text }) => text)
      const doubtful = new Set(own.filter(({ status }) => status === 'unknown').map(({ text }) => text))
      const resent = new Set(own.filter(({ resends }) => resends > 0).map(({ text }) => text))
      const inOrder = seen.filter(
        (text) => text.startsWith(`${lane} `) && !resent.has(text) && !doubtful.has(text),
      )
      const isRight = JSON.stringify(inOrder) === JSON.stringify(expected)
      return isRight ? [] : [`${person.externalId} sees ${inOrder.join()} for ${expected.join()}`]
    })
  })
}

test('each chat gets each lane in order, with two senders, through 429s, 5xx and lost answers', async () => {
  const stage = await createStage()
  const { faults } = stage.emulator
  stage.startRenderer()
  const senders = await Promise.all([
    stage.startProcess('sender', { SENDER_RESEND_SECONDS: '1' }),
    stage.startProcess('sender', { SENDER_RESEND_SECONDS: '1' }),
  ])
  const bots = [await stage.addBot(), await stage.addBot()]
  const people = (await Promise.all(bots.map((bot) => stage.addPeople(bot, 12)))).flat()
  faults.add({ fault: { kind: 'latency', min_ms: 5, max_ms: 80 } })
  faults.add({ fault: { kind: 'error', code: 429, retry_after: 1 }, probability: 0.1, count: 4 })
  const loss = { probability: 0.1, count: 5 }
  const losses = [
    faults.add({ fault: { kind: 'error', code: 500 }, ...loss }),
    faults.add({ fault: { kind: 'bad_gateway', body: 'html' }, ...loss }),
    faults.add({ fault: { kind: 'reset', when: 'after' }, ...loss }),
  ]
  const notes = notesFor(people, 4)

  const ids = await stage.accept(notes)

  const messages = await stage.waitForEnd(ids, { timeoutMs: 40_000 })
  expect(messages.filter(({ status }) => status !== 'sent' && status !== 'unknown')).toEqual([])
  expect(faults.list().filter(({ met }) => met === 0)).toEqual([])
  expect(findFlaws(stage, { people, notes, messages })).toEqual([])
  // Every lost outcome is accounted for, and led to one resend at most.
  const lost = (await listAttempts(stage.database)).filter(({ outcome }) => outcome === 'unknown')
  expect(lost).toHaveLength(losses.reduce((sum, { met }) => sum + met, 0))
  expect(messages.filter(({ lane, resends }) => resends > (lane === 0 ? 1 : 0))).toEqual([])
  for (const sender of senders) {
    expect(sender.lines().some(({ msg }) => msg === 'message.attempted')).toBe(true)
  }
}, 60_000)
