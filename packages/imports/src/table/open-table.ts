import { ImportRefused } from '../import-refused.ts'
import { createRecordReader, type FoundRecord } from './create-record-reader.ts'
import { decodeText } from './decode-text.ts'
import { findDelimiter } from './find-delimiter.ts'
import { readHeader } from './read-header.ts'

const SAMPLE_CHARS = 64 * 1024

/** A file whose header has been read. Its records come in pieces, as the file is read. */
export interface Table {
  header: string[]
  records: AsyncIterable<FoundRecord[]>
}

/**
 * Opens a CSV file: finds its encoding and delimiter and reads its header.
 *
 * @throws ImportRefused also while records are read: when there are none
 */
export async function openTable(
  chunks: AsyncIterable<Uint8Array | string>,
  isKnown: (name: string) => boolean,
): Promise<Table> {
  const text = decodeText(chunks)
  let sample = ''
  while (sample.length < SAMPLE_CHARS) {
    const { value, done } = await text.next()
    if (done === true) break
    sample += value
  }
  if (sample.trim() === '') throw new ImportRefused('empty_file', 'it is empty')
  // A sample that ends within a line, or is the whole file without a last line end: one more does no harm here.
  const delimiter = findDelimiter(`${sample}\n`, isKnown)
  const { header, next, line } = readHeader(sample, delimiter)
  const records = readRecords(sample.slice(next), text, { delimiter, width: header.length, line })
  return { header, records }
}

async function* readRecords(
  sample: string,
  text: AsyncIterable<string>,
  format: { delimiter: string; width: number; line: number },
): AsyncGenerator<FoundRecord[]> {
  const reader = createRecordReader(format)
  let isEmpty = true
  for await (const records of readAll()) {
    if (records.length === 0) continue
    isEmpty = false
    yield records
  }
  if (isEmpty) throw new ImportRefused('no_rows', 'it has a header and nothing below it')

  async function* readAll(): AsyncGenerator<FoundRecord[]> {
    yield reader.push(sample)
    for await (const piece of text) yield reader.push(piece)
    yield reader.end()
  }
}
