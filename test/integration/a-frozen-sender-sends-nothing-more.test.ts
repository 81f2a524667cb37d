import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { waitUntil } from '../support/wait-until.ts'
import { listAttempts } from './database-under-test.ts'
import { createStage } from './pipeline-under-test.ts'

test('a sender that was frozen in mid-turn, and lost the bot, sends nothing more; nobody is told twice', async () => {
  const stage = await createStage()
  const { database, emulator } = stage
  stage.startRenderer()
  const bot = await stage.addBot()
  const people = await stage.addPeople(bot, 20)
  const notes = Array.from({ length: 3 }, (_, index) =>
    people.map((to) => ({ to, text: `#${index}` })),
  ).flat()
  // Some calls are under way whenever the freeze comes.
  emulator.faults.add({ fault: { kind: 'latency', min_ms: 100, max_ms: 300 } })
  const frozen = await stage.startProcess('sender')
  const ids = await stage.accept(notes)
  await waitUntil(() => frozen.lines().filter(({ msg }) => msg === 'message.attempted').length >= 5)
  const { epoch: lostEpoch } = await readBot()

  frozen.kill('SIGSTOP')
  const frozenAtMs = Date.now()
  // Takes its lock from it at once; without that it would run out after some seconds.
  await stage.flushRedis()
  stage.startSender({ resendSeconds: 45 })
  await stage.wake(bot)
  // What the frozen one has claimed is in doubt; everything else is sent by the other.
  await waitUntil(async () => (await countIn(['accepted', 'queued', 'sending'])) === 0, { timeoutMs: 20_000 })
  const inDoubt = await countIn(['unknown'])
  expect(inDoubt).toBeGreaterThan(0)
  // Longer than any claim is valid.
  await waitUntil(() => Date.now() - frozenAtMs > 5_000)
  frozen.kill('SIGCONT')

  // It tells what came of its calls, and gives back what it had not called for. That is sent by the other, at once.
  const messages = await stage.waitForEnd(ids)
  expect(messages.filter(({ status }) => status !== 'sent')).toEqual([])
  expect(emulator.report()).toMatchObject({ duplicate_count: 0 })
  for (const person of people) expect(stage.textsOf(person).toSorted()).toEqual(['#0', '#1', '#2'])
  const late = (await listAttempts(database)).filter(
    ({ epoch, startedAt }) => BigInt(epoch) <= BigInt(lostEpoch) && startedAt.getTime() > frozenAtMs + 100,
  )
  expect(late).toEqual([])
  // Order holds but for what was in doubt: that comes when it comes, once.
  const resent = messages.filter(({ resends }) => resends > 0)
  expect(resent.length).toBeLessThanOrEqual(inDoubt)
  for (const person of people) {
    if (resent.some(({ recipient }) => recipient === person.externalId)) continue
    expect(stage.textsOf(person)).toEqual(['#0', '#1', '#2'])
  }

  async function readBot() {
    return await database
      .selectFrom('bots')
      .select('epoch')
      .where('id', '=', bot.botId)
      .executeTakeFirstOrThrow()
  }
  async function countIn(statuses: string[]): Promise<number> {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from messages where status = any (${statuses})`.execute(database)
    return rows[0]!.count
  }
}, 40_000)
