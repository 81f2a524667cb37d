import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { waitUntil } from '../support/wait-until.ts'
import { createStage, type Note, type Stage, type TestPerson } from './pipeline-under-test.ts'

const ENV = { SENDER_RESEND_SECONDS: '1' }

async function prepare(bots: number, peoplePerBot: number) {
  const stage = await createStage()
  stage.startRenderer()
  stage.emulator.faults.add({ fault: { kind: 'latency', min_ms: 20, max_ms: 120 } })
  const people: TestPerson[] = []
  for (let count = 0; count < bots; count++) {
    people.push(...(await stage.addPeople(await stage.addBot(), peoplePerBot)))
  }
  return { stage, people }
}

function notesFor(people: TestPerson[], perPerson: number): Note[] {
  return Array.from({ length: perPerson }, (_, index) =>
    people.map((to) => ({ to, text: `#${index}` })),
  ).flat()
}

function countAnswers(stage: Stage): number {
  return stage.emulator.report().ok
}

test('senders are killed under load: nothing is lost, and only what was in doubt is sent again', async () => {
  const { stage, people } = await prepare(3, 10)
  const victims = [await stage.startProcess('sender', ENV), await stage.startProcess('sender', ENV)]
  const notes = notesFor(people, 5)
  const ids = await stage.accept(notes)

  for (const victim of victims) {
    const before = countAnswers(stage)
    // The one killed before may have had every bot: then only when its locks have run out.
    await waitUntil(() => countAnswers(stage) > before, { timeoutMs: 20_000 })
    await sleep(Math.random() * 500)
    victim.kill('SIGKILL')
    await victim.ended
  }
  await stage.startProcess('sender', ENV)

  // A dead sender's bots are served again within about 15 s.
  const messages = await stage.waitForEnd(ids, { timeoutMs: 25_000 })
  expect(messages.filter(({ status }) => status !== 'sent')).toEqual([])
  const texts = new Map(ids.map((id, index) => [id, notes[index]!.text]))
  for (const person of people) {
    const seen = stage.textsOf(person)
    for (const { id, resends } of messages.filter(({ recipient }) => recipient === person.externalId)) {
      const times = seen.filter((text) => text === texts.get(id)).length
      expect(times).toBeGreaterThanOrEqual(1)
      expect(times).toBeLessThanOrEqual(1 + resends)
    }
    const once = messages
      .filter(({ recipient, resends }) => recipient === person.externalId && resends === 0)
      .map(({ id }) => texts.get(id))
    expect(seen.filter((text) => once.includes(text))).toEqual(once)
  }
}, 60_000)

test('a sender that is asked to end under load finishes its calls, leaves nothing in doubt, and exits 0', async () => {
  const { stage, people } = await prepare(2, 10)
  const leaving = await stage.startProcess('sender')
  const ids = await stage.accept(notesFor(people, 4))
  await waitUntil(() => countAnswers(stage) >= 10)

  leaving.kill('SIGTERM')

  expect(await leaving.ended).toEqual({ code: 0, signal: null })
  const left = await stage.readMessages(ids)
  expect(left.filter(({ status }) => status !== 'sent' && status !== 'queued')).toEqual([])
  expect(left.filter(({ status }) => status === 'queued').length).toBeGreaterThan(0)
  stage.startSender()
  await stage.waitForEnd(ids)
  for (const person of people) expect(stage.textsOf(person)).toEqual(['#0', '#1', '#2', '#3'])
}, 40_000)
