import type { ShopToRender, TextWanted } from '@postino/database'
import { expect, test } from 'vitest'
import { messageToRender, publishedTemplate } from './message-to-render.ts'
import { createShopCache, textKey } from './shop-cache.ts'

const { shop: settings } = messageToRender()

/** A shop whose only text says its revision. */
function shopAt(revision: number, id = '1'): ShopToRender {
  const content = { text: `as of ${revision}`, buttons: [], silent: false }
  return { ...settings, id, revision, texts: [publishedTemplate({ content })] }
}

function messageAt(shopRevision: number, shopId = '1', state = 'shipped') {
  return messageToRender({ shopId, shopRevision, state })
}

/** A cache before shops that are at the revision `now`, and what it asked them for. */
function prepare(limits?: { shops: number; chars: number }) {
  const asked: TextWanted[][] = []
  const now = { revision: 1 }
  const findShops = createShopCache({
    async load(wanted) {
      asked.push(wanted)
      return [...new Set(wanted.map(({ shopId }) => shopId))].map((id) => shopAt(now.revision, id))
    },
    policyOf: () => ({}),
    ...(limits && { limits }),
  })
  const find = async (message = messageAt(1)) => (await findShops([message])).get(message.shopId)
  const readText = async (message = messageAt(1)) =>
    (await find(message))?.texts.get(textKey(message))?.[0]?.content.text
  return { findShops, find, readText, asked, now }
}

test('a shop is asked for once, as long as it stays as it is, and for what is told alone', async () => {
  const { findShops, readText, asked } = prepare()
  expect(await readText()).toBe('as of 1')
  await findShops([messageAt(1), messageAt(0), messageAt(1)])
  expect(asked).toEqual([
    [
      { shopId: '1', kind: 'order.status_changed', state: 'shipped' },
      { shopId: '1', kind: 'order.status_changed', state: '' },
    ],
  ])
  await findShops([messageAt(1, '1', 'paid')])
  expect(asked).toHaveLength(2)
  await findShops([messageAt(1), messageAt(1, '1', 'paid')])
  expect(asked).toHaveLength(2)
})

test('a message of a later revision has the shop asked for anew; what was read later than a message was loaded may be used', async () => {
  const { readText, asked, now } = prepare()
  await readText()
  now.revision = 5
  expect(await readText(messageAt(2))).toBe('as of 5')
  expect(await readText(messageAt(5))).toBe('as of 5')
  // One that was loaded before, and comes to its text late.
  expect(await readText(messageAt(1))).toBe('as of 5')
  expect(asked).toHaveLength(2)
})

test('an answer that comes late puts nothing older in the place of what is newer', async () => {
  const late = Promise.withResolvers<ShopToRender[]>()
  const answers = [late.promise, Promise.resolve([shopAt(2)])]
  const findShops = createShopCache({ load: async () => (await answers.shift()) ?? [], policyOf: () => ({}) })
  const revisionOf = async (message = messageAt(1)) =>
    (await findShops([message])).get('1')?.settings.revision
  const first = revisionOf()
  expect(await revisionOf(messageAt(2))).toBe(2)
  late.resolve([shopAt(1)])
  expect(await first).toBe(2)
  expect(await revisionOf()).toBe(2)
})

test('of more than it may keep it forgets what is longest unused', async () => {
  const { find, asked } = prepare({ shops: 2, chars: 1e6 })
  for (const shop of ['1', '2', '1', '3', '1']) await find(messageAt(1, shop))
  expect(asked.map(([wanted]) => wanted?.shopId)).toEqual(['1', '2', '3'])
  await find(messageAt(1, '2'))
  expect(asked).toHaveLength(4)
})

test('shops with much text take the room of several, and one with more than all may take is told all the same', async () => {
  const { find, readText, asked } = prepare({ shops: 10, chars: 1 })
  for (const shop of ['1', '2', '1']) await find(messageAt(1, shop))
  expect(asked).toHaveLength(3)
  expect(await readText()).toBe('as of 1')
  expect(asked).toHaveLength(3)
})
