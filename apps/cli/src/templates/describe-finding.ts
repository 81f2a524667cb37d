import type { TemplateFinding } from '@postino/domain'

/** A finding about a text that is no file: `error in text, line 3: …`. */
export function describeFinding({ severity, at, line, message }: TemplateFinding): string {
  const place = [at, ...(line === undefined ? [] : [`line ${line}`])].filter((part) => part !== '')
  return `${severity}${place.length === 0 ? '' : ` in ${place.join(', ')}`}: ${message}`
}
