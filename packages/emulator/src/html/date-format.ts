/** The parts of a `tg-time` format in the order in which the Bot API writes them. */
const WRITTEN_ORDER = ['w', 'd', 'D', 't', 'T'] as const

/**
 * Brings a format as bots write it (`tDw`) into the form of an answer (`wDt`): `r` is relative; of the short and
 * the long form of one part the short one stays. `undefined` for an unknown letter.
 */
export function normaliseDateFormat(format: string): string | undefined {
  if (format === 'r' || format === 'R') return 'r'
  if (/[^tTdDwW]/.test(format)) return undefined
  const letters = new Set(format.replaceAll('W', 'w'))
  if (letters.has('d')) letters.delete('D')
  if (letters.has('t')) letters.delete('T')
  return WRITTEN_ORDER.filter((letter) => letters.has(letter)).join('')
}
