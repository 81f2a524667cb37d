import type { Accepted } from '../result.ts'
import type { Entry } from './pending.ts'

/** Takes the first events of the line that make a body of at most so many events and bytes; always one. */
export function takeBatch<Kind extends Accepted>(
  line: Set<Entry<Kind>>,
  { maxBatchEvents, maxBatchBytes }: { maxBatchEvents: number; maxBatchBytes: number },
): Entry<Kind>[] {
  const batch: Entry<Kind>[] = []
  let bytes = BRACKET_BYTES
  for (const entry of line) {
    bytes += entry.event.sizeBytes + COMMA_BYTES
    if (batch.length > 0 && (batch.length === maxBatchEvents || bytes > maxBatchBytes + COMMA_BYTES)) break
    batch.push(entry)
    line.delete(entry)
  }
  return batch
}

const BRACKET_BYTES = 2
const COMMA_BYTES = 1
