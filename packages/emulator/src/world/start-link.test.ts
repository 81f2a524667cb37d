import { expect, test } from 'vitest'
import { parseStartLink } from './start-link.ts'

test.each([
  ['https://t.me/shop_bot?start=abc', { kind: 'start', username: 'shop_bot', parameter: 'abc' }],
  ['https://t.me/shop_bot', { kind: 'start', username: 'shop_bot', parameter: '' }],
  ['t.me/shop_bot?start=a-b_C', { kind: 'start', username: 'shop_bot', parameter: 'a-b_C' }],
  ['https://telegram.me/shop_bot/?start=x', { kind: 'start', username: 'shop_bot', parameter: 'x' }],
  ['tg://resolve?domain=shop_bot&start=x', { kind: 'start', username: 'shop_bot', parameter: 'x' }],
  [
    'https://t.me/shop_bot?startgroup=vip',
    { kind: 'startgroup', username: 'shop_bot', parameter: 'vip', asAdmin: false },
  ],
  [
    'https://t.me/shop_bot?startgroup=vip&admin=post_messages',
    { kind: 'startgroup', username: 'shop_bot', parameter: 'vip', asAdmin: true },
  ],
])('%s starts a bot', (link, start) => {
  expect(parseStartLink(link)).toEqual(start)
})

test.each([
  'https://shop.example/shop_bot?start=x',
  'https://t.me/',
  'https://t.me/shop_bot?start=has%20space',
  `https://t.me/shop_bot?start=${'x'.repeat(65)}`,
  'nonsense',
])('%s starts nothing', (link) => {
  expect(parseStartLink(link)).toBeUndefined()
})
