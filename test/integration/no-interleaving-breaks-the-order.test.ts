import { finishRendering, type Claim, type Database } from '@postino/database'
import * as fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import {
  beginTurn,
  accept,
  claim,
  createBot,
  createContacts,
  openDatabase,
  openTestDatabase,
  record,
  render,
  type TestBot,
  type TestContact,
  type Turn,
} from './database-under-test.ts'

const { url, db } = await openTestDatabase()

// What the calls to Telegram would be, in the order in which they were allowed.
await sql`create table calls (
  id bigint generated always as identity, bot_id bigint, chat_id bigint, lane smallint, message_id bigint, is_resend boolean,
  beside bigint)`.execute(db)
await sql`create function note_call() returns trigger language plpgsql as $$ begin
  insert into calls (bot_id, chat_id, lane, message_id, is_resend, beside)
    select new.bot_id, new.chat_id, new.lane, new.id, old.status = 'unknown', (select id from messages
      where bot_id = new.bot_id and chat_id = new.chat_id and status = 'sending' and id <> new.id limit 1);
  return null;
end $$`.execute(db)
await sql`create trigger note_call after update of status on messages for each row
  when (new.status = 'sending') execute function note_call()`.execute(db)

type Act =
  | { kind: 'accept'; contact: number; lanes: number[] }
  | { kind: 'render'; share: number }
  | { kind: 'fail'; which: number }
  | { kind: 'claim'; take: number }
  | { kind: 'record'; which: number; status: 'sent' | 'queued' | 'unknown' | 'rejected' }
  | { kind: 'turn' }

const CHATS = 3
const lane = fc.nat(2)
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('accept' as const),
      contact: fc.nat(CHATS - 1),
      lanes: fc.array(lane, { minLength: 1, maxLength: 4 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('render' as const), share: fc.nat(100) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('fail' as const), which: fc.nat() }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('claim' as const), take: fc.integer({ min: 1, max: 4 }) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('record' as const),
      which: fc.nat(),
      status: fc.constantFrom('sent', 'sent', 'queued', 'unknown', 'rejected'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('turn' as const) }) },
)

/** A bot with its people, the messages nobody has rendered, and what is under way. */
interface World {
  bot: TestBot
  people: TestContact[]
  accepted: string[]
  underWay: { turn: Turn; message: Claim }[]
  turn: Turn
}

async function createWorld(): Promise<World> {
  const bot = await createBot(db)
  const people = await createContacts(db, bot, CHATS)
  return { bot, people, accepted: [], underWay: [], turn: await takeTurn(db, bot) }
}

// A resend is due at once, so that it meets everything else.
async function takeTurn(database: Database, bot: TestBot): Promise<Turn> {
  const begun = await beginTurn(database, bot, 0)
  return { ...bot, epoch: begun!.epoch }
}

async function perform(world: World, todo: Act): Promise<void> {
  switch (todo.kind) {
    case 'accept': {
      const contact = world.people[todo.contact]!
      const messages = todo.lanes.map((each) => ({ ...contact, lane: each }))
      world.accepted.push(...(await accept(db, world.bot, messages)))
      return
    }
    case 'render': {
      // Any of them: jobs are taken in no certain order.
      const rendered = world.accepted.filter((id) => (Number(id) * 37) % 100 <= todo.share)
      world.accepted = world.accepted.filter((id) => !rendered.includes(id))
      await render(db, rendered)
      return
    }
    case 'fail': {
      const [id] = world.accepted.splice(todo.which % Math.max(1, world.accepted.length), 1)
      if (id !== undefined) await finishRendering(db, [{ status: 'failed', id, reason: 'no_template' }])
      return
    }
    case 'claim': {
      const claimed = await claim(db, world.turn, { take: todo.take })
      world.underWay.push(...claimed.map((message) => ({ turn: world.turn, message })))
      return
    }
    case 'record': {
      const [call] = world.underWay.splice(todo.which % Math.max(1, world.underWay.length), 1)
      if (call === undefined) return
      const dueInMs = todo.status === 'queued' ? 0 : undefined
      await record(db, call.turn, { id: call.message.id, status: todo.status, dueInMs }, 0)
      return
    }
    case 'turn':
      world.turn = await takeTurn(db, world.bot)
      return
  }
}

