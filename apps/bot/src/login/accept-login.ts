import { insertConsents, recordWordings, type OptinLinkAim } from '@postino/database'
import { wordingHash, type KeptWording, type Purpose } from '@postino/domain'
import type { TelegramPerson } from '../bot/act-outside.ts'
import type { ShopBot } from '../bot/create-bot.ts'
import type { MessageContext } from '../bot/on-command.ts'
import { say } from '../bot/say.ts'
import { ask, choicesOf } from '../features/ask.ts'
import { consentSummary } from '../features/consent-screen.ts'
import { evidenceOfTap } from '../features/evidence.ts'
import { findChat } from '../features/find-chat.ts'
import { findWayIn } from '../features/find-way-in.ts'
import { bindPerson } from '../features/open-chat.ts'
import { normalisePhone } from '../features/phone-number.ts'
import { takePhone } from '../features/phone.ts'

/** A log-in that has proven whose account it is. */
export interface ProvenLogin {
  botId: string
  person: TelegramPerson
  phone: string | undefined
  /** Of the link that carries what was ticked. */
  token: string
  /** The words in force, in the language of the page. */
  wordings: readonly KeptWording[]
  requestId: string
  /** Personal, for beside the ledger. */
  details: Record<string, unknown>
  /** Unix seconds. */
  date: number
}

export type LoginOutcome =
  | { status: 'accepted'; granted: readonly Purpose[] }
  /** Nothing was kept. */
  | { status: 'linkUsed' | 'unavailable' | 'loginFailed' }

export type AcceptLogin = (login: ProvenLogin) => Promise<LoginOutcome>

/** What the person did in the chat meanwhile counts more. */
class NotBound extends Error {}

/** Binds the chat of whoever has logged in, and enters into the ledger what they had ticked: all of it, or nothing. */
export function createAcceptLogin(dependencies: {
  findBot: (botId: string) => ShopBot | undefined
}): AcceptLogin {
  return async (login) => {
    const bot = dependencies.findBot(login.botId)
    if (bot === undefined) return { status: 'unavailable' }
    const { person, date, requestId } = login
    const proof = { login_request_id: requestId }
    try {
      return await bot.actOutside({ person, date, proof }, (context) => accept(context, login))
    } catch (error) {
      if (error instanceof NotBound) return { status: 'loginFailed' }
      throw error
    }
  }
}

async function accept(context: MessageContext, login: ProvenLogin): Promise<LoginOutcome> {
  const way = await findWayIn(context, { name: 'start', argument: login.token, hasSlash: true })
  if (way.status !== 'open' || way.link === undefined) return { status: 'linkUsed' }
  if (!(await bindPerson(context, way))) throw new NotBound()
  const { registration } = await findChat(context)
  if (registration === undefined) throw new NotBound()
  const phone = normalisePhone(login.phone ?? '')
  if (phone !== undefined) await takePhone(context, registration, phone)
  const granted = await grant(context, { link: way.link, login })
  await confirm(context, { ticked: way.link.purposes, granted })
  return { status: 'accepted', granted }
}

/** Grants what was ticked, in the words that stood beside the boxes: those that changed since are asked again. */
async function grant(
  context: MessageContext,
  { link, login }: { link: OptinLinkAim; login: ProvenLogin },
): Promise<Purpose[]> {
  const { shop, database } = context
  // Found again: by the phone number it may be another contact's now.
  const { registration } = await findChat(context)
  if (registration?.status !== 'active') throw new NotBound()
  const read = new Set(hashesOf(link.evidence))
  const agreed = login.wordings.filter(
    (wording) => link.purposes.includes(wording.id) && read.has(wordingHash(wording)),
  )
  const fresh = agreed.filter(({ id }) => !registration.grantedPurposes.includes(id))
  const evidence = await evidenceOfTap(context, registration.id)
  await recordWordings(database, shop.shopId, fresh)
  await insertConsents(
    database,
    shop.shopId,
    registration.contactId,
    fresh.map((wording) => ({
      purpose: wording.id,
      action: 'granted',
      wording: { id: wording.id, version: wording.version, hash: wordingHash(wording) },
      locale: wording.locale,
      source: 'telegram_login',
      actor: 'contact',
      evidence,
      details: login.details,
    })),
  )
  return agreed.map(({ id }) => id)
}

/** The bot says what was chosen and how to leave; what is still open it asks. */
async function confirm(
  context: MessageContext,
  { ticked, granted }: { ticked: readonly Purpose[]; granted: readonly Purpose[] },
): Promise<void> {
  if (granted.length < ticked.length) return await ask(context)
  const { registration, language } = await findChat(context)
  if (registration === undefined) return
  const html = consentSummary({
    shop: context.shop,
    language,
    choices: choicesOf(context.shop, registration),
  })
  say(context, { name: 'summary', html })
}

function hashesOf(evidence: Record<string, unknown>): string[] {
  const { wordings } = evidence
  return Array.isArray(wordings) ? wordings.filter((hash) => typeof hash === 'string') : []
}
