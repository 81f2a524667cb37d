import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

const STYLES: Record<string, Style> = {
  trace: 'gray',
  debug: 'gray',
  info: 'green',
  warn: 'yellow',
  error: 'red',
  fatal: 'bgRed',
}

/** One line of the log for a person at a terminal: time, level, who, what, and the fields; an error with its stack below. */
export function formatPretty(line: string): string {
  let entry: Record<string, unknown>
  try {
    entry = Object(JSON.parse(line))
  } catch {
    return line
  }
  const { time, level, name, msg, err, ...fields } = entry
  const words = [
    styleText('gray', String(time).slice(11, 23)),
    styleText(STYLES[String(level)] ?? 'white', String(level).toUpperCase().padEnd(5)),
    styleText('cyan', String(name)),
    ...(msg === undefined ? [] : [formatValue(msg)]),
    ...Object.entries(fields).map(
      ([field, value]) => `${styleText('gray', `${field}=`)}${formatValue(value)}`,
    ),
  ]
  return `${words.join(' ')}\n${err === undefined ? '' : formatError(err, '  ')}`
}

function formatValue(value: unknown): string {
  return typeof value === 'string' && /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value)
}

function formatError(error: unknown, indent: string): string {
  if (typeof error !== 'object' || error === null) return `${indent}${formatValue(error)}\n`
  const { name, message, stack, cause, ...fields } = Object(error) as Record<string, unknown>
  const text = typeof stack === 'string' ? stack : `${String(name)}: ${String(message)}`
  const more = Object.keys(fields).length > 0 ? ` ${JSON.stringify(fields)}` : ''
  const lines = `${indent}${text.replaceAll('\n', `\n${indent}`)}${more}\n`
  return cause === undefined ? lines : `${lines}${indent}caused by\n${formatError(cause, `${indent}  `)}`
}
