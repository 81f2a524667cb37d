/**
 * A saved window on another clock, which shows `byMs` more at the same moment: all its instants are written as distances from
 * the one of its saving. What cannot be read stays as it is, and counts as unreadable.
 */
export function moveSavedWindow(saved: string, byMs: number): string {
  if (!Number.isFinite(byMs)) return ''
  return saved.replace(
    SAVED_AT,
    (_, version: string, savedMs: string) => `${version}${Number(savedMs) + byMs}`,
  )
}

const SAVED_AT = /^(\[\d+,)(\d+(?:\.\d+)?)/
