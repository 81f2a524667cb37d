import assert from 'node:assert/strict'
import { createKeyring, parseSecretKeys, setBotLogin } from '@postino/database'
import { startOpenIdProvider, type OpenIdProvider } from '../support/openid-provider.ts'
import { openPageScene, type PageScene, type Seen } from './optin-page.ts'
import type { Phone } from './phone.ts'

const CLIENT = { id: 'client-77', secret: 'web-login-secret' }

/** A shop whose page offers Log in with Telegram, and somebody with an account there. */
export interface LoginScene extends PageScene {
  provider: OpenIdProvider
  phone: Phone
  /** Ticks these on the page; answers with the link's token. */
  tick: (purposes: string[], path?: string) => Promise<string>
  /** Presses the button below the ticks: where it leads, and what the browser keeps. */
  begin: (
    token: string,
    headers?: Record<string, string>,
  ) => Promise<{ seen: Seen; location: string; cookie: string }>
  /** Lets Telegram answer, and answers with where it sends the browser back to. */
  allow: (location: string) => Promise<string>
  finish: (back: string, cookie?: string) => Promise<Seen>
  /** All four steps. */
  logIn: (purposes: string[]) => Promise<Seen>
}

export async function openLoginScene(databaseUrl: string): Promise<LoginScene> {
  const provider = await startOpenIdProvider(CLIENT)
  const page = await openPageScene(databaseUrl, { loginIssuer: provider.issuer })
  const { scene, served, slug, get, post } = page
  const { bot, shopId, database } = scene
  const keyring = createKeyring(parseSecretKeys(scene.secretKeys))
  const login = {
    botId: bot.rowId,
    telegramId: String(bot.id),
    clientId: CLIENT.id,
    secret: CLIENT.secret,
    keyring,
  }
  assert(await setBotLogin(database, shopId, login))
  const phone = scene.addPhone()
  provider.answer = { claims: claimsOf(phone) }
  const own = { origin: served.url, 'sec-fetch-site': 'same-origin' }

  const self: LoginScene = {
    ...page,
    provider,
    phone,
    async tick(purpose, path = '') {
      const { version } = await get(`${path}?lang=en`)
      const { token } = await post(path, { purpose, lang: 'en', version }, own)
      assert(token !== undefined)
      return token
    },
    async begin(token, headers = own) {
      const seen = await post('/login', { token, lang: 'en' }, headers)
      const [cookie = ''] = (seen.headers.get('set-cookie') ?? '').split(';', 1)
      return { seen, cookie, location: seen.headers.get('location') ?? '' }
    },
    async allow(location) {
      scene.emulator.people.allowWriting(phone.person.id, { bot: bot.id })
      const response = await fetch(location, { redirect: 'manual' })
      return response.headers.get('location') ?? ''
    },
    async finish(back, cookie = '') {
      assert(back.startsWith(`${served.url}/o/${slug}/login/callback?`), back)
      return await get(back.slice(page.url.length), cookie === '' ? {} : { cookie })
    },
    async logIn(purposes) {
      const { location, cookie } = await self.begin(await self.tick(purposes))
      return await self.finish(await self.allow(location), cookie)
    },
  }
  return self
}

/** What Telegram says of whoever has logged in. */
export function claimsOf({ person }: Phone): Record<string, unknown> {
  return {
    id: person.id,
    name: person.first_name,
    preferred_username: 'ada',
    phone_number: person.phone_number.replace('+', ''),
  }
}

/** What the shop knows of this account now. */
export async function readBinding({ scene, phone }: LoginScene) {
  const registrations = await scene.database
    .selectFrom('registrations')
    .select(['id', 'contact_id', 'status', 'source', 'chat_id'])
    .where('shop_id', '=', scene.shopId)
    .where('chat_id', '=', String(phone.person.id))
    .execute()
  const contactId = registrations[0]?.contact_id
  return { registrations, ledger: contactId === undefined ? [] : await scene.ledgerOf(contactId), contactId }
}
