export interface DiffLine {
  /** `removed`: in the first text alone; `added`: in the second alone. */
  change: 'same' | 'removed' | 'added'
  line: string
}

// Comparing each line with each costs this many steps, some milliseconds; a text has 8,000 characters at most.
const MAX_STEPS = 4_000_000

/**
 * Tells two texts apart line by line, with as many lines in common as there can be. Texts of thousands of lines with nothing in
 * common at either end are told as one removed and the other added.
 */
export function diffLines(before: string, after: string): DiffLine[] {
  const [left, right] = [before.split('\n'), after.split('\n')]
  const head = countCommon(left, right)
  const tail = countCommon(left.slice(head).toReversed(), right.slice(head).toReversed())
  const middle = diffMiddle(left.slice(head, left.length - tail), right.slice(head, right.length - tail))
  return [
    ...asLines('same', left.slice(0, head)),
    ...middle,
    ...asLines('same', left.slice(left.length - tail)),
  ]
}

function countCommon(left: string[], right: string[]): number {
  const index = left.findIndex((line, position) => line !== right[position])
  return index === -1 ? left.length : index
}

function diffMiddle(left: string[], right: string[]): DiffLine[] {
  if (left.length * right.length > MAX_STEPS) return [...asLines('removed', left), ...asLines('added', right)]
  const common = createCommonLengths(left, right)
  const lines: DiffLine[] = []
  let [i, j] = [0, 0]
  while (i < left.length && j < right.length) {
    const line = left[i] ?? ''
    if (line === right[j]) {
      lines.push({ change: 'same', line })
      i += 1
      j += 1
    } else if (common(i + 1, j) >= common(i, j + 1)) {
      lines.push({ change: 'removed', line })
      i += 1
    } else {
      lines.push({ change: 'added', line: right[j] ?? '' })
      j += 1
    }
  }
  return [...lines, ...asLines('removed', left.slice(i)), ...asLines('added', right.slice(j))]
}

/** How many lines two texts have in common, each from one of its lines on. */
function createCommonLengths(left: string[], right: string[]): (i: number, j: number) => number {
  const width = right.length + 1
  const lengths = new Uint16Array((left.length + 1) * width)
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0
  for (let i = left.length - 1; i >= 0; i -= 1) {
    for (let j = right.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        left[i] === right[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  return at
}

function asLines(change: DiffLine['change'], lines: string[]): DiffLine[] {
  return lines.map((line) => ({ change, line }))
}
