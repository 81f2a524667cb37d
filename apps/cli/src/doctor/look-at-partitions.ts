import { findPartitionsAheadDays, type Database } from '@postino/database'
import { CommandFailure } from '../failures/command-failure.ts'

// The scheduler makes them two weeks ahead.
const FEW_DAYS = 4

/** Whether there is a place for what comes next, which goes as a whole when its time is over. @throws CommandFailure */
export async function lookAtPartitions(database: Database): Promise<string> {
  const days = await findPartitionsAheadDays(database)
  if (days < FEW_DAYS) {
    throw new CommandFailure(
      `events and messages have partitions for ${Math.max(0, Math.floor(days))} more days: is a scheduler running? Everything works without them, but what comes then is cleared away row by row`,
    )
  }
  return `there for ${Math.floor(days)} more days`
}
