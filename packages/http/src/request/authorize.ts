import { ProblemError } from '../problem/problem-error.ts'
import { PROBLEMS } from '../problem/problems.ts'
import type { KeyCheck } from './create-key-check.ts'

export interface AuthorizedRequest {
  url: string
  headers: { authorization?: string }
  /** Set here, for the log. */
  shopId: string | undefined
}

/** What a live key says of who sent it. */
export interface KnownKey {
  shopId: string
  scopes: readonly string[]
}

const REALM = 'Bearer realm="postino"'

/** The key a request was sent with, when it is live and may do this; ends with a problem else (RFC 6750, section 3). */
export async function authorize<Key extends KnownKey>(
  checkKey: KeyCheck<Key>,
  request: AuthorizedRequest,
  scope: string,
): Promise<Key> {
  refuseKeyInUrl(request.url)
  const text = bearerToken(request.headers.authorization)
  if (text === undefined) {
    throw unauthorized('Send an API key: "authorization: Bearer pst_live_…".', REALM)
  }
  const key = await checkKey(text)
  if (key === undefined) {
    throw unauthorized('The API key is unknown, expired or revoked.', `${REALM}, error="invalid_token"`)
  }
  request.shopId = key.shopId
  if (!key.scopes.includes(scope)) {
    throw new ProblemError(PROBLEMS.forbidden, {
      detail: `This needs an API key with the scope ${scope}.`,
      headers: { 'www-authenticate': `${REALM}, error="insufficient_scope", scope="${scope}"` },
    })
  }
  return key
}

/** URLs stand in the logs of every proxy on the way, so a key that was sent in one is no secret any more. */
function refuseKeyInUrl(url: string): void {
  const query = url.slice(url.indexOf('?') + 1)
  if (query === url || !/pst_(?:live|test)_|(?:^|&)(?:access_token|api_?key)=/i.test(query)) return
  throw new ProblemError(PROBLEMS['key-in-url'], {
    detail: 'Send the API key in the authorization header, and replace this one: URLs are written to logs.',
  })
}

function bearerToken(header: string | undefined): string | undefined {
  return /^Bearer +([\w.~+/=-]+) *$/i.exec(header ?? '')?.[1]
}

function unauthorized(detail: string, challenge: string): ProblemError {
  return new ProblemError(PROBLEMS.unauthorized, { detail, headers: { 'www-authenticate': challenge } })
}
