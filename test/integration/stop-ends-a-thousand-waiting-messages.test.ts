import { insertConsents } from '@postino/database'
import { expect, test } from 'vitest'
import { waitUntil } from '../support/wait-until.ts'
import { createStage, type Stage, type TestPerson } from './pipeline-under-test.ts'

const WAITING = 1_000

/** A person with a thousand messages to come, of which a few have been sent. */
async function prepare() {
  const stage = await createStage()
  const bot = await stage.addBot()
  const [person, other] = await stage.addPeople(bot, 2)
  await stage.startProcess('bot')
  // Its first answer shows that it listens.
  stage.emulator.people.send(other!.telegramId, { chat: other!.chat, text: '/help' })
  await waitUntil(() => stage.textsOf(other!).some((text) => text.includes('/stop')), { timeoutMs: 20_000 })
  stage.startRenderer()
  stage.startSender()
  const notes = Array.from({ length: WAITING }, (_, index) => ({ to: person!, text: `#${index}` }))
  const ids = await stage.accept(notes)
  await waitUntil(() => stage.textsOf(person!).includes('#1'), { timeoutMs: 20_000 })
  return { stage, bot, person: person!, other: other!, ids }
}

function countNotes(stage: Stage, person: TestPerson): number {
  return stage.textsOf(person).filter((text) => text.startsWith('#')).length
}

/** What is told to the person within this time, and what after it. */
async function countAfter(stage: Stage, person: TestPerson, afterMs: number, quietMs: number) {
  const sinceMs = Date.now()
  await waitUntil(() => Date.now() - sinceMs >= afterMs)
  const before = countNotes(stage, person)
  await waitUntil(() => Date.now() - sinceMs >= afterMs + quietMs)
  return countNotes(stage, person) - before
}

test('[PASS-28, WEB-20] after STOP nothing of a thousand waiting messages is sent any more, and others are told all the same', async () => {
  const { stage, person, other, ids } = await prepare()
  stage.emulator.people.send(person.telegramId, { chat: person.chat, text: '/stop' })
  expect(await countAfter(stage, person, 1_000, 2_000)).toBe(0)
  const messages = await stage.waitForEnd(ids)
  const stopped = messages.filter(({ reason }) => reason === 'registration_stopped')
  expect(stopped.length).toBe(WAITING - countNotes(stage, person))
  expect(messages.filter(({ status }) => status !== 'sent' && status !== 'suppressed')).toEqual([])

  const [id = ''] = await stage.accept([{ to: other, text: 'still told' }])
  await stage.waitForEnd([id])
  expect(stage.textsOf(other)).toContain('still told')
}, 60_000)

test('[PASS-28, CM-17] a withdrawal given elsewhere stops a thousand waiting messages as soon', async () => {
  const { stage, person, ids } = await prepare()
  await insertConsents(stage.database, stage.shopId, person.contactId, [
    { purpose: 'order_updates', action: 'withdrawn', source: 'api', actor: 'shop', evidence: { request: 1 } },
  ])
  expect(await countAfter(stage, person, 1_000, 2_000)).toBe(0)
  const messages = await stage.waitForEnd(ids, { timeoutMs: 40_000 })
  expect(messages.filter(({ status }) => status === 'sent').length).toBe(countNotes(stage, person))
  expect(messages.filter(({ reason }) => reason === 'consent_withdrawn').length).toBeGreaterThan(WAITING / 2)
}, 60_000)
