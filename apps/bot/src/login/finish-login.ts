import { PURPOSES } from '@postino/domain'
import type { PageAnswer, PageRequest } from '../pages/page-request.ts'
import { loginDonePage } from '../pages/views/login-view.ts'
import { shopNoticePage } from '../pages/views/notice-view.ts'
import { inLanguage, wordingsOf, type Visit } from '../pages/visit.ts'
import { loginCookie, readLoginCookie } from './login-cookie.ts'
import type { LoginChecks } from './login-provider.ts'
import { isHashOf, openLoginState, type LoginState } from './login-state.ts'
import { findLoginWay, type LoginWay } from './login-way.ts'
import { reasonOf } from './reason-of.ts'
import type { LoginDependencies } from './login-dependencies.ts'
import { proofOf, readTelegramPerson, type LoggedIn } from './telegram-person.ts'

const BOT_ACCESS = 'telegram:bot_access'
const MAX_USER_AGENT_CHARS = 300

/** Takes up who comes back from Telegram: with a proof, what was ticked is agreed to; without, nothing is kept. */
export async function finishLogin(abroad: Visit, dependencies: LoginDependencies): Promise<PageAnswer> {
  const { acceptLogin, nowMs } = dependencies
  const { request, home } = abroad
  const state = findState(abroad, dependencies)
  if (state === undefined) return shopNoticePage(abroad, { name: 'loginFailed' })
  const visit = inLanguage(abroad, state.language)
  const way = await findLoginWay(visit, state.token, dependencies)
  // Also for whoever reloads the page that said thank you.
  if (way === undefined) return shopNoticePage(visit, { name: 'linkUsed' })
  if (!isHashOf(state.browser, readLoginCookie(request) ?? ''))
    return shopNoticePage(visit, { name: 'loginFailed' })
  const backPath = `${home}/${state.token}`
  if (request.query.get('error') === 'access_denied')
    return shopNoticePage(visit, { name: 'loginCancelled', backPath })
  const callback = new URL(`${request.origin}${home}/login/callback?${request.query.toString()}`)
  const loggedIn = await redeem(request, { way, callback, checks: state }, dependencies)
  if (loggedIn === undefined) return shopNoticePage(visit, { name: 'loginFailed', backPath })
  const outcome = await acceptLogin({
    ...loggedIn,
    botId: way.bot.id,
    token: state.token,
    wordings: wordingsOf(visit, PURPOSES),
    requestId: request.id,
    date: Math.floor(nowMs() / 1_000),
  })
  if (outcome.status !== 'accepted') return shopNoticePage(visit, { name: outcome.status })
  const answer = loginDonePage(visit, { bot: way.bot, wordings: wordingsOf(visit, outcome.granted) })
  const cookie = loginCookie({ secret: '', maxAgeSeconds: 0, home, origin: request.origin })
  return { ...answer, headers: { ...answer.headers, 'set-cookie': cookie } }
}

/** What we have sealed for this shop, with the text that carries it. */
function findState(
  { request, page }: Visit,
  { keyring, nowMs }: LoginDependencies,
): (LoginState & LoginChecks) | undefined {
  const text = request.query.get('state') ?? ''
  const state = openLoginState(keyring, page.shopId, { text, nowMs: nowMs() })
  return state && { ...state, state: text }
}

/** Who has logged in; undefined when Telegram's answer does not prove it, or the bot may not write to them. */
async function redeem(
  { id: requestId, address, headers }: PageRequest,
  { way, callback, checks }: { way: LoginWay; callback: URL; checks: LoginChecks },
  { provider, logger }: LoginDependencies,
): Promise<(LoggedIn & { details: Record<string, unknown> }) | undefined> {
  try {
    const { claims, scopes } = await provider.redeem(way.client, callback, checks)
    const loggedIn = readTelegramPerson(claims)
    const userAgent = headers['user-agent']?.slice(0, MAX_USER_AGENT_CHARS).toWellFormed()
    const details = { ...proofOf(claims), ip: address, user_agent: userAgent }
    if (loggedIn !== undefined && scopes.includes(BOT_ACCESS)) return { ...loggedIn, details }
    logger.warn({ request: requestId, scopes }, 'login.no_access')
  } catch (error) {
    logger.warn({ request: requestId, reason: reasonOf(error) }, 'login.refused')
  }
  return undefined
}
