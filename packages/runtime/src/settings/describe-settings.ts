import type { Setting, Settings } from './setting.ts'

/** A table for people: variable, default, meaning; a line each, without a value of this machine. */
export function describeSettings(settings: Settings): string {
  const rows = Object.values(settings).map(
    (setting) => [nameOf(setting), defaultOf(setting), setting.doc] as const,
  )
  const width = (column: 0 | 1) => Math.max(0, ...rows.map((row) => row[column].length))
  const [nameWidth, defaultWidth] = [width(0), width(1)]
  return rows
    .map((row) => `${row[0].padEnd(nameWidth)}  ${row[1].padEnd(defaultWidth)}  ${row[2]}`)
    .join('\n')
}

function nameOf({ variable, secret }: Setting): string {
  return secret ? `${variable}[_FILE]` : variable
}

function defaultOf({ schema }: Setting): string {
  const parsed = schema.safeParse(undefined)
  if (!parsed.success) return 'required'
  return parsed.data === undefined ? '–' : textOf(parsed.data)
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
