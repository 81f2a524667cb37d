import { botSettings } from '@postino/bot/settings.ts'
import { PURPOSES, wordingFor } from '@postino/domain'
import { schedulerSettings } from '@postino/scheduler/settings.ts'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { openPageScene } from './optin-page.ts'

const databaseUrl = await createTestDatabase()

const LANGUAGES = [
  [
    'it',
    'Che cosa si conserva',
    ['30 giorni', '90 giorni', '2 anni', 'finché non ne chiedi la cancellazione'],
    'Telegram trasporta',
  ],
  ['en', 'What is kept', ['30 days', '90 days', '2 years', 'until you have it erased'], 'Telegram carries'],
  ['uk', 'Що зберігається', ['30 днів', '90 днів', '2 роки', 'доки ви цього не зітрете'], 'Telegram передає'],
] as const

test.each(LANGUAGES)(
  '[PASS-29] in %s it says what is kept, why, for how long, who sees it, and what one may do',
  async (language, heading, periods, carrier) => {
    const { get } = await openPageScene(databaseUrl)
    const { status, text } = await get(`/privacy?lang=${language}`)
    expect(status).toBe(200)
    expect(text).toContain(`<html lang="${language}">`)
    expect(text).toContain(`<h2>${heading}</h2>`)
    for (const period of periods) expect(text).toContain(period)
    for (const purpose of PURPOSES) expect(text).toContain(wordingFor(purpose, language).text)
    for (const command of ['/stop', '/settings', '/privacy']) expect(text).toContain(`<li>${command} `)
    expect(text).toContain(carrier)
    expect(text).toContain('href="https://telegram.org/privacy"')
    expect(text).toContain('href="https://faenza.example/privacy"')
    expect(text).toContain('ciao@faenza.example')
  },
)

test('[PASS-29] what rests on the contract is told apart from what rests on consent', async () => {
  const { get, scene } = await openPageScene(databaseUrl)
  const contract_purposes = ['order_updates']
  await scene.database
    .updateTable('shops')
    .set({ contract_purposes })
    .where('id', '=', scene.shopId)
    .execute()
  const { text } = await get('/privacy?lang=en')
  const basisOf = (title: string) => new RegExp(`<dt>${title}</dt><dd>[^<]*`).exec(text)?.[0]
  expect(basisOf('My orders')).toContain('Belongs to what you have ordered')
  expect(basisOf('My messages')).toContain('Only with your consent.')
  expect(basisOf('Offers and news')).toContain('Only with your consent.')
})

test('[PASS-29] unless the operator says otherwise, it tells the times that the scheduler keeps', () => {
  const kinds = ['eventDataDays', 'messageContentDays', 'trailDays', 'consentDetailsDays'] as const
  for (const kind of kinds) {
    expect(botSettings[kind].variable).toBe(schedulerSettings[kind].variable)
    expect(botSettings[kind].schema.parse(undefined)).toBe(schedulerSettings[kind].schema.parse(undefined))
  }
})

test('a shop without a policy and a contact of its own has the page all the same', async () => {
  const { get, scene, url } = await openPageScene(databaseUrl)
  const none = { privacy_url: null, support_contact: null }
  await scene.database.updateTable('shops').set(none).where('id', '=', scene.shopId).execute()
  const { text } = await get('/privacy?lang=en')
  expect(text).not.toContain('own policy')
  expect(text).not.toContain('You reach the shop here')
  expect((await fetch(`${url}?lang=en`)).status).toBe(200)
})
