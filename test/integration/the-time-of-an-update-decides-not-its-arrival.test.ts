import { wordingFor, wordingHash, type Purpose } from '@postino/domain'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { createBotScene } from './bot-under-test.ts'
import { updatesOf } from './telegram-updates.ts'

const databaseUrl = await createTestDatabase()

// Telegram delivers messages and blocks of one chat side by side, and everything again until it is taken.

const DATE = Math.floor(Date.now() / 1_000)

async function createRegisteredPerson() {
  const scene = await createBotScene({ databaseUrl })
  const contactId = await scene.addContact('ada')
  const phone = scene.addPhone()
  const process = await scene.serve('webhook')
  const updates = updatesOf(phone.person)
  const token = await scene.addLink(contactId)
  await process.deliver(updates.command(1, DATE, `/start ${token}`))
  const statusAfter = async (...delivered: object[]) => {
    for (const update of delivered) expect(await process.deliver(update)).toBe(200)
    return (await scene.registrationsOf(contactId))[0]?.status
  }
  return { scene, contactId, phone, statusAfter, ...updates }
}

test.each([
  ['block, unblock, START', 'active', [0, 1, 2]],
  ['START, block, unblock', 'active', [2, 0, 1]],
  ['block, START, unblock', 'active', [0, 2, 1]],
  ['unblock, START, block', 'active', [1, 2, 0]],
])('blocked, unblocked and started again, arriving as %s', async (_order, status, order) => {
  const { statusAfter, blocked, unblocked, command } = await createRegisteredPerson()
  const sent = [blocked(10, DATE + 5), unblocked(11, DATE + 6), command(12, DATE + 6, '/start')]
  expect(await statusAfter(...order.map((index) => sent[index]!))).toBe(status)
})

test.each([
  ['START, block', [0, 1]],
  ['block, START', [1, 0]],
])('started and then blocked within one second, arriving as %s', async (_order, order) => {
  const { statusAfter, blocked, command } = await createRegisteredPerson()
  const sent = [command(10, DATE + 5, '/start'), blocked(11, DATE + 5)]
  expect(await statusAfter(...order.map((index) => sent[index]!))).toBe('blocked')
})

test.each([
  ['STOP, START', 'active', [0, 1]],
  ['START, STOP', 'active', [1, 0]],
])('stopped and started again, arriving as %s', async (_order, status, order) => {
  const { statusAfter, command } = await createRegisteredPerson()
  const sent = [command(10, DATE + 5, '/stop'), command(11, DATE + 6, '/start')]
  expect(await statusAfter(...order.map((index) => sent[index]!))).toBe(status)
})

test('an old START that is replayed after /stop opens nothing', async () => {
  const { statusAfter, command } = await createRegisteredPerson()
  expect(await statusAfter(command(10, DATE + 5, '/stop'), command(2, DATE + 1, '/start'))).toBe('stopped')
})

test('a block that comes after /stop, and an older START after it, open nothing', async () => {
  const { statusAfter, blocked, command } = await createRegisteredPerson()
  const status = await statusAfter(
    command(10, DATE + 5, '/stop'),
    blocked(12, DATE + 8),
    command(11, DATE + 7, '/start'),
  )
  expect(status).toBe('stopped')
})

test('a tap that comes after a newer STOP and START grants nothing, and a tap after that does', async () => {
  const { scene, contactId, statusAfter, command, tapped } = await createRegisteredPerson()
  const sent = [
    command(11, DATE + 5, '/stop'),
    command(12, DATE + 6, '/start'),
    tapped(10, grant('marketing')),
  ]
  expect(await statusAfter(...sent)).toBe('active')
  expect((await scene.consentOf(contactId)).granted).toEqual([])
  await statusAfter(tapped(13, grant('marketing')))
  expect((await scene.consentOf(contactId)).granted).toEqual(['marketing'])
})

test('a block that comes after a newer START ends what was agreed to before it, and nothing since', async () => {
  const { scene, contactId, statusAfter, command, blocked, tapped } = await createRegisteredPerson()
  const sent = [
    tapped(10, grant('marketing')),
    command(12, DATE + 6, '/start'),
    tapped(13, grant('messages')),
    blocked(11, DATE + 5),
  ]
  expect(await statusAfter(...sent)).toBe('active')
  expect((await scene.consentOf(contactId)).granted).toEqual(['messages'])
})

function grant(purpose: Purpose): string {
  return `consent:grant:${purpose}:en:${wordingHash(wordingFor(purpose, 'en')).slice(0, 12)}`
}
