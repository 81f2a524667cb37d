import { InvalidArgumentError } from 'commander'

/** With its zone, as RFC 3339 writes it. */
export function parseTime(text: string): Date {
  const time = new Date(text)
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})$/.test(text) && !Number.isNaN(time.getTime()))
    return time
  throw new InvalidArgumentError('It is a time with its zone, such as 2026-11-21T09:00:00Z.')
}
