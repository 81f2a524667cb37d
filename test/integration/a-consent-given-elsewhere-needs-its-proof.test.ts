import { insertShopWording, type ApiKeyScope } from '@postino/database'
import { wordingFor, wordingHash } from '@postino/domain'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createConsoleShop, errorsOf, type ConsoleShop } from './console-shop.ts'
import { createConsoleUnderTest } from './console-under-test.ts'
import { createContact, decide, openTestDatabase } from './database-under-test.ts'

const { db } = await openTestDatabase()
const { ask } = await createConsoleUnderTest(db)

async function createShop(...scopes: ApiKeyScope[]) {
  const shop = await createConsoleShop(db, scopes.length === 0 ? undefined : scopes)
  const { contactId, recipient } = await createContact(db, shop.bot)
  const proof = {
    external_id: recipient,
    purpose: 'marketing',
    obtained_at: '2026-01-02T16:20:00+01:00',
    source: 'paper_form',
    wording: { locale: 'it', version: wordingFor('marketing', 'it').version },
    reference: 'form 2026/118',
  }
  return { ...shop, contactId, proof }
}

async function grant(shop: ConsoleShop, body: unknown) {
  return await ask(shop, { method: 'POST', url: '/v1/consents/grants', body })
}

async function grantedPurposes(contactId: string): Promise<string[]> {
  const { granted_purposes: granted } = await db
    .selectFrom('contacts')
    .select('granted_purposes')
    .where('id', '=', contactId)
    .executeTakeFirstOrThrow()
  return granted
}

async function ledgerOf(contactId: string) {
  return await db
    .selectFrom('consents')
    .selectAll()
    .where('contact_id', '=', contactId)
    .orderBy('id')
    .execute()
}

