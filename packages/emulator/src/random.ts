/** A number in [0, 1). */
export type Random = () => number

/** A repeatable sequence (mulberry32), so that a run with the same seed has the same accidents. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export function randomInteger(random: Random, min: number, max: number): number {
  return min + Math.floor(random() * (max - min + 1))
}

const TOKEN_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-'

export function randomText(random: Random, length: number): string {
  return Array.from({ length }, () => TOKEN_LETTERS[Math.floor(random() * TOKEN_LETTERS.length)]).join('')
}

/** A positive number of 18 digits as text, as Telegram's 64-bit identifiers are given out. */
export function randomLongId(random: Random): string {
  return Array.from({ length: 18 }, (_, at) => randomInteger(random, at === 0 ? 1 : 0, 9)).join('')
}
