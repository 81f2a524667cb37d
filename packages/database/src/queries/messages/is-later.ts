import { sql, type RawBuilder } from 'kysely'

type Column = RawBuilder<unknown>

/** True when one `sequence` comes after another, by the rule of the database's function. */
export function isLater(sequence: Column, than: Column): RawBuilder<boolean | null> {
  return sql`is_later(${sequence}, ${than})`
}
