import { sql, type RawBuilder } from 'kysely'

type Column = RawBuilder<unknown>

/**
 * True when one `sequence` comes after another: whole numbers by their value, everything else letter by letter, as
 * CloudEvents has it. A number and something else cannot be compared: false, and null when there is none.
 */
export function isLater(sequence: Column, than: Column): RawBuilder<boolean | null> {
  const isNumber = (column: Column) => sql`${column} ~ '^[0-9]+$'`
  return sql`case
    when ${isNumber(sequence)} <> ${isNumber(than)} then false
    when ${isNumber(sequence)} then ${sequence}::numeric > ${than}::numeric
    else ${sequence} collate "C" > ${than} collate "C" end`
}
