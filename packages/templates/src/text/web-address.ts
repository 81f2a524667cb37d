/** Browsers and servers commonly stop at about this length. */
const MAX_ADDRESS_CHARS = 2048

/**
 * Says what keeps an address from being linked in a message, or undefined when nothing does. Only http and https are
 * linked: Telegram drops other schemes silently. A user name before the host is the classic way to make an address look
 * like another one. The answer never repeats the address, which may hold a secret token.
 */
export function addressProblem(address: string): string | undefined {
  if (address.length > MAX_ADDRESS_CHARS) return `the address is longer than ${MAX_ADDRESS_CHARS} characters`
  if (USUAL_ADDRESS.test(address) && !address.includes('xn--')) return undefined
  // URL would quietly repair these, and Telegram may read the address differently.
  if (/[\s\p{C}\\]/u.test(address)) return 'the address holds a blank, a control character or a backslash'
  const url = URL.parse(address)
  if (url === null || !/^https?:\/\//i.test(address))
    return 'the address does not begin with https:// or http://'
  if (url.username !== '' || url.password !== '') return 'the address holds a user name or password'
  if (!FULL_HOST.test(address) || url.port === '0')
    return 'the address needs a full host, such as shop.example'
  return undefined
}

/** Needs no parser, which is slow: letters, digits and hyphens for a host, and what ASCII an address may hold behind it. */
const USUAL_ADDRESS = /^https?:\/\/(?:[a-zA-Z0-9-]+\.)+[a-zA-Z]{2,}(?:[/?#][!#-[\]_a-z~]*)?$/

/**
 * Telegram refuses a button, and drops a link, that leads to localhost or to a host of odd signs. As it is written: a parser makes
 * 0.0.0.1 of 1, and a dot of an ideographic full stop.
 */
const FULL_HOST = /^https?:\/\/(?:[\p{L}\p{M}\p{N}_-]+\.)+[\p{L}\p{M}\p{N}_-]+(?::\d{1,5})?(?:[/?#]|$)/iu
