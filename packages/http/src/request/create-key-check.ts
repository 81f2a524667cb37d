/** Finds the live key behind a text; undefined when there is none. */
export type KeyCheck<Key> = (text: string) => Promise<Key | undefined>

interface Flight<Key> {
  current: Promise<Key | undefined>
  next?: Promise<Key | undefined>
}

/**
 * Asks the database about a key at most once at a time: whoever comes while a question is under way shares the next
 * one. A busy shop costs few questions, and no answer is older than the request it is for, so that a revoked key
 * ends at once.
 */
export function createKeyCheck<Key>(verify: KeyCheck<Key>): KeyCheck<Key> {
  const flights = new Map<string, Flight<Key>>()

  function start(text: string): Promise<Key | undefined> {
    const flight: Flight<Key> = { current: verify(text) }
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
    const restart = (): Promise<Key | undefined> => start(text)
    flight.next ??= flight.current.then(restart, restart)
    return flight.next
  }
}
