import type { VerifiedApiKey } from '@postino/database'

/** Finds the live key behind a text; undefined when there is none. */
export type KeyCheck = (text: string) => Promise<VerifiedApiKey | undefined>

interface Flight {
  current: Promise<VerifiedApiKey | undefined>
  next?: Promise<VerifiedApiKey | undefined>
}

/**
 * Asks the database about a key at most once at a time: whoever comes while a question is under way shares the next
 * one. A busy shop costs few questions, and no answer is older than the request it is for, so that a revoked key
 * ends at once.
 */
export function createKeyCheck(verify: KeyCheck): KeyCheck {
  const flights = new Map<string, Flight>()

  function start(text: string): Promise<VerifiedApiKey | undefined> {
    const flight: Flight = { current: verify(text) }
    flights.set(text, flight)
    const land = (): void => {
      if (flight.next === undefined) flights.delete(text)
    }
    flight.current.then(land, land)
    return flight.current
  }

  return function check(text) {
    const flight = flights.get(text)
    if (flight === undefined) return start(text)
    const restart = (): Promise<VerifiedApiKey | undefined> => start(text)
    flight.next ??= flight.current.then(restart, restart)
    return flight.next
  }
}
