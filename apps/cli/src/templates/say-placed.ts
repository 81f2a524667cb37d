import { count } from '../count.ts'
import type { Say } from '../surroundings.ts'
import type { PlacedFile } from './place-files.ts'

/** Tells each file that became another, and how many did not. */
export function sayPlaced(placed: readonly PlacedFile[], say: Say): void {
  const told = placed.filter(({ became }) => became !== 'unchanged')
  for (const { path, became } of told) say(`${became.padEnd(8)} ${path}`)
  const unchanged = placed.length - told.length
  say(`${count(told.length, 'file')} written, ${unchanged} unchanged.`)
}
