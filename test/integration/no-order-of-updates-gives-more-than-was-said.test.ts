import { wordingFor, wordingHash, type Purpose } from '@postino/domain'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { createBotScene } from './bot-under-test.ts'
import { updatesOf } from './telegram-updates.ts'

// Telegram delivers a person's messages, taps and blocks side by side, each kind in its order, and everything again until it
// is taken. Whatever comes of that is compared with a small model that sees everything once and in order.

const databaseUrl = await createTestDatabase()
const scene = await createBotScene({ databaseUrl })
const bot = await scene.serve('webhook')
const groupId = await scene.addGroup('vip', { purposes: [] })

const ASKED = ['order_updates', 'marketing'] as const satisfies Purpose[]

type Act =
  | { kind: 'start' | 'stop' | 'block' | 'unblock' | 'start vip' | 'stop vip' | 'tap join' | 'tap leave' }
  | { kind: 'grant' | 'withdraw'; purpose: Purpose }

interface Outcome {
  isActive: boolean
  granted: Purpose[]
  isMember: boolean
}

/** What all of it comes to, done once and in order, by somebody who has just been asked. */
function expectedOf(acts: Act[]): Outcome {
  let isActive = true
  let isMember = false
  const granted = new Set<Purpose>()
  for (const act of acts) {
    switch (act.kind) {
      case 'start':
      case 'start vip':
        isActive = true
        isMember ||= act.kind === 'start vip'
        break
      case 'stop':
      case 'block':
        isActive = false
        granted.clear()
        break
      case 'grant':
        if (isActive) granted.add(act.purpose)
        break
      case 'withdraw':
        if (isActive) granted.delete(act.purpose)
        break
      case 'tap join':
        isMember ||= isActive
        break
      case 'stop vip':
      case 'tap leave':
        isMember = false
        break
      case 'unblock':
        break
    }
  }
  return { isActive, granted: [...granted].toSorted(), isMember }
}

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('grant' as const, 'withdraw' as const),
      purpose: fc.constantFrom(...ASKED),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        ...(['start', 'stop', 'block', 'unblock', 'start vip', 'stop vip', 'tap join', 'tap leave'] as const),
      ),
    }),
  },
)

/** Somebody who was asked, with the updates of what they do then: two of them within each second. */
async function begin(acts: Act[]) {
  const { person } = scene.addPhone()
  const contactId = await scene.addContact(`person-${person.id}`)
  const { command, blocked, unblocked, tapped } = updatesOf(person)
  const firstId = person.id * 1_000
  const nowSeconds = Math.floor(Date.now() / 1_000)
  const token = await scene.addLink(contactId, { purposes: ASKED })
  expect(await bot.deliver(command(firstId, nowSeconds, `/start ${token}`))).toBe(200)

  function updateOf(done: Act, index: number): object {
    const id = firstId + 1 + index
    const date = nowSeconds + 1 + Math.floor(index / 2)
    switch (done.kind) {
      case 'start':
      case 'stop':
      case 'start vip':
      case 'stop vip':
        return command(id, date, `/${done.kind}`)
      case 'block':
        return blocked(id, date)
      case 'unblock':
        return unblocked(id, date)
      case 'tap join':
      case 'tap leave':
        return tapped(id, `group:${done.kind.slice('tap '.length)}:${groupId}`)
      case 'grant':
        return tapped(id, `consent:grant:${done.purpose}:en:${stampOf(done.purpose)}`)
      case 'withdraw':
        return tapped(id, `consent:withdraw:${done.purpose}`)
    }
  }

  async function readOutcome(): Promise<Outcome> {
    const [registration] = await scene.registrationsOf(contactId)
    const { granted } = await scene.consentOf(contactId)
    return {
      isActive: registration?.status === 'active',
      granted: ASKED.filter((purpose) => granted.includes(purpose)).toSorted(),
      isMember: (await scene.groupsOf(contactId)).includes('vip'),
    }
  }

  return { updates: acts.map(updateOf), contactId, readOutcome }
}

function stampOf(purpose: Purpose): string {
  return wordingHash(wordingFor(purpose, 'en')).slice(0, 12)
}

function isOfGroup({ kind }: Act): boolean {
  return kind.endsWith('vip') || kind.startsWith('tap')
}

type Lane = 'messages' | 'taps' | 'blocks'

function laneOf({ kind }: Act): Lane {
  if (kind === 'block' || kind === 'unblock') return 'blocks'
  return kind === 'grant' || kind === 'withdraw' || kind.startsWith('tap') ? 'taps' : 'messages'
}

/** An order in which Telegram may bring them: every lane in its own order, `turns` saying whose turn it is. */
function arrivalOf(acts: Act[], turns: number[]): number[] {
  const lanes = (['messages', 'taps', 'blocks'] as const).map((lane) =>
    acts.flatMap((one, index) => (laneOf(one) === lane ? [index] : [])),
  )
  return acts.map((_, position) => {
    const waiting = lanes.filter((lane) => lane.length > 0)
    const next = waiting[(turns[position] ?? 0) % waiting.length]?.shift()
    if (next === undefined) throw new Error('every act is in a lane')
    return next
  })
}

async function deliver(updates: (object | undefined)[]): Promise<void> {
  for (const update of updates) if (update !== undefined) expect(await bot.deliver(update)).toBe(200)
}

const acts = fc.array(act, { minLength: 1, maxLength: 12 })
const numbers = fc.array(fc.nat(30), { minLength: 12, maxLength: 12 })

test('[WEB-20, WEB-22, PASS-28] in order, and each as often as Telegram likes, acts come to what the person said', async () => {
  const property = fc.asyncProperty(acts, numbers, async (done, repeats) => {
    const { updates, contactId, readOutcome } = await begin(done)
    // Each is followed by some of those before it.
    const replayed = updates.flatMap((update, index) => [update, updates[repeats[index]! % (index + 1)]])
    await deliver(replayed)
    const outcome = await readOutcome()
    expect(outcome).toEqual(expectedOf(done))
    const ledger = await scene.ledgerOf(contactId)
    await deliver(updates.toReversed())
    expect(await readOutcome()).toEqual(outcome)
    expect(await scene.ledgerOf(contactId)).toEqual(ledger)
  })
  await fc.assert(property, { numRuns: 25 })
}, 60_000)

test('[PASS-28, CM-2] whichever lane comes first, nothing is on that the person did not leave on', async () => {
  const property = fc.asyncProperty(acts, numbers, async (done, turns) => {
    const { updates, readOutcome } = await begin(done)
    await deliver(arrivalOf(done, turns).map((index) => updates[index]))
    const outcome = await readOutcome()
    const expected = expectedOf(done)
    expect(outcome.isActive).toBe(expected.isActive)
    expect(expected.granted).toEqual(expect.arrayContaining(outcome.granted))
    // A tap that was done in a closed chat, and comes when it is open again, joins: being in a group gives nothing.
    if (outcome.isMember) expect(done.findLast(isOfGroup)?.kind).toMatch(/^(start vip|tap join)$/)
  })
  await fc.assert(property, { numRuns: 40 })
}, 60_000)
