import { randomNonce, randomPKCECodeVerifier } from 'openid-client'
import { isFromOurPage, type PageAnswer } from '../pages/page-request.ts'
import { shopNoticePage } from '../pages/views/notice-view.ts'
import type { Visit } from '../pages/visit.ts'
import { browserSecret, loginCookie } from './login-cookie.ts'
import { hashOfSecret, sealLoginState, type LoginState } from './login-state.ts'
import { findLoginWay } from './login-way.ts'
import { reasonOf } from './reason-of.ts'
import type { LoginDependencies } from './login-dependencies.ts'

const LOGIN_SECONDS = 600
const TOKEN = /^[\w-]{22}$/

/** Sends a visitor who has ticked something to Telegram, to show whose account is theirs. */
export async function beginLogin(visit: Visit, dependencies: LoginDependencies): Promise<PageAnswer> {
  const { keyring, provider, nowMs, logger } = dependencies
  const { request, page, home, language } = visit
  const token = request.form?.get('token') ?? ''
  // Only our own page may send somebody on this way: another could have ticked what it likes.
  if (isFromOurPage(request) !== true || !TOKEN.test(token))
    return shopNoticePage(visit, { name: 'notUnderstood' })
  const way = await findLoginWay(visit, token, dependencies)
  if (way === undefined) return shopNoticePage(visit, { name: 'linkUsed' })
  const secret = browserSecret(request)
  const state: LoginState = {
    token,
    nonce: randomNonce(),
    codeVerifier: randomPKCECodeVerifier(),
    browser: hashOfSecret(secret),
    language,
    expiresAtMs: nowMs() + LOGIN_SECONDS * 1_000,
  }
  const checks = { ...state, state: sealLoginState(keyring, page.shopId, state) }
  try {
    const location = await provider.authorizationUrl(
      way.client,
      `${request.origin}${home}/login/callback`,
      checks,
    )
    const cookie = loginCookie({ secret, maxAgeSeconds: LOGIN_SECONDS, home, origin: request.origin })
    return { status: 303, headers: { location, 'cache-control': 'no-store', 'set-cookie': cookie }, body: '' }
  } catch (error) {
    logger.warn({ request: request.id, reason: reasonOf(error) }, 'login.provider_failed')
    return shopNoticePage(visit, { name: 'unavailable', retryAfter: 60, backPath: `${home}/${token}` })
  }
}
