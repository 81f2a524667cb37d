import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { pipeline } from 'node:stream'
import type { Fault } from '@postino/emulator'
import { expect, test } from 'vitest'
import { atEnd } from '../support/at-end.ts'
import { waitUntil } from '../support/wait-until.ts'
import { createStage, type TestBot, type TestMessage, type TestPerson } from './pipeline-under-test.ts'

const stage = await createStage()
const { emulator, database } = stage
stage.startRenderer()
stage.startSender({ callTimeoutSeconds: 0.5, resendSeconds: 0.3 })

function outcomes(messages: TestMessage[]): string[] {
  return messages.map(({ status, reason }) => (reason === null ? status : `${status}: ${reason}`))
}

async function statusOf({ registrationId }: TestPerson): Promise<string> {
  const { status } = await database
    .selectFrom('registrations')
    .select('status')
    .where('id', '=', registrationId)
    .executeTakeFirstOrThrow()
  return status
}

async function findBot({ botId }: TestBot) {
  return await database
    .selectFrom('bots')
    .select(['status', 'broken_reason', 'cooling_until'])
    .where('id', '=', botId)
    .executeTakeFirstOrThrow()
}

/** The next call to this chat meets an accident. */
function addFault(person: TestPerson, fault: Fault, count = 1): void {
  emulator.faults.add({ match: { chat_id: person.telegramId }, fault, count })
}

function numbered(to: TestPerson, count: number, lane: 0 | 1 = 0) {
  return Array.from({ length: count }, (_, index) => ({ to, lane, text: `#${index}` }))
}

test('who blocked the bot is told nothing more until they come back', async () => {
  const bot = await stage.addBot()
  const [blocker, other] = [await stage.addPerson(bot), await stage.addPerson(bot)]
  emulator.people.stop(blocker.telegramId, { bot: bot.telegramId })
  const ids = await stage.accept([...numbered(blocker, 3), ...numbered(other, 1)])
  expect(outcomes(await stage.waitForEnd(ids))).toEqual([
    'rejected: bot_blocked',
    'suppressed: registration_blocked',
    'suppressed: registration_blocked',
    'sent',
  ])
  expect(await statusOf(blocker)).toBe('blocked')
  const late = await stage.accept(numbered(blocker, 1))
  expect(outcomes(await stage.waitForEnd(late))).toEqual(['suppressed: registration_blocked'])
})

test('who deleted the account is given up for good', async () => {
  const bot = await stage.addBot()
  const person = await stage.addPerson(bot)
  emulator.people.deactivate(person.telegramId)
  const ids = await stage.accept(numbered(person, 2))
  expect(outcomes(await stage.waitForEnd(ids))).toEqual([
    'rejected: user_deactivated',
    'suppressed: registration_revoked',
  ])
  expect(await statusOf(person)).toBe('revoked')
})

test('a chat that Telegram does not know ends its registration', async () => {
  const stranger = await stage.register(await stage.addBot(), 999_999)
  const ids = await stage.accept(numbered(stranger, 1))
  expect(outcomes(await stage.waitForEnd(ids))).toEqual(['rejected: chat_not_found'])
  expect(await statusOf(stranger)).toBe('revoked')
})

test('a bot that was thrown out of a group writes there no more', async () => {
  const bot = await stage.addBot()
  const group = await stage.addGroup(bot)
  const [owner] = emulator.chats.get(group.chat).members ?? []
  emulator.groups.kick(group.chat, { member: bot.telegramId, by: owner!.id })
  const ids = await stage.accept(numbered(group, 2))
  expect(outcomes(await stage.waitForEnd(ids))).toEqual([
    'rejected: kicked_from_group',
    'suppressed: registration_revoked',
  ])
})

test('a group that became a supergroup is followed, in order', async () => {
  const bot = await stage.addBot()
  const group = await stage.addGroup(bot)
  const { chat: supergroup } = emulator.groups.migrate(group.chat)
  const ids = await stage.accept(numbered(group, 3))
  expect(outcomes(await stage.waitForEnd(ids))).toEqual(['sent', 'sent', 'sent'])
  expect(stage.textsOf({ ...group, chat: supergroup.chat })).toEqual(['#0', '#1', '#2'])
})

test('a group that moved to a chat with a registration of its own ends, and nobody is told twice', async () => {
  const bot = await stage.addBot()
  const group = await stage.addGroup(bot)
  const { chat: supergroup } = emulator.groups.migrate(group.chat)
  const successor = await stage.register(bot, Number(supergroup.chat))
  const ids = await stage.accept([...numbered(group, 1), ...numbered(successor, 1)])
  expect(outcomes(await stage.waitForEnd(ids))).toEqual(['suppressed: registration_revoked', 'sent'])
  expect(stage.textsOf(successor)).toEqual(['#0'])
})

test('content that Telegram refuses fails alone; the next message of the chat goes on', async () => {
  const person = await stage.addPerson(await stage.addBot())
  const description = "Bad Request: can't parse entities: unsupported start tag"
  addFault(person, { kind: 'error', code: 400, description })
  const ids = await stage.accept(numbered(person, 2))
  expect(outcomes(await stage.waitForEnd(ids))).toEqual(['failed: content_refused', 'sent'])
  expect(await statusOf(person)).toBe('active')
  expect(stage.textsOf(person)).toEqual(['#1'])
})

