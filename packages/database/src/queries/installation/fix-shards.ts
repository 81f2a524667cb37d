import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'

/** Fixes the number of shards where it is not yet: `shards`, or 1. @throws WrongShardsError when another one is given */
export async function fixShards(db: Database, shards: number | undefined): Promise<void> {
  await sql`insert into installation (shards) values (${shards ?? 1}) on conflict do nothing`.execute(db)
  const { shards: fixed } = await db.selectFrom('installation').select('shards').executeTakeFirstOrThrow()
  requireSameShards(shards ?? fixed, fixed)
}

/** @throws WrongShardsError when the setting is not what the installation has: turns would wait where nobody looks for them */
export function requireSameShards(setting: number, fixed: number): void {
  if (setting !== fixed) throw new WrongShardsError(setting, fixed)
}

export class WrongShardsError extends Error {
  override readonly name = 'WrongShardsError'
  constructor(setting: number, fixed: number) {
    super(
      `SHARDS is ${setting}, and this installation has ${fixed}, fixed when its database was first migrated: set SHARDS=${fixed}`,
    )
  }
}
