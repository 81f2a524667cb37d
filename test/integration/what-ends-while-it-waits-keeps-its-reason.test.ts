import { insertConsents } from '@postino/database'
import { expect, test } from 'vitest'
import { waitUntil } from '../support/wait-until.ts'
import { createStage, type Note, type TestPerson } from './pipeline-under-test.ts'

const EXPIRES_IN_MS = 2_500

test('[U4] what expires, is superseded or loses its consent in the middle of a chat’s queue leaves with that status, and order holds', async () => {
  const stage = await createStage()
  const { database, shopId } = stage
  stage.startRenderer()
  stage.startSender()
  const people = await stage.addPeople(await stage.addBot(), 5)
  const expirytime = new Date(Date.now() + EXPIRES_IN_MS).toISOString()
  // A chat takes three at once and then one a second: the sixth comes when its time is over.
  const notes = people.flatMap((to) => [
    ...Array.from({ length: 8 }, (_, index): Note => ({
      to,
      text: `#${index}`,
      ...(index === 5 && { expirytime }),
      ...(index === 6 && { about: 'six' }),
    })),
    ...Array.from({ length: 2 }, (_, index): Note => ({ to, lane: 1, text: `1 #${index}` })),
  ])
  const ids = await stage.accept(notes)
  await waitUntil(() => people.every((person) => stage.textsOf(person).length >= 2))

  const newer = await stage.accept(people.map((to) => ({ to, text: '#6 again', about: 'six' })))
  for (const person of people) await withdraw(person)

  await stage.waitForEnd(newer)
  const messages = await stage.waitForEnd(ids)
  const outcomes = messages.map(({ status, reason }, index) => [notes[index]!.text, status, reason])
  for (const person of people) {
    const own = outcomes.filter((_, index) => notes[index]!.to === person)
    // One of the other lane may have had a place that was spare before its consent was gone.
    const early = own.filter(([text, status]) => text?.startsWith('1 ') === true && status === 'sent').length
    expect(early).toBeLessThanOrEqual(1)
    expect(own).toEqual([
      ...[0, 1, 2, 3, 4].map((index) => [`#${index}`, 'sent', null]),
      ['#5', 'expired', 'deadline_passed'],
      ['#6', 'superseded', 'superseded_by_newer'],
      ['#7', 'sent', null],
      ...[0, 1].map((index) =>
        index < early ? [`1 #${index}`, 'sent', null] : [`1 #${index}`, 'suppressed', 'consent_withdrawn'],
      ),
    ])
    const seen = stage.textsOf(person).filter((text) => !text.startsWith('1 '))
    expect(seen).toEqual(['#0', '#1', '#2', '#3', '#4', '#7', '#6 again'])
  }

  async function withdraw({ contactId }: TestPerson): Promise<void> {
    await insertConsents(database, shopId, contactId, [
      {
        purpose: 'cart_reminders',
        action: 'withdrawn',
        source: 'test',
        actor: 'contact',
        evidence: { update_id: 2 },
      },
    ])
  }
}, 40_000)
