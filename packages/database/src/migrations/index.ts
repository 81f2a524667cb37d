import type { Migration } from 'kysely/migration'
import * as begin from './20261121T090000-begin.ts'
import * as sending from './20261121T150000-sending.ts'
import * as optIn from './20261121T200000-opt-in.ts'
import * as templates from './20261121T230000-templates.ts'
import * as volume from './20261122T000000-volume.ts'
import * as oneIndexAQuestion from './20261123T000000-one-index-a-question.ts'

/** Every migration by its name; names sort by time and are never changed once released. */
export const MIGRATIONS: Record<string, Migration> = {
  '20261121T090000-begin': begin,
  '20261121T150000-sending': sending,
  '20261121T200000-opt-in': optIn,
  '20261121T230000-templates': templates,
  '20261122T000000-volume': volume,
  '20261123T000000-one-index-a-question': oneIndexAQuestion,
}
