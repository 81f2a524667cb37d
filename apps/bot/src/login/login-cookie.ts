import type { PageRequest } from '../pages/page-request.ts'
import { newSecret } from './login-state.ts'

const NAME = 'postino_login'
const SECRET = /^[\w-]{43}$/

/**
 * The one cookie of our pages, set when somebody asks to log in and gone with the log-in. It ties the way back to the browser
 * that went: else a link could be sent to somebody, who would log in with what another person has ticked (RFC 9700, 2.1).
 */
export function readLoginCookie({ headers }: PageRequest): string | undefined {
  const found = (headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim().split('=', 2))
    .find(([name]) => name === NAME)
  return SECRET.test(found?.[1] ?? '') ? found?.[1] : undefined
}

/** The browser's secret: the one it has, so that two pages may log in side by side, else a new one. */
export function browserSecret(request: PageRequest): string {
  return readLoginCookie(request) ?? newSecret()
}

export function loginCookie(cookie: {
  secret: string
  maxAgeSeconds: number
  /** Of the shop's page: another shop's log-in never sees it. */
  home: string
  origin: string
}): string {
  const { secret, maxAgeSeconds, home, origin } = cookie
  const isSecure = origin.startsWith('https://')
  const parts = [
    `${NAME}=${secret}`,
    `Path=${home}/login`,
    `Max-Age=${maxAgeSeconds}`,
    'HttpOnly',
    'SameSite=Lax',
  ]
  return [...parts, ...(isSecure ? ['Secure'] : [])].join('; ')
}
