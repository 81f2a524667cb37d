/** The candidate someone most likely meant, or undefined when none is near. */
export function findNearMiss(given: string, candidates: readonly string[]): string | undefined {
  // Long names are no slips of the pen, and the comparison below costs the product of both lengths.
  if (given.length > 64) return undefined
  const lowerCase = given.toLowerCase()
  let nearest: string | undefined
  // In a short name two of them would make any other.
  const mostEdits = given.length < 5 ? 1 : Math.max(2, Math.floor(given.length / 4))
  let leastEdits = mostEdits + 1
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - given.length) > mostEdits) continue
    const edits = countEdits(lowerCase, candidate.toLowerCase())
    if (edits < leastEdits) {
      nearest = candidate
      leastEdits = edits
    }
  }
  return nearest
}

/** " Did you mean x?", or nothing. */
export function didYouMean(given: string, candidates: readonly string[]): string {
  const nearest = findNearMiss(given, candidates)
  return nearest === undefined ? '' : ` Did you mean ${JSON.stringify(nearest)}?`
}

/** Letters to insert, remove, replace or let change places, to make one text of the other (optimal string alignment). */
function countEdits(left: string, right: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: right.length + 1 }, (_, column) => column)
  for (let row = 1; row <= left.length; row++) {
    const current = [row]
    for (let column = 1; column <= right.length; column++) {
      const isSame = left[row - 1] === right[column - 1]
      const isSwap = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
      current.push(
        Math.min(
          (last[column - 1] ?? 0) + (isSame ? 0 : 1),
          (last[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          isSwap ? (beforeLast[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      )
    }
    beforeLast = last
    last = current
  }
  return last[right.length] ?? 0
}
