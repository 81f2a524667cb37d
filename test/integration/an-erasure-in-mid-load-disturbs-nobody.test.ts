import { eraseContact } from '@postino/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { waitUntil } from '../support/wait-until.ts'
import { dumpPostgres } from './everything-stored.ts'
import { createStage } from './pipeline-under-test.ts'

const PEOPLE = 8
const EACH = 10

test('[U10] people are erased while they are rendered for and sent to: nothing of them comes back, and nobody else loses anything', async () => {
  const stage = await createStage()
  const { database, shopId, emulator } = stage
  // Calls take a while, some end badly, some are refused, so that messages are in every state.
  emulator.faults.add({ fault: { kind: 'latency', min_ms: 5, max_ms: 60 } })
  emulator.faults.add({ fault: { kind: 'bad_gateway', body: 'html' }, probability: 0.1 })
  emulator.faults.add({ fault: { kind: 'reset', when: 'before' }, probability: 0.1 })
  const bot = await stage.addBot()
  const people = await stage.addPeople(bot, PEOPLE)
  stage.startSender({ limitPerSecond: 1_000 })
  stage.startRenderer()
  const notes = Array.from({ length: PEOPLE * EACH }, (_, index) => {
    const to = people[index % PEOPLE]!
    return { to, text: `${to.externalId}/${Math.floor(index / PEOPLE)}/` }
  })
  const ids = await stage.accept(notes)
  const gone = people.filter((_, index) => index % 2 === 0)
  const stay = people.filter((_, index) => index % 2 === 1)

  // One after the other, as it comes, in the middle of it all.
  for (const [index, { contactId }] of gone.entries()) {
    await waitUntil(async () => (await countEnded(ids)) > index * 8, { timeoutMs: 20_000 })
    const erasure = await eraseContact(database, shopId, contactId, { actor: 'test' })
    expect(erasure).toMatchObject({ status: 'erased', messages: EACH })
  }
  const ended = await stage.waitForEnd(ids, { timeoutMs: 40_000 })

  const dump = await dumpPostgres(database)
  for (const { externalId, telegramId } of gone) {
    expect(dump.filter((line) => line.includes(`${externalId}"`) || line.includes(`${externalId}/`))).toEqual(
      [],
    )
    expect(
      dump.filter(
        (line) =>
          line.includes(String(telegramId)) &&
          !line.startsWith('bots:') &&
          line.includes(`chat_id":${telegramId},`),
      ),
    ).toEqual([])
  }
  const theirs = new Set(stay.map(({ externalId }) => externalId))
  const others = ended.filter(({ recipient }) => !theirs.has(recipient))
  expect(others).toHaveLength(gone.length * EACH)
  expect(others.some(({ reason }) => reason === 'erased')).toBe(true)
  for (const person of stay) {
    const own = ended.filter(({ recipient }) => recipient === person.externalId)
    expect(own).toHaveLength(EACH)
    for (const { status } of own) expect(['sent', 'unknown']).toContain(status)
  }
  async function countEnded(all: string[]): Promise<number> {
    const { rows } = await sql<{ ended: number }>`
      select count(*)::int as ended from messages where id = any (${all}::bigint[]) and ended_at is not null`.execute(
      database,
    )
    return rows[0]?.ended ?? 0
  }
}, 90_000)
