import { within } from '../limits/within.ts'
import { DATABASE_LIMIT_MS } from './ask-database.ts'

/** Finds the live key behind a text; undefined when there is none. */
export type KeyCheck<Key> = (text: string) => Promise<Key | undefined>

interface Question<Key> {
  texts: Set<string>
  answer: Promise<ReadonlyMap<string, Key>>
}

/**
 * Asks the database about keys in one question at a time: whoever comes while one is under way shares the next one,
 * whatever their keys are. A busy process asks few questions, and no answer is older than the request it is for, so that
 * a revoked key ends at once.
 *
 * @param verify finds the live keys among texts, by text
 */
export function createKeyCheck<Key>(
  verify: (texts: readonly string[]) => Promise<ReadonlyMap<string, Key>>,
): KeyCheck<Key> {
  let underWay: Promise<unknown> = Promise.resolve()
  let next: Question<Key> | undefined

  function prepare(): Question<Key> {
    const texts = new Set<string>()
    const answer = underWay.then(() => {
      next = undefined
      // A connection that died silently must not keep all others from asking.
      return within(DATABASE_LIMIT_MS, verify([...texts]))
    })
    underWay = answer.catch(() => undefined)
    return { texts, answer }
  }

  return async function check(text) {
    next ??= prepare()
    next.texts.add(text)
    const { answer } = next
    return (await answer).get(text)
  }
}
