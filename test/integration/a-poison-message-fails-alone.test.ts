import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { waitUntil } from '../support/wait-until.ts'
import { createStage, type Note, type TestMessage } from './pipeline-under-test.ts'

const stage = await createStage()
const { database } = stage
const bot = await stage.addBot()
stage.startSender()

function outcomes(messages: TestMessage[]): string[] {
  return messages.map(({ status, reason }) => (reason === null ? status : `${status}: ${reason}`))
}

test('a template that breaks and an event that is none fail alone in a batch of fifty', async () => {
  const renderer = stage.startRenderer()
  const people = await stage.addPeople(bot, 50)
  const notes: Note[] = people.map((to, index) => ({
    to,
    text: `for ${index}`,
    state: index === 20 ? 'poison' : 'paid',
  }))
  const ids = await stage.acceptOnly(notes)
  await sql`update events set body = '{"type": "order.status_changed", "data": 7}'
    where id = (select event_id from messages where id = ${ids[30]})`.execute(database)

  await stage.enqueue(ids)

  const expected = ids.map(() => 'sent')
  expected[20] = 'failed: template_failed'
  expected[30] = 'failed: internal_error'
  expect(outcomes(await stage.waitForEnd(ids))).toEqual(expected)
  await renderer.close()
})

test('what waited behind a message that failed is sent', async () => {
  const renderer = stage.startRenderer()
  const person = await stage.addPerson(bot)
  const [failing, waiting] = await stage.acceptOnly([
    { to: person, text: 'first', state: 'poison' },
    { to: person, text: 'second' },
  ])
  await stage.enqueue([waiting!])
  await waitUntil(async () => (await stage.readMessages([waiting!]))[0]?.status === 'queued')

  await stage.enqueue([failing!])

  expect(outcomes(await stage.waitForEnd([failing!, waiting!]))).toEqual(['failed: template_failed', 'sent'])
  await renderer.close()
})

test('a message whose deadline has passed is not rendered', async () => {
  const renderer = stage.startRenderer()
  const person = await stage.addPerson(bot)
  const ids = await stage.accept([
    { to: person, text: 'too late', expirytime: new Date(Date.now() - 1_000).toISOString() },
    { to: person, text: 'in time', expirytime: new Date(Date.now() + 60_000).toISOString() },
  ])
  expect(outcomes(await stage.waitForEnd(ids))).toEqual(['expired: deadline_passed', 'sent'])
  expect(stage.textsOf(person)).toEqual(['in time'])
  await renderer.close()
})

test('two renderers with the same messages send each of them once', async () => {
  const renderers = [stage.startRenderer(), stage.startRenderer()]
  const people = await stage.addPeople(bot, 10)
  const ids = await stage.acceptOnly(
    people.flatMap((to) => [0, 1].map((index) => ({ to, text: `#${index}` }))),
  )
  for (const job of [ids, ids.toReversed(), ids.slice(5), ids.slice(0, 15)]) await stage.enqueue(job)

  await stage.waitForEnd(ids)

  for (const person of people) expect(stage.textsOf(person)).toEqual(['#0', '#1'])
  await Promise.all(renderers.map((renderer) => renderer.close()))
})

test('a renderer killed between loading and finishing changes nothing: its messages are rendered by another', async () => {
  const person = await stage.addPerson(bot)
  const ids = await stage.acceptOnly([
    { to: person, text: '#0' },
    { to: person, text: '#1' },
  ])
  const victim = await stage.startProcess('renderer')
  await database.transaction().execute(async (blocker) => {
    await sql`select from messages where id = any (${ids}::bigint[]) for update`.execute(blocker)
    await stage.enqueue(ids)
    await waitUntil(() => isWaitingForLock())
    victim.kill('SIGKILL')
    await victim.ended
    // The server would finish the statement of the dead on its own.
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'postino-renderer'`.execute(blocker)
  })
  expect(outcomes(await stage.readMessages(ids))).toEqual(['accepted', 'accepted'])

  // The sweeper would ask again, too, were the job of the dead not taken over before.
  const renderer = stage.startRenderer()
  await stage.enqueue(ids)

  expect(outcomes(await stage.waitForEnd(ids))).toEqual(['sent', 'sent'])
  expect(stage.textsOf(person)).toEqual(['#0', '#1'])
  await renderer.close()
}, 40_000)

async function isWaitingForLock(): Promise<boolean> {
  const { rows } = await sql`
    select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
    database,
  )
  return rows.length > 0
}
