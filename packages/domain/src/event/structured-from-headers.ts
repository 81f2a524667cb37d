/** Header names in any case; several values where a header was sent more than once, as Node's HTTP server has them. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

const PREFIX = 'ce-'

/**
 * Builds the structured form of an event sent in CloudEvents' binary mode: the attributes in `ce-` headers, `data` as
 * the body. Decoded by the rules of the HTTP protocol binding, section 3.1.3.2, but not checked: that is parseEvent's.
 */
export function structuredFromHeaders(headers: Headers, data: unknown): Record<string, unknown> {
  const attributes = Object.entries(headers).flatMap(([header, value]): [string, unknown][] => {
    const name = header.toLowerCase()
    if (!name.startsWith(PREFIX) || value === undefined) return []
    return [[name.slice(PREFIX.length), decodeHeader(value)]]
  })
  const contentType = Object.entries(headers).find(([header]) => header.toLowerCase() === 'content-type')?.[1]
  return {
    // Present even when the header is not, as its absence would make the event a short form.
    specversion: '',
    ...Object.fromEntries(attributes),
    ...(contentType === undefined ? {} : { datacontenttype: contentType }),
    data,
  }
}

function decodeHeader(value: string | readonly string[]): unknown {
  // A list is no attribute's value, so an attribute that was sent twice is refused.
  return typeof value === 'string' ? decodePercent(unquote(value.trim())) : value
}

function unquote(value: string): string {
  const quoted = /^"((?:[^"\\]|\\.)*)"$/s.exec(value)?.[1]
  return quoted === undefined ? value : quoted.replace(/\\(.)/gs, '$1')
}

function decodePercent(value: string): string {
  return value.replace(/(?:%[0-9A-Fa-f]{2})+/g, (encoded) => {
    try {
      return decodeURIComponent(encoded)
    } catch {
      // Bytes that are not UTF-8 must be refused; half a surrogate pair in their place is, with its own issue.
      return '\uD800'
    }
  })
}
