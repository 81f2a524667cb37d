import { expect, test } from 'vitest'
import { composeInvitation } from './compose-invitation.ts'

const BOTS = { shopName: 'Rossi & Figli', newUsername: 'rossi_bot' }

test('an invitation names shop and bot, and leads to the new bot by a link of its own', () => {
  const { html, buttons } = composeInvitation(BOTS, { locales: ['en'] }, 'token')
  expect(html).toContain('Rossi &amp; Figli')
  expect(html).toContain('@rossi_bot')
  expect(buttons).toEqual([[{ text: 'Go to the new bot', url: 'https://t.me/rossi_bot?start=token' }]])
})

test('it speaks the first language of the person that it knows, and English to all others', () => {
  const speaks = (...locales: (string | null)[]) =>
    composeInvitation(BOTS, { locales }, 'token').buttons[0]?.[0]?.text
  expect(speaks('it-CH', 'uk')).toBe('Vai al nuovo bot')
  expect(speaks(null, 'uk', 'it')).toBe('Перейти до нового бота')
  expect(speaks('de', null, 'it')).toBe('Vai al nuovo bot')
  expect(speaks('de', null, 'fr')).toBe('Go to the new bot')
})