/** Lets everything come to its end. */
async function finish(world: World): Promise<void> {
  await render(db, world.accepted)
  world.turn = await takeTurn(db, world.bot)
  for (;;) {
    const claimed = await claim(db, world.turn)
    if (claimed.length === 0) return
    for (const { id } of claimed) await record(db, world.turn, { id, status: 'sent' })
  }
}

/**
 * Per chat and lane no call goes before an earlier one, no chat has two calls under way, and everything that was accepted
 * has come to an end.
 */
async function checkOutcome({ botId, shopId }: TestBot, accepted: number): Promise<void> {
  const { rows: disordered } = await sql`
    select * from (
      select message_id, lag(message_id) over (partition by chat_id, lane order by id) as before from calls
      where bot_id = ${botId} and not is_resend
    ) call where message_id < before`.execute(db)
  expect(disordered).toEqual([])
  const { rows: crowded } =
    await sql`select * from calls where bot_id = ${botId} and beside is not null`.execute(db)
  expect(crowded).toEqual([])
  const { rows: statuses } = await sql<{ status: string; ended: boolean; messages: number }>`
    select status, ended_at is not null as ended, count(*)::int as messages from messages
    where shop_id = ${shopId} group by 1, 2`.execute(db)
  const ends = new Set(['sent', 'rejected', 'failed', 'unknown'])
  expect(statuses.filter(({ status, ended }) => !ended || !ends.has(status))).toEqual([])
  expect(statuses.reduce((sum, { messages }) => sum + messages, 0)).toBe(accepted)
  const { rows: repeated } = await sql`
    select id from messages where shop_id = ${shopId} and resends > 1`.execute(db)
  expect(repeated).toEqual([])
}

test('any order of accepting, rendering, claiming, recording and turns keeps each chat’s order and loses nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 10, maxLength: 40 }), async (acts) => {
      const world = await createWorld()
      for (const todo of acts) await perform(world, todo)
      await finish(world)
      const accepted = acts.flatMap((todo) => (todo.kind === 'accept' ? todo.lanes : []))
      await checkOutcome(world.bot, accepted.length)
    }),
    { numRuns: 60, endOnFailure: true },
  )
})

test('neither do processes that do all of it side by side', async () => {
  const bot = await createBot(db)
  const people = await createContacts(db, bot, CHATS)
  const [ingest, renderer, sender] = [openDatabase(url, 3), openDatabase(url, 3), openDatabase(url, 6)]
  const waiting: string[] = []
  const rounds = 40
  const accepting = new AbortController()

  async function acceptAll(contact: TestContact): Promise<void> {
    for (let round = 0; round < rounds; round++) {
      const messages = [0, 1, 2, 0].map((each) => ({ ...contact, lane: each }))
      waiting.push(...(await accept(ingest, bot, messages)))
    }
  }
  async function renderAll(): Promise<void> {
    while (!accepting.signal.aborted || waiting.length > 0) {
      // The newest first: what comes before them has to be waited for.
      await render(renderer, waiting.splice(-7))
      await new Promise(setImmediate)
    }
  }
  /** One of several processes that take the bot over from each other, as after lost locks. */
  async function sendSome(): Promise<number> {
    const turn = await takeTurn(sender, bot)
    let calls = 0
    for (let round = 0; round < 4; round++) {
      const claimed = await claim(sender, turn, { take: 2 })
      calls += claimed.length
      await Promise.all(
        claimed.map(({ id }) =>
          record(
            sender,
            turn,
            Number(id) % 5 === 0 ? { id, status: 'queued', dueInMs: 0 } : { id, status: 'sent' },
          ),
        ),
      )
    }
    return calls
  }
  const accepted = Promise.all(people.map(acceptAll)).finally(() => accepting.abort())
  const rendering = Promise.all([renderAll(), renderAll()])
  while (!accepting.signal.aborted || waiting.length > 0)
    await Promise.all([sendSome(), sendSome(), sendSome()])
  await Promise.all([accepted, rendering])
  await finish({ bot, people, accepted: [], underWay: [], turn: await takeTurn(db, bot) })
  await checkOutcome(bot, rounds * 4 * CHATS)
})
