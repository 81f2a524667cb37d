import type { IncomingMessage } from 'node:http'

const EVENT_FIELD = /^ce-/i

/**
 * The header fields of a request by lower-case name, a list where one was sent more than once: Node's own joins them. None at all
 * when there is no `ce-` field among them, which is what they are read for.
 */
export function headerValues({ rawHeaders }: IncomingMessage): Record<string, string | string[]> {
  if (!rawHeaders.some((text) => EVENT_FIELD.test(text))) return {}
  const values = new Map<string, string[]>()
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]?.toLowerCase() ?? ''
    const value = rawHeaders[at + 1] ?? ''
    const others = values.get(name)
    if (others === undefined) values.set(name, [value])
    else others.push(value)
  }
  return Object.fromEntries([...values].map(([name, all]) => [name, all.length === 1 ? (all[0] ?? '') : all]))
}
