/** The next of as many results as there were questions. */
export function nextOf<Result>(results: Iterator<Result>): Result {
  const { value, done } = results.next()
  if (done === true) throw new Error('an event was handed on and no outcome came back')
  return value
}
