import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import type { LoginAnswer } from '../support/openid-provider.ts'
import { claimsOf, openLoginScene, readBinding, type LoginScene } from './login-page.ts'

const databaseUrl = await createTestDatabase()

async function expectNothing(login: LoginScene): Promise<void> {
  expect(await readBinding(login)).toMatchObject({ registrations: [], ledger: [] })
  const links = await login.scene.database
    .selectFrom('optin_links')
    .select('used_at')
    .where('shop_id', '=', login.scene.shopId)
    .execute()
  expect(links.every(({ used_at: usedAt }) => usedAt === null)).toBe(true)
  expect(login.phone.heard()).toEqual([])
}

const WRONG: [what: string, answer: LoginAnswer][] = [
  ['another nonce', { claims: { nonce: 'another' } }],
  ['no nonce', { claims: { nonce: undefined } }],
  ['another audience', { claims: { aud: 'somebody-else' } }],
  ['several audiences and no authorised party', { claims: { aud: ['client-77', 'somebody-else'] } }],
  ['another issuer', { claims: { iss: 'https://oauth.telegram.example' } }],
  ['a token that has ended', { endsInSeconds: -60 }],
  ['a token signed by somebody else', { isForged: true }],
  ['another person of no number', { claims: { id: 'ada' } }],
  ['no number at all', { claims: { id: undefined } }],
  ['a number that is no person’s', { claims: { id: -100_123 } }],
  ['no leave to write', { scope: 'openid profile phone' }],
  ['a token endpoint that is out of order', { isBroken: true }],
]

test.each(WRONG)('%s: a sentence, and nothing is kept', async (_what, answer) => {
  const login = await openLoginScene(databaseUrl)
  const { claims, ...rest } = answer
  login.provider.answer = { claims: { ...claimsOf(login.phone), ...claims }, ...rest }
  const seen = await login.logIn(['marketing'])
  expect([seen.status, seen.text.match(/<h1>([^<]*)/)?.[1]]).toEqual([400, 'The log-in did not work'])
  await expectNothing(login)
  // No token, code or claim in the log.
  expect(JSON.stringify(login.served.log())).not.toMatch(/eyJ|opaque-7|code=|state=/)

  // The same link still works, as nothing has used it up.
  const again = /href="\/o\/[\w-]+\/([\w-]{22})\?lang=en"/.exec(seen.text)?.[1] ?? ''
  login.provider.answer = { claims: claimsOf(login.phone) }
  const { location, cookie } = await login.begin(await login.tick(['marketing'], `/${again}`))
  expect((await login.finish(await login.allow(location), cookie)).status).toBe(200)
  expect((await readBinding(login)).ledger).toHaveLength(1)
})

test('a cancelled log-in goes back with a sentence, and nothing is kept', async () => {
  const login = await openLoginScene(databaseUrl)
  login.provider.answer = { isDenied: true }
  const seen = await login.logIn(['marketing'])
  expect([seen.status, seen.text.match(/<h1>([^<]*)/)?.[1]]).toEqual([200, 'The log-in was cancelled'])
  await expectNothing(login)
})

test('a way back that was taken once leads nowhere, also with a new code for the same state', async () => {
  const login = await openLoginScene(databaseUrl)
  const { location, cookie } = await login.begin(await login.tick(['marketing']))
  const back = await login.allow(location)
  const another = await login.allow(location)
  expect((await login.finish(back, cookie)).status).toBe(200)
  for (const replayed of [back, another]) {
    const seen = await login.finish(replayed, cookie)
    expect([seen.status, seen.text.match(/<h1>([^<]*)/)?.[1]]).toEqual([410, 'This link has been used'])
  }
  expect((await readBinding(login)).ledger).toHaveLength(1)
})

test('two that finish the same log-in at once bind once', async () => {
  const login = await openLoginScene(databaseUrl)
  const { location, cookie } = await login.begin(await login.tick(['marketing']))
  const backs = [await login.allow(location), await login.allow(location)]
  const seen = await Promise.all(backs.map((back) => login.finish(back, cookie)))
  expect(seen.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 410])
  expect((await readBinding(login)).ledger).toHaveLength(1)
})

test('the way back is open only to the browser that went', async () => {
  const login = await openLoginScene(databaseUrl)
  const { location } = await login.begin(await login.tick(['marketing']))
  const other = await login.begin(await login.tick(['order_updates']))
  const back = await login.allow(location)
  for (const cookie of ['', other.cookie, 'postino_login=x', `postino_login=${'A'.repeat(43)}`]) {
    expect((await login.finish(back, cookie)).status).toBe(400)
  }
  await expectNothing(login)
})

test('a state that is made up, changed or another shop’s is none', async () => {
  const login = await openLoginScene(databaseUrl)
  const { location, cookie } = await login.begin(await login.tick(['marketing']))
  const back = new URL(await login.allow(location))
  const state = back.searchParams.get('state') ?? ''
  const flipped = `${state.slice(0, 40)}${state[40] === 'A' ? 'B' : 'A'}${state.slice(41)}`
  for (const wrong of ['', 'x', '.', 'test.', flipped, state.replace('test.', 'other.'), 'x'.repeat(4_000)]) {
    back.searchParams.set('state', wrong)
    expect((await login.finish(back.href, cookie)).status).toBe(400)
  }
  back.searchParams.set('state', state)
  const { shopId } = await login.scene.addShop('Another')
  const { slug } = await login.scene.database
    .selectFrom('shops')
    .select('slug')
    .where('id', '=', shopId)
    .executeTakeFirstOrThrow()
  const elsewhere = back.href.replace(`/o/${login.slug}/`, `/o/${slug}/`)
  expect((await fetch(elsewhere, { headers: { cookie } })).status).toBe(400)
  await expectNothing(login)
})

test('only our own page sends somebody on the way', async () => {
  const login = await openLoginScene(databaseUrl)
  const token = await login.tick(['marketing'])
  const foreign: Record<string, string>[] = [
    {},
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site', origin: login.served.url },
    { 'sec-fetch-site': 'same-site' },
  ]
  for (const headers of foreign) expect((await login.begin(token, headers)).seen.status).toBe(400)
  expect((await login.begin('x'.repeat(22))).seen.status).toBe(410)
  expect(login.provider.asked).toEqual([])
})

test('a bot without it has no log-in, and what is tried all the same is refused', async () => {
  const login = await openLoginScene(databaseUrl)
  const token = await login.tick(['marketing'])
  await login.scene.database
    .updateTable('bots')
    .set({ login_client_id: null, login_secret_key_id: null, login_secret_ciphertext: null })
    .execute()
  const { version } = await login.get('?lang=en')
  const seen = await login.post('', { purpose: 'marketing', lang: 'en', version })
  expect(seen.text).not.toContain('Log in with Telegram')
  expect((await login.begin(token)).seen.status).toBe(410)
})
