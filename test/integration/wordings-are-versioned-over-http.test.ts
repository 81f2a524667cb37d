import type { ApiKeyScope } from '@postino/database'
import { wordingFor } from '@postino/domain'
import { expect, test } from 'vitest'
import { createConsoleShop, errorsOf, type ConsoleShop } from './console-shop.ts'
import { createConsoleUnderTest } from './console-under-test.ts'
import { openTestDatabase } from './database-under-test.ts'

const { db } = await openTestDatabase()
const { ask } = await createConsoleUnderTest(db)

const createShop = (...scopes: ApiKeyScope[]) =>
  createConsoleShop(db, scopes.length === 0 ? undefined : scopes)

const OWN = wordingFor('marketing', 'it')
const WORDS = {
  purpose: 'marketing',
  locale: 'it',
  title: 'Le offerte di Faenza',
  text: 'Una volta al mese, su Telegram, le offerte della bottega.',
}

async function post(shop: ConsoleShop, body: unknown = WORDS, url = '/v1/wordings') {
  return await ask(shop, { method: 'POST', url, body })
}

async function inForce(shop: ConsoleShop) {
  const { body } = await ask(shop, { url: '/v1/wordings?purpose=marketing&locale=it' })
  return (body as { items: Record<string, unknown>[] }).items[0]
}

async function versions(shop: ConsoleShop, more = '') {
  const { body } = await ask(shop, { url: `/v1/wordings/history?purpose=marketing&locale=it${more}` })
  const { items, next_cursor: next } = body as { items: { version: number }[]; next_cursor?: string }
  return { versions: items.map(({ version }) => version), next }
}

test('[CM-6, CM-9] what is asked is there for every purpose and language, and says what comes and how', async () => {
  const { status, body } = await ask(await createShop(), { url: '/v1/wordings' })
  const { items } = body as {
    items: { purpose: string; locale: string; text: string; is_default: boolean }[]
  }
  expect([status, items.length]).toEqual([200, 21])
  expect(new Set(items.map(({ purpose, locale }) => `${purpose} ${locale}`)).size).toBe(21)
  for (const { text, is_default: isDefault } of items) {
    expect(text).toContain('Telegram')
    expect(isDefault).toBe(true)
  }
})

test('[CM-6] a shop asks in its own words, and every version stays', async () => {
  const shop = await createShop()
  const first = await post(shop)
  expect(first).toMatchObject({
    status: 201,
    body: { ...WORDS, version: OWN.version + 1, is_default: false },
  })
  expect(await inForce(shop)).toEqual(first.body)
  expect(await post(shop)).toMatchObject({ status: 200, body: first.body })
  const second = await post(shop, { ...WORDS, title: 'Offerte' })
  expect(second.status).toBe(201)
  const back = await post(shop, { purpose: 'marketing', locale: 'it' }, '/v1/wordings/default')
  expect(back).toMatchObject({
    status: 201,
    body: { version: OWN.version + 3, title: OWN.title, is_default: true },
  })
  expect(await inForce(shop)).toEqual(back.body)
  const all = await versions(shop)
  expect(all).toEqual({ versions: [OWN.version + 3, OWN.version + 2, OWN.version + 1], next: undefined })
  const page = await versions(shop, '&limit=2')
  expect(page.versions).toEqual([OWN.version + 3, OWN.version + 2])
  expect((await versions(shop, `&limit=2&cursor=${page.next}`)).versions).toEqual([OWN.version + 1])
})

test('going back to words that are in force is no new version', async () => {
  const shop = await createShop()
  const answer = await post(shop, { purpose: 'marketing', locale: 'it' }, '/v1/wordings/default')
  expect(answer).toMatchObject({ status: 200, body: { version: OWN.version } })
  expect((await versions(shop)).versions).toEqual([])
})

test.each([
  [{}, ['/purpose required', '/locale required', '/title required', '/text required']],
  [{ ...WORDS, text: 'Una volta al mese, le offerte della bottega.' }, ['/text channel_not_named']],
  [{ ...WORDS, text: 'Su Telegram' }, ['/text too_short']],
  [{ ...WORDS, text: `Telegram ${'x'.repeat(400)}` }, ['/text too_long']],
  [{ ...WORDS, title: 'x'.repeat(33) }, ['/title too_long']],
  [{ ...WORDS, title: ' ' }, ['/title blank']],
  [{ ...WORDS, locale: 'de' }, ['/locale not_allowed']],
  [{ ...WORDS, purpose: 'spam' }, ['/purpose not_allowed']],
  [{ ...WORDS, version: 9 }, ['/version unknown_field']],
])('[CM-6, CM-9] words that do not say what they must are refused by the place: %j', async (body, errors) => {
  const shop = await createShop()
  const answer = await post(shop, body)
  expect([answer.status, errorsOf(answer)]).toEqual([422, errors])
  expect((await versions(shop)).versions).toEqual([])
})

test('of many who change the words at once each gets a version of its own', async () => {
  const shop = await createShop()
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, index) => post(shop, { ...WORDS, title: `Offerte ${index}` })),
  )
  expect(answers.every(({ status }) => status === 201)).toBe(true)
  expect(new Set((await versions(shop)).versions).size).toBe(6)
})

test('another shop’s words are its own, and the scopes are those of consents', async () => {
  const [shop, elsewhere] = [await createShop(), await createShop()]
  await post(shop)
  expect(await inForce(elsewhere)).toMatchObject({ title: OWN.title })
  expect((await versions(elsewhere)).versions).toEqual([])
  expect((await post(await createShop('consents:read'))).status).toBe(403)
  expect((await ask(await createShop('contacts:write'), { url: '/v1/wordings' })).status).toBe(403)
})

test('a history is of one purpose and language', async () => {
  const answer = await ask(await createShop(), { url: '/v1/wordings/history?locale=it' })
  expect([answer.status, errorsOf(answer)]).toEqual([422, ['purpose required']])
})
