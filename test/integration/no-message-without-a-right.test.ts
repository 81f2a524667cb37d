import { closeRegistration, insertConsents, upsertContact } from '@postino/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { waitUntil } from '../support/wait-until.ts'
import { createStage, type TestMessage, type TestPerson } from './pipeline-under-test.ts'

const stage = await createStage()
const { database, emulator, shopId } = stage
stage.startRenderer()

function outcomes(messages: TestMessage[]): string[] {
  return messages.map(({ status, reason }) => (reason === null ? status : `${status}: ${reason}`))
}

function numbered(to: TestPerson, count: number) {
  return Array.from({ length: count }, (_, index) => ({ to, text: `#${index}` }))
}

async function waitUntilQueued(ids: string[]): Promise<void> {
  await waitUntil(async () => (await stage.readMessages(ids)).every(({ status }) => status === 'queued'))
}

async function stop({ registrationId }: TestPerson): Promise<void> {
  await closeRegistration(database, shopId, {
    registrationId,
    status: 'stopped',
    reason: 'registration_stopped',
  })
}

async function withdraw({ contactId }: TestPerson): Promise<void> {
  const evidence = { update_id: 2 }
  await insertConsents(database, shopId, contactId, [
    { purpose: 'order_updates', action: 'withdrawn', source: 'test', actor: 'contact', evidence },
  ])
}

/** When the last call to this chat came, in milliseconds since 1970. */
function lastCallAtMs({ telegramId }: TestPerson): number {
  const calls = emulator
    .requests({ limit: 10_000 })
    .requests.filter(({ chat_id: id }) => id === String(telegramId))
  return Math.max(0, ...calls.map(({ at_ms: atMs }) => atMs))
}

test('who has no chat with a bot is told nothing, and the shop is told why', async () => {
  await upsertContact(database, shopId, { externalId: 'without-a-chat' })
  const ids = await stage.accept([
    { to: { externalId: 'without-a-chat' }, text: 'a' },
    { to: { externalId: 'not-even-a-contact' }, text: 'b' },
  ])
  expect(outcomes(await stage.waitForEnd(ids))).toEqual([
    'suppressed: not_registered',
    'suppressed: not_registered',
  ])
})

test('what ends the right after a message was queued ends the message', async () => {
  const bot = await stage.addBot()
  const [stopped, withdrawn, rebound, late] = [
    await stage.addPerson(bot),
    await stage.addPerson(bot),
    await stage.addPerson(bot),
    await stage.addPerson(bot),
  ]
  const notes = [stopped, withdrawn, rebound, late].flatMap((to) => numbered(to, 1))
  const expirytime = new Date(Date.now() + 1_500).toISOString()
  const ids = await stage.accept([...notes.slice(0, 3), { ...notes[3]!, expirytime }])
  await waitUntilQueued(ids)

  await stop(stopped)
  await withdraw(withdrawn)
  // Another contact pressed Start with a link of their own, on the same phone.
  const { id: successor } = await upsertContact(database, shopId, { externalId: 'successor' })
  await sql`update registrations set contact_id = ${successor} where id = ${rebound.registrationId}`.execute(
    database,
  )
  await waitUntil(() => Date.now() > Date.parse(expirytime))
  const sender = stage.startSender()

  expect(outcomes(await stage.waitForEnd(ids))).toEqual([
    'suppressed: registration_stopped',
    'suppressed: consent_withdrawn',
    'suppressed: not_registered',
    'expired: deadline_passed',
  ])
  expect(
    emulator.requests({ limit: 10_000 }).requests.filter(({ method }) => method === 'sendMessage'),
  ).toEqual([])
  await sender.close()
})

test.each([
  ['STOP', stop, 'suppressed: registration_stopped'],
  ['a withdrawal', withdraw, 'suppressed: consent_withdrawn'],
])(
  '%s while a thousand messages wait ends them all within a second',
  async (_name, end, outcome) => {
    const bot = await stage.addBot()
    const [leaver, other] = [await stage.addPerson(bot), await stage.addPerson(bot)]
    const ids = await stage.accept([...numbered(leaver, 1_000), ...numbered(other, 4)])
    await waitUntilQueued(ids)
    const sender = stage.startSender()
    await waitUntil(() => stage.textsOf(leaver).length >= 2)

    await end(leaver)
    const endedAtMs = Date.now()

    const messages = await stage.waitForEnd(ids)
    const sent = stage.textsOf(leaver).length
    expect(sent).toBeLessThan(10)
    expect(lastCallAtMs(leaver)).toBeLessThan(endedAtMs + 1_000)
    expect(outcomes(messages.slice(0, 1_000))).toEqual([
      ...Array.from({ length: sent }, () => 'sent'),
      ...Array.from({ length: 1_000 - sent }, () => outcome),
    ])
    expect(stage.textsOf(other)).toEqual(['#0', '#1', '#2', '#3'])
    await sender.close()
  },
  40_000,
)
