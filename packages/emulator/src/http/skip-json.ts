import type { JsonScanner } from './json-scanner.ts'

const MAX_DEPTH = 100

/** Moves past one value of any kind; `false` when there is none, or it is nested too deep. */
export function skipJsonValue(scanner: JsonScanner, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false
  scanner.skipBlanks()
  if (scanner.peek() === '"') return scanner.readString() !== undefined
  if (scanner.take('[')) return skipItems(scanner, ']', () => skipJsonValue(scanner, depth + 1))
  if (scanner.take('{')) return skipItems(scanner, '}', () => skipField(scanner, depth + 1))
  return scanner.take('true') || scanner.take('false') || scanner.take('null') || scanner.skipNumber()
}

function skipField(scanner: JsonScanner, depth: number): boolean {
  if (scanner.readString() === undefined) return false
  scanner.skipBlanks()
  return scanner.take(':') && skipJsonValue(scanner, depth)
}

function skipItems(scanner: JsonScanner, close: string, skipItem: () => boolean): boolean {
  scanner.skipBlanks()
  if (scanner.take(close)) return true
  for (;;) {
    if (!skipItem()) return false
    scanner.skipBlanks()
    if (scanner.take(close)) return true
    if (!scanner.take(',')) return false
    scanner.skipBlanks()
  }
}
