import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createStage, type Note } from './pipeline-under-test.ts'

const ROUNDS = 150
// A turn that finds nothing more ends within some milliseconds to fifty: these pauses meet it before, in and after its end.
const LONGEST_PAUSE_MS = 60

test('messages that come just as turns end, to bots of several senders, are all sent without any sweeper', async () => {
  const stage = await createStage()
  stage.startRenderer()
  await Promise.all([stage.startProcess('sender'), stage.startProcess('sender')])
  stage.startSender({ resendSeconds: 45 })
  const bots = await Promise.all(Array.from({ length: 5 }, () => stage.addBot()))
  const people = (await Promise.all(bots.map((bot) => stage.addPeople(bot, 10)))).flat()
  const notes: Note[] = []
  const ids: string[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const to = people[round % people.length]!
    const note = { to, text: `#${Math.floor(round / people.length)}` }
    notes.push(note)
    ids.push(...(await stage.accept([note])))
    if (round % 3 > 0) await sleep(Math.random() * LONGEST_PAUSE_MS)
  }

  const messages = await stage.waitForEnd(ids)

  expect(messages.filter(({ status, attempts }) => status !== 'sent' || attempts !== 1)).toEqual([])
  for (const person of people) {
    const own = notes.filter(({ to }) => to === person).map(({ text }) => text)
    expect(stage.textsOf(person)).toEqual(own)
  }
}, 40_000)
