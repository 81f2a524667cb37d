import { expect, test } from 'vitest'
import { findPlace } from './page-route.ts'
import { readSource } from './routes/read-source.ts'

const TOKEN = 'AbCdEfGhIjKlMnOpQrSt-_'

test.each([
  ['/o/faenza', { name: 'home' }],
  ['/o/faenza/', { name: 'home' }],
  ['/o/7-shop/privacy', { name: 'privacy' }],
  ['/o/faenza/embed.js', { name: 'embed' }],
  ['/o/faenza/qr.png', { name: 'code', form: 'png' }],
  ['/o/faenza/login/callback', { name: 'callback' }],
  [`/o/faenza/${TOKEN}`, { name: 'link', token: TOKEN }],
])('%s is a place', (path, route) => {
  expect(findPlace(path)?.route).toEqual(route)
})

test.each([
  '/o',
  '/o/',
  '/o/Faenza',
  '/o/-x',
  '/o/faenza/privacy/',
  '/o/faenza//',
  '/o/faenza/login/',
  `/o/faenza/${TOKEN}x`,
  `/o/faenza/${TOKEN.slice(1)}`,
  '/o/faenza/%71r.svg',
  '/o/faenza/constructor',
])('%s is none', (path) => {
  expect(findPlace(path)).toBeUndefined()
})

test('[CM-3] a page’s address may tell of seven ways to it, and of no other', () => {
  const ways = ['web_form', 'checkout', 'qr_pos', 'email_link', 'sms_link', 'app', 'paper_form']
  expect(ways.map(readSource)).toEqual(ways)
  for (const way of [
    'bot_dialog',
    'telegram_login',
    'import_proof',
    'api',
    'phone_call',
    '',
    null,
    undefined,
  ])
    expect(readSource(way)).toBeUndefined()
})
