import { sql } from 'kysely'
import { describeStall } from '../stage/describe-stall.ts'
import type { Stage } from '../stage/stage.ts'
import type { Producer } from './producer.ts'
import type { Push } from './producer-process.ts'

const WAIT_EVERY_MS = 100
/** Without a single call of the senders. */
const STILL_MS = 60_000

/**
 * Pushes, and waits until the emulator has been called for each event and nothing is open any more. From the first push to the last
 * call.
 *
 * @throws when nothing moves any more, with what is known of why
 */
export async function sendEvents(
  stage: Stage,
  producer: Producer,
  plan: Push,
): Promise<{ seconds: number; refusals: number }> {
  const { calls: before } = await stage.telegram.ask('progress')
  const wanted = before + plan.shops.length * plan.chats * plan.rounds
  // A push that fails ends the waiting, too.
  const failed = Promise.withResolvers<never>()
  const pushing = producer.push(plan)
  pushing.catch(failed.reject)
  await Promise.race([waitForCalls(stage, wanted), failed.promise])
  const { firstAtMs, refusals } = await pushing
  const { lastAtMs } = await stage.telegram.ask('progress')
  return { seconds: (lastAtMs - firstAtMs) / 1_000, refusals }
}

/** Until there were so many calls since the emulator's start, and everything that is known of has ended. */
export async function waitForCalls(stage: Stage, wanted: number): Promise<void> {
  let [calls, movedAtMs] = [-1, performance.now()]
  while (calls < wanted || (await isAnyOpen(stage))) {
    await new Promise((resolve) => setTimeout(resolve, WAIT_EVERY_MS))
    const progress = await stage.telegram.ask('progress')
    if (progress.calls !== calls) movedAtMs = performance.now()
    calls = progress.calls
    if (performance.now() - movedAtMs > STILL_MS)
      throw new Error(
        `${calls} of ${wanted} calls, and nothing moves any more:\n${await describeStall(stage)}`,
      )
  }
}

async function isAnyOpen({ database }: Stage): Promise<boolean> {
  const { rows } = await sql<{ open: boolean }>`
    select exists (select from messages where ended_at is null) as open`.execute(database)
  return rows[0]?.open === true
}
