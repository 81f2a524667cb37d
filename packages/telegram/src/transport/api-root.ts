/** Where a Bot API server answers: calls go to `<origin><path>/bot<token>/<method>`. */
export interface ApiRoot {
  /** As grammY wants it: without a slash at the end. */
  url: string
  origin: string
  /** Before `/bot`; empty for Telegram itself. */
  path: string
}

/**
 * Reads a root such as `https://api.telegram.org` or `http://127.0.0.1:8081/telegram`.
 *
 * @throws when it is no http(s) URL, or has user information, a query or a fragment, which calls would lose.
 */
export function parseApiRoot(apiRoot: string): ApiRoot {
  const url = URL.parse(apiRoot)
  const isPlain =
    url !== null &&
    (url.protocol === 'https:' || url.protocol === 'http:') &&
    url.username === '' &&
    url.password === '' &&
    !/[?#]/.test(apiRoot)
  // The text itself is not repeated: whoever mixes up the settings may have put a secret here.
  if (!isPlain) throw new Error('the API root must be an http or https URL without user, query or fragment')
  const path = url.pathname.replace(/\/+$/, '')
  return { url: `${url.origin}${path}`, origin: url.origin, path }
}
