import { ImportRefused } from '../import-refused.ts'
import { countLines, isBlank, nextLine } from './lines.ts'
import { createScanRecord } from './scan-record.ts'

const MAX_CHARS = 32 * 1024

/** The names of the columns, where the first record begins and in which line. @throws ImportRefused when there are none */
export function readHeader(
  sample: string,
  delimiter: string,
): { header: string[]; next: number; line: number } {
  const scan = createScanRecord(delimiter)
  let start = /^sep=.[\r\n]/.test(sample) ? (nextLine(sample, 0) ?? 0) : 0
  for (;;) {
    const record = scan(sample, start, true)
    if (record.status !== 'complete' || record.next - start > MAX_CHARS) throw broken()
    const { cells, next } = record
    if (!isBlank(cells)) {
      const header = cells.map((cell) => cell.normalize('NFC').replace(/\s+/g, ' ').trim())
      return { header, next, line: 1 + countLines(sample.slice(0, next)) }
    }
    if (next >= sample.length) throw broken()
    start = next
  }
}

function broken(): ImportRefused {
  return new ImportRefused('header_broken', 'its first line does not name columns, or has a broken quote')
}