test('[CM-3, CM-5, CM-6] a consent given elsewhere is in the ledger with when, where, which words and the proof', async () => {
  const shop = await createShop()
  const answer = await grant(shop, shop.proof)
  const wording = wordingFor('marketing', 'it')
  expect(answer).toMatchObject({
    status: 201,
    body: {
      contact_id: shop.contactId,
      purpose: 'marketing',
      action: 'granted',
      source: 'paper_form',
      actor: `api_key:${shop.keyId}`,
      locale: 'it',
      wording: {
        version: wording.version,
        hash: wordingHash(wording),
        title: wording.title,
        text: wording.text,
      },
      evidence: { obtained_at: '2026-01-02T15:20:00.000Z' },
      details: { reference: 'form 2026/118' },
    },
  })
  expect(await grantedPurposes(shop.contactId)).toEqual(['marketing'])
  const [row] = await ledgerOf(shop.contactId)
  // What may be personal is not in the ledger itself, only its hash.
  expect(JSON.stringify(row)).not.toContain('2026/118')
  expect(row?.evidence).toMatchObject({ details_hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
})

test.each(['external_id', 'purpose', 'obtained_at', 'source', 'wording', 'reference'])(
  '[CM-1, CM-2, CM-5] without its %s it is refused, and grants nothing',
  async (field) => {
    const shop = await createShop()
    const body = Object.fromEntries(Object.entries(shop.proof).filter(([name]) => name !== field))
    const answer = await grant(shop, body)
    expect([answer.status, errorsOf(answer)]).toEqual([422, [`/${field} required`]])
    expect(await ledgerOf(shop.contactId)).toEqual([])
  },
)

test('words that were shown elsewhere stand with the proof, and must have named Telegram', async () => {
  const shop = await createShop()
  const { wording: _, ...proof } = shop.proof
  const shown = { locale: 'de', text: 'Ja, schickt mir eure Angebote über Telegram.' }
  const answer = await grant(shop, { ...proof, shown_text: shown })
  expect(answer).toMatchObject({ status: 201, body: { locale: 'de', details: { shown_words: shown } } })
  expect(answer.body).not.toHaveProperty('wording')
  const [row] = await ledgerOf(shop.contactId)
  expect(row?.evidence).toMatchObject({ shown_words_hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
  const silent = { ...shown, text: 'Ja, schickt mir eure Angebote.' }
  expect(errorsOf(await grant(shop, { ...proof, shown_text: silent }))).toEqual([
    '/shown_text/text channel_not_named',
  ])
})

test('words the shop never asked in are no proof; former ones are', async () => {
  const shop = await createShop()
  const words = {
    purpose: 'marketing',
    locale: 'it',
    title: 'Offerte',
    text: 'Offerte su Telegram, ogni mese.',
  } as const
  const { wording } = await insertShopWording(db, shop.shopId, words)
  await insertShopWording(db, shop.shopId, { ...words, title: 'Le offerte' })
  const say = (version: number) => grant(shop, { ...shop.proof, wording: { locale: 'it', version } })
  expect(await say(wording.version)).toMatchObject({ status: 201, body: { wording: { title: 'Offerte' } } })
  for (const version of [1, wording.version + 2]) {
    expect(errorsOf(await say(version))).toEqual(['/wording/version unknown_wording'])
  }
})

test.each([
  [{ obtained_at: '2999-01-01T00:00:00Z' }, ['/obtained_at in_future']],
  [{ obtained_at: '2013-08-13T23:59:59Z' }, ['/obtained_at too_early']],
  [{ obtained_at: '2026-01-02' }, ['/obtained_at invalid_time']],
  [{ obtained_at: '2026-02-30T10:00:00Z' }, ['/obtained_at invalid_time']],
  [{ source: 'bot_dialog' }, ['/source not_allowed']],
  [{ source: 'telegram_login' }, ['/source not_allowed']],
  [{ source: 'qr_pos' }, ['/source not_allowed']],
  [{ reference: ' ' }, ['/reference invalid']],
  [{ reference: 'x'.repeat(201) }, ['/reference too_long']],
  [{ purpose: 'spam' }, ['/purpose not_allowed']],
  [{ purpose: ['marketing'] }, ['/purpose not_allowed']],
  [{ wording: { locale: 'it' } }, ['/wording/version required']],
  [{ wording: { locale: 'de', version: 2 } }, ['/wording/locale not_allowed']],
  [{ wording: { locale: 'it', version: 2 ** 40 } }, ['/wording/version too_big']],
  [{ shown_text: { locale: 'it', text: 'Offerte su Telegram, ogni mese.' } }, ['/shown_text two_wordings']],
  [{ contact_id: '1' }, ['/external_id two_names']],
  [{ external_id: 'nobody' }, ['/external_id unknown_contact']],
  [{ granted: true }, ['/granted unknown_field']],
])('what proves nothing is refused by the place, and grants nothing: %j', async (change, errors) => {
  const shop = await createShop()
  const answer = await grant(shop, { ...shop.proof, ...change })
  expect([answer.status, errorsOf(answer)]).toEqual([422, errors])
  expect(await ledgerOf(shop.contactId)).toEqual([])
})

test('the same is recorded once, sent ten times at once or again after a withdrawal', async () => {
  const shop = await createShop()
  const answers = await Promise.all(Array.from({ length: 10 }, () => grant(shop, shop.proof)))
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(9)
  expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1)
  await decide(db, shop.bot, { contactId: shop.contactId, purpose: 'marketing', action: 'withdrawn' })
  expect((await grant(shop, { ...shop.proof, obtained_at: '2026-01-02T15:20:00Z' })).status).toBe(200)
  expect(await grantedPurposes(shop.contactId)).toEqual([])
  expect(await ledgerOf(shop.contactId)).toHaveLength(2)
})

test('an idempotency key stands for one act: with another one it is a conflict', async () => {
  const shop = await createShop()
  const body = { ...shop.proof, idempotency_key: 'k-1' }
  expect((await grant(shop, body)).status).toBe(201)
  expect((await grant(shop, body)).status).toBe(200)
  expect((await grant(shop, { ...body, idempotency_key: 'k-2' })).status).toBe(200)
  expect((await grant(shop, { ...body, purpose: 'messages' })).status).toBe(409)
  const other = { ...body, reference: 'form 2026/119' }
  expect(await grant(shop, other)).toMatchObject({ status: 409, body: { type: '/problems/conflict' } })
  expect((await grant(shop, { ...other, idempotency_key: 'k-3' })).status).toBe(201)
})

test('[PASS-28] what was withdrawn later stays withdrawn, however late the proof of a grant comes', async () => {
  const shop = await createShop()
  await decide(db, shop.bot, { contactId: shop.contactId, purpose: 'marketing', action: 'withdrawn' })
  const answer = await grant(shop, shop.proof)
  expect(answer).toMatchObject({ status: 409, body: { detail: expect.stringMatching(/withdrew/) } })
  expect(await grantedPurposes(shop.contactId)).toEqual([])
  const messages = { ...shop.proof, purpose: 'messages' }
  expect((await grant(shop, messages)).status).toBe(201)
  const since = new Date().toISOString()
  expect((await grant(shop, { ...shop.proof, obtained_at: since })).status).toBe(201)
  expect(await grantedPurposes(shop.contactId)).toEqual(['messages', 'marketing'])
})

test('[CM-2, CM-5] whatever is sent, only a whole proof grants, and nothing else leaves a trace', async () => {
  const shop = await createShop()
  const { version } = shop.proof.wording
  const good = fc.record({
    external_id: fc.constant(shop.proof.external_id),
    purpose: fc.constantFrom('marketing', 'messages'),
    obtained_at: fc.constantFrom('2026-01-02T16:20:00+01:00', '2025-06-01T00:00:00Z'),
    source: fc.constantFrom('checkout', 'phone_call', 'api'),
    wording: fc.constant({ locale: 'it', version }),
  })
  const bad = fc.oneof(
    fc.constant(undefined),
    fc.constantFrom('', ' ', [], {}, 0, true, '\u200b'),
    fc.jsonValue({ maxDepth: 2 }),
  )
  const spoilt = fc.constantFrom(...(Object.keys(shop.proof) as (keyof typeof shop.proof)[]))
  const body = fc.record({ proof: good, spoilt: fc.option(spoilt, { nil: undefined }), bad })
  await fc.assert(
    fc.asyncProperty(body, async ({ proof, spoilt: field, bad: value }) => {
      const before = await ledgerOf(shop.contactId)
      // The same reference twice would be the same act.
      const whole = { ...proof, reference: `form ${before.length}` }
      const answer = await grant(shop, field === undefined ? whole : { ...whole, [field]: value })
      const after = await ledgerOf(shop.contactId)
      if (answer.status === 201) expect(after).toHaveLength(before.length + 1)
      else expect(after).toEqual(before)
      // What was drawn may happen to be right, such as the text of a reference.
      if (field === undefined) expect(answer.status).toBe(201)
      else if (field !== 'reference') expect(answer.status).toBe(422)
      else expect([201, 422]).toContain(answer.status)
    }),
    { numRuns: 150 },
  )
})

test('another shop’s contact and words prove nothing, and a key that may only read records nothing', async () => {
  const [shop, elsewhere] = [await createShop(), await createShop()]
  const words = {
    purpose: 'marketing',
    locale: 'it',
    title: 'Offerte',
    text: 'Offerte su Telegram, ogni mese.',
  } as const
  const { wording } = await insertShopWording(db, shop.shopId, words)
  const { external_id: _, ...proof } = shop.proof
  expect((await grant(elsewhere, { ...proof, contact_id: shop.contactId })).status).toBe(422)
  const borrowed = { ...elsewhere.proof, wording: { locale: 'it', version: wording.version } }
  expect((await grant(elsewhere, borrowed)).status).toBe(422)
  const reader = await createShop('consents:read')
  expect((await grant(reader, reader.proof)).status).toBe(403)
  expect(await ledgerOf(shop.contactId)).toEqual([])
})
