import { createRecordReader } from './create-record-reader.ts'

const DELIMITERS = [',', ';', '\t', '|'] as const
const SAMPLED_RECORDS = 50

/**
 * What separates the cells, judged by the first lines: the delimiter that makes most names of the header known, then the
 * one under which most lines have as many cells as the header, then the one that makes most cells.
 */
export function findDelimiter(sample: string, isKnown: (name: string) => boolean): string {
  const named = /^sep=(.)[\r\n]/.exec(sample)?.[1]
  if (named !== undefined) return named
  const [best] = DELIMITERS.map((delimiter) => ({ delimiter, ...judge(sample, delimiter, isKnown) })).sort(
    (a, b) => b.known - a.known || b.even - a.even || b.width - a.width,
  )
  return best?.delimiter ?? ','
}

function judge(sample: string, delimiter: string, isKnown: (name: string) => boolean) {
  const [header = [], ...rows] = createRecordReader({ delimiter })
    .push(sample)
    .slice(0, SAMPLED_RECORDS)
    .map(({ cells = [] }) => cells)
  const even = rows.filter(({ length }) => length === header.length).length / Math.max(1, rows.length)
  return { known: header.filter(isKnown).length, even: header.length > 1 ? even : 0, width: header.length }
}
