import { createJsonScanner } from './json-scanner.ts'
import type { JsonScanner } from './json-scanner.ts'
import type { ParameterList } from './parameters.ts'
import { skipJsonValue } from './skip-json.ts'

/**
 * Reads the fields of a JSON object as parameters: strings decoded, everything else kept as the text it is written
 * in, so `chat_id` may be a number or a string, and `reply_markup` an object or a string that holds one. After a
 * mistake reading stops silently and the fields before it stay: the real server reports no JSON error either.
 * A JSON string at the top becomes the parameter `content`.
 */
export function readJsonParameters(source: string, parameters: ParameterList): void {
  const scanner = createJsonScanner(source)
  scanner.skipBlanks()
  if (scanner.peek() === '"') {
    const content = scanner.readString()
    if (content !== undefined && scanner.atEnd()) parameters.add('content', content)
    return
  }
  if (!scanner.take('{')) return

  for (;;) {
    scanner.skipBlanks()
    if (scanner.take('}')) return
    const name = scanner.readString()
    if (name === undefined) return
    scanner.skipBlanks()
    if (!scanner.take(':')) return
    scanner.skipBlanks()
    const value = scanner.peek() === '"' ? scanner.readString() : readRaw(scanner)
    if (value === undefined) return
    parameters.add(name, value)
    scanner.skipBlanks()
    if (scanner.peek() !== '}' && !scanner.take(',')) return
  }
}

/** A value as the text it is written in. */
function readRaw(scanner: JsonScanner): string | undefined {
  const start = scanner.position()
  return skipJsonValue(scanner) ? scanner.textFrom(start) : undefined
}
