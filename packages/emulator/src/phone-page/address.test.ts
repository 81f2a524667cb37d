import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readAddress, writeAddress } from './browser/address.ts'
import { parseTelegramLink, safeAddress } from './browser/telegram-link.ts'

function read(path: string): ReturnType<typeof readAddress> {
  const url = new URL(path, 'http://127.0.0.1')
  return readAddress(url)
}

test('an address that the page wrote leads back to the same chat', () => {
  const chat = fc.oneof(
    fc.constant(undefined),
    fc.integer({ max: -1 }).map(String),
    fc.nat().map((bot) => `${bot}:7`),
  )
  fc.assert(
    fc.property(chat, (reference) => {
      expect(read(writeAddress(7, reference))).toEqual({ personId: 7, chat: reference, link: undefined })
    }),
  )
})

test.for([
  ['/open?url=https://t.me/shop_bot?start=abc', 'https://t.me/shop_bot?start=abc', undefined],
  [
    '/open?url=https://t.me/shop_bot?startgroup=a&admin=b&person=501',
    'https://t.me/shop_bot?startgroup=a&admin=b',
    501,
  ],
  [
    '/open?person=501&url=https%3A%2F%2Ft.me%2Fshop_bot%3Fstart%3Dabc',
    'https://t.me/shop_bot?start=abc',
    501,
  ],
  [
    '/open?url=https%3A%2F%2Ft.me%2Fshop_bot%3Fstart%3Dabc&person=501',
    'https://t.me/shop_bot?start=abc',
    501,
  ],
  ['/open?url=t.me/shop_bot', 't.me/shop_bot', undefined],
  ['/open', undefined, undefined],
  ['/?url=https://t.me/shop_bot', undefined, undefined],
] as const)('%s opens %s', ([path, link, personId]) => {
  expect(read(path)).toMatchObject({ link, personId })
})

test.for([
  ['https://t.me/shop_bot?start=abc', { username: 'shop_bot', startsGroup: false }],
  [' t.me/Shop_Bot ', { username: 'Shop_Bot', startsGroup: false }],
  ['https://telegram.me/shop_bot?startgroup', { username: 'shop_bot', startsGroup: true }],
  ['tg://resolve?domain=shop_bot&start=abc', { username: 'shop_bot', startsGroup: false }],
  ['https://example.org/shop_bot', undefined],
  ['https://t.me/', undefined],
  ['https://t.me/+abcdef', undefined],
  ['javascript:alert(1)', undefined],
  ['https://t.me.evil.example/shop_bot', undefined],
] as const)('%s is a link to %o', ([link, parsed]) => {
  expect(parseTelegramLink(link)).toEqual(parsed)
})

test.for([
  ['https://example.org/a?b=c', 'https://example.org/a?b=c'],
  ['example.org', 'http://example.org/'],
  ['example.org:8080/x', 'http://example.org:8080/x'],
  ['mailto:a@b.co', 'mailto:a@b.co'],
  ['tel:+391234', 'tel:+391234'],
  ['javascript:alert(1)', undefined],
  ['JAVASCRIPT://example.org/%0aalert(1)', undefined],
  ['data:text/html,x', undefined],
  ['tg://user?id=5', undefined],
  ['file:///etc/passwd', undefined],
] as const)('%s in a message leads to %s', ([address, href]) => {
  expect(safeAddress(address)).toBe(href)
})

test('nothing that a message says ever leads to a scheme that runs', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.webUrl(),
        fc.string(),
        fc.string().map((text) => `javascript:${text}`),
      ),
      (address) => {
        const href = safeAddress(address)
        if (href !== undefined)
          expect(['http:', 'https:', 'mailto:', 'tel:']).toContain(new URL(href).protocol)
      },
    ),
  )
})
