import { ImportRefused } from '../import-refused.ts'

/** What columns mean, each with the names it goes by, as `plainName` has them. */
export type ColumnNames<Key extends string> = Record<Key, readonly string[]>

export interface FoundColumns<Key extends string> {
  /** Where each stands in a record. */
  known: Partial<Record<Key, number>>
  unknown: { name: string; index: number }[]
}

/**
 * Finds what the columns of a header mean, whatever the language, case and punctuation of their names.
 *
 * @throws ImportRefused when one of `needed` is missing, or two columns mean the same
 */
export function findColumns<Key extends string>(
  header: readonly string[],
  names: ColumnNames<Key>,
  needed: readonly Key[],
): FoundColumns<Key> {
  const found: FoundColumns<Key> = { known: {}, unknown: [] }
  for (const [index, name] of header.entries()) {
    const key = keyOf(name, names)
    if (key === undefined) {
      found.unknown.push({ name, index })
      continue
    }
    const other = found.known[key]
    if (other !== undefined) {
      const both = `the columns "${header[other]}" and "${name}" mean the same (${key})`
      throw new ImportRefused('column_twice', `${both}: take one away, or call it something else`)
    }
    found.known[key] = index
  }
  for (const key of needed) if (found.known[key] === undefined) throw missing(key, names[key], header)
  return found
}

/** Whether a name of a header means something. */
export function isColumnOf<Key extends string>(names: ColumnNames<Key>): (name: string) => boolean {
  return (name) => keyOf(name, names) !== undefined
}

/** The name as it is compared: small letters and digits alone. */
export function plainName(name: string): string {
  return (
    name
      .normalize('NFKC')
      .toLowerCase()
      // The Ukrainian apostrophe counts as a letter.
      .replace(/[^\p{L}\p{M}\p{N}]|ʼ/gu, '')
  )
}

function keyOf<Key extends string>(name: string, names: ColumnNames<Key>): Key | undefined {
  const plain = plainName(name)
  // The names of an object's own members, as they were written.
  return (Object.keys(names) as Key[]).find((key) => names[key].includes(plain))
}

function missing(key: string, names: readonly string[], header: readonly string[]): ImportRefused {
  const there = header
    .slice(0, 20)
    .map((name) => `"${name}"`)
    .join(', ')
  return new ImportRefused(
    'column_missing',
    `it has no column ${key} (also taken: ${names.slice(0, 4).join(', ')}); it has ${there}`,
  )
}