test('a revoked token parks the bot; its messages wait for the new one, and other bots go on', async () => {
  const [bot, other] = [await stage.addBot(), await stage.addBot()]
  const people = [await stage.addPerson(bot), await stage.addPerson(other)] as const
  const { token } = emulator.bots.revoke(bot.telegramId)
  const ids = await stage.accept(numbered(people[0], 2))
  await waitUntil(async () => (await findBot(bot)).status === 'broken')
  const more = await stage.accept([...numbered(people[0], 1), ...numbered(people[1], 1)])
  await stage.waitForEnd(more.slice(1))

  expect((await findBot(bot)).broken_reason).toBe('token_refused: Unauthorized')
  expect(outcomes(await stage.readMessages([...ids, ...more]))).toEqual([
    'queued',
    'queued',
    'queued',
    'sent',
  ])

  await stage.replaceToken(bot, token)
  await stage.wake(bot)
  await stage.waitForEnd([...ids, ...more])
  expect(stage.textsOf(people[0])).toEqual(['#0', '#1', '#0'])
})

test.concurrent.each<[string, Fault, string]>([
  ['a server error as JSON', { kind: 'error', code: 500 }, 'server_error'],
  ['a bad gateway as HTML', { kind: 'bad_gateway', body: 'html' }, 'server_error'],
  ['a bad gateway as JSON', { kind: 'bad_gateway', body: 'json' }, 'server_error'],
  ['an empty 502', { kind: 'empty_body', status: 502 }, 'server_error'],
  ['an answer cut in the middle', { kind: 'cut_body' }, 'connection_lost'],
  ['a reset before delivery', { kind: 'reset', when: 'before' }, 'connection_lost'],
  ['a reset after delivery', { kind: 'reset', when: 'after' }, 'connection_lost'],
  ['no answer at all', { kind: 'hang', when: 'after' }, 'timed_out'],
])(
  'after %s the outcome is unknown: sent once more in lane 0, never in lane 1',
  async (_name, fault, reason) => {
    const bot = await stage.addBot()
    const [ada, ben] = [await stage.addPerson(bot), await stage.addPerson(bot)]
    addFault(ada, fault)
    addFault(ben, fault)
    const ids = await stage.accept([...numbered(ada, 2, 0), ...numbered(ben, 2, 1)])
    const messages = await stage.waitForEnd(ids)
    expect(outcomes(messages)).toEqual(['sent', 'sent', `unknown: ${reason}`, 'sent'])
    expect(messages.map(({ resends }) => resends)).toEqual([1, 0, 0, 0])
    // What is in doubt holds nobody up: its resend comes after the message behind it.
    expect(stage.textsOf(ada).slice(-2)).toEqual(['#1', '#0'])
  },
)

test('an outcome that is unknown twice stays unknown', async () => {
  const person = await stage.addPerson(await stage.addBot())
  addFault(person, { kind: 'error', code: 500 }, 2)
  const ids = await stage.accept(numbered(person, 1))
  expect(await stage.waitForEnd(ids)).toMatchObject([
    { status: 'unknown', reason: 'server_error', resends: 1, attempts: 2 },
  ])
  expect(stage.textsOf(person)).toEqual([])
})

test('a Telegram that cannot be reached is tried again without loss, in order', async () => {
  const { port, open } = await createGate()
  const elsewhere = await createStage()
  elsewhere.startRenderer()
  elsewhere.startSender({ telegramApiRoot: `http://127.0.0.1:${port}` })
  const bot = await elsewhere.addBot()
  const people = await elsewhere.addPeople(bot, 3)
  const ids = await elsewhere.accept(people.flatMap((person) => numbered(person, 2)))
  await waitUntil(async () => (await elsewhere.readMessages(ids)).some(({ attempts }) => attempts > 1))
  await open(elsewhere.emulator.port)
  const messages = await elsewhere.waitForEnd(ids)
  expect(new Set(outcomes(messages))).toEqual(new Set(['sent']))
  for (const person of people) expect(elsewhere.textsOf(person)).toEqual(['#0', '#1'])
})

test('answers that Postgres could not store, and successes without a number, hold nobody up', async () => {
  const bot = await stage.addBot()
  const [ada, ben, cleo] = [
    await stage.addPerson(bot),
    await stage.addPerson(bot),
    await stage.addPerson(bot),
  ]
  const raw = (status: number, body: string) =>
    ({ kind: 'raw', status, content_type: 'application/json', body }) as const
  addFault(ada, raw(400, String.raw`{"ok":false,"error_code":400,"description":"no \u0000 \ud800"}`))
  addFault(ben, raw(200, '{"ok":true,"result":{"message_id":1.5}}'))
  const ids = await stage.accept([ada, ben, cleo].flatMap((person) => numbered(person, 1)))
  expect(outcomes(await stage.waitForEnd(ids))).toEqual(['rejected: refused_by_telegram', 'sent', 'sent'])
})

/** A port on which nobody listens until it is opened; from then on it leads to another one. */
async function createGate(): Promise<{ port: number; open: (target: number) => Promise<void> }> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  await closed(probe)
  return {
    port,
    async open(target) {
      const sockets: Socket[] = []
      const gate = createServer((socket) => {
        const further = connect(target, '127.0.0.1')
        sockets.push(socket, further)
        pipeline(socket, further, socket, () => undefined)
      })
      gate.listen(port, '127.0.0.1')
      await once(gate, 'listening')
      atEnd(async () => {
        for (const socket of sockets) socket.destroy()
        await closed(gate)
      })
    },
  }
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()))
}
