import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import type { Emulator } from '@postino/emulator'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { callBot, startEmulator, usePhone } from '../support/open-phone.ts'

const phone = usePhone()

/** Not under version control; the README's picture is a copy of one of these. */
const PICTURES = fileURLToPath(new URL('../../.postino/screenshots/', import.meta.url))

const LOOKS: [name: string, options: BrowserContextOptions][] = [
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['narrow', { colorScheme: 'light', viewport: { width: 390, height: 780 }, deviceScaleFactor: 2 }],
]

type Shop = { emulator: Emulator; botId: number; bakeryId: number; ada: number }

const KEYBOARD = [
  [{ text: '✓ Order updates', callback_data: 'a' }],
  [
    { text: 'Cart reminders', callback_data: 'b' },
    { text: 'Offers', callback_data: 'c', style: 'danger' },
  ],
  [{ text: 'Save', callback_data: 'd', style: 'primary' }],
]

async function fillShop(): Promise<Shop> {
  const emulator = await startEmulator()
  const shop = emulator.bots.add({ username: 'lumen_shop_bot', name: 'Lumen Lamps' })
  const bakery = emulator.bots.add({ username: 'forno_bot', name: 'Forno di Ada' })
  emulator.bots.add({ username: 'books_bot', name: 'Книги та кава' })
  const ada = emulator.people.add({
    first_name: 'Ada',
    last_name: 'Lovelace',
    username: 'ada',
    language_code: 'it',
  })
  emulator.people.add({ first_name: 'Олена', language_code: 'uk' })
  emulator.people.start(ada.id, { bot: shop.id, parameter: 'order-10432' })
  emulator.people.start(ada.id, { bot: bakery.id })
  const send = (method: string, fields: object): Promise<unknown> =>
    callBot(emulator, shop.token, { method, fields: { chat_id: ada.id, parse_mode: 'HTML', ...fields } })
  const commands = [{ command: 'stop', description: 'No more messages' }]
  await send('setMyCommands', { commands })
  await send('sendMessage', {
    text: '<b>Welcome!</b> What may we tell you?',
    reply_markup: { inline_keyboard: KEYBOARD },
  })
  await send('sendPhoto', { photo: 'https://pictures.example/lamp.jpg', caption: 'Your <b>lamp</b>, packed' })
  await send('sendDocument', { document: 'https://files.example/invoice-10432.pdf' })
  emulator.people.send(ada.id, { chat: `${shop.id}:${ada.id}`, text: 'Thank you! See https://example.org' })
  const inline_keyboard = [[{ text: 'Track the parcel', url: 'https://track.example/IT123' }]]
  await send('sendMessage', {
    text:
      'Order <b>#10432</b> was <i>shipped</i>: parcel <code>IT123</code>.\n' +
      '<blockquote>Ring twice, the bell is shy.</blockquote>Door code <tg-spoiler>4711</tg-spoiler>',
    reply_markup: { inline_keyboard },
  })
  const keyboard = [[{ text: 'Share my number', request_contact: true }], [{ text: 'Later' }]]
  const question = { chat_id: ada.id, text: 'Your number?', reply_markup: { keyboard } }
  await callBot(emulator, bakery.token, { method: 'sendMessage', fields: question })
  return { emulator, botId: shop.id, bakeryId: bakery.id, ada: ada.id }
}

async function expectAccessible(page: Page, place: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const found = violations.map(
    ({ id, nodes }) => `${place}: ${id} ${nodes.map(({ target }) => String(target)).join(', ')}`,
  )
  expect(found).toEqual([])
}

test.for(LOOKS)('%s: no rule of accessibility is broken in any part of the page', async ([name, options]) => {
  const shop = await fillShop()
  await mkdir(PICTURES, { recursive: true })
  const page = await phone.open(shop.emulator, `/?person=${shop.ada}`, options)
  await page.getByRole('link', { name: /Lumen Lamps/ }).waitFor()
  await expectAccessible(page, 'chats')
  await page.screenshot({ path: `${PICTURES}phone-chats-${name}.png` })

  await page.getByRole('link', { name: /Lumen Lamps/ }).click()
  await page.getByRole('log').getByText('Ring twice').waitFor()
  await expectAccessible(page, 'chat')
  await page.screenshot({ path: `${PICTURES}phone-chat-${name}.png` })
  await page.getByRole('button', { name: 'Commands' }).click()
  await page.getByRole('button', { name: 'Chat menu' }).click()
  await expectAccessible(page, 'menu')
  await page.getByRole('menuitem', { name: 'Delete the chat' }).click()
  await expectAccessible(page, 'question')

  await page.goto(`${shop.emulator.url}/?person=${shop.ada}&bot=${shop.bakeryId}`)
  await page.getByRole('button', { name: 'Later' }).waitFor()
  await expectAccessible(page, 'keyboard')
  await page.goto(`${shop.emulator.url}/open?person=${shop.ada}&url=https://t.me/books_bot?start=abc`)
  await page.getByRole('button', { name: 'Start', exact: true }).waitFor()
  await expectAccessible(page, 'start')
})

test('the first visit says what to do, and can be done', async () => {
  const emulator = await startEmulator()
  const page = await phone.open(emulator)
  await page.getByRole('heading', { name: 'Nobody is here yet' }).waitFor()
  await expectAccessible(page, 'welcome')
  await page.getByLabel('First name of a person').fill('Grace')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Grace' }).waitFor()
  expect(emulator.people.list().map((person) => person.first_name)).toEqual(['Grace'])
})

test('everything can be done with the keyboard alone', async () => {
  const { emulator, botId, ada } = await fillShop()
  const page = await phone.open(emulator, `/?person=${ada}`)
  await page.getByRole('link', { name: /Lumen Lamps/ }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('log').getByText('Ring twice').waitFor()

  await page.getByRole('button', { name: 'Chat menu' }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('ArrowDown')
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Stop and block the bot')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  expect(emulator.chats.get(`${botId}:${ada}`).state).toBe('started')

  await page.getByLabel('Message', { exact: true }).focus()
  await page.keyboard.type('two')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('lines')
  await page.keyboard.press('Enter')
  await page.getByRole('log').getByText('two\nlines').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('heading', { name: 'Ada Lovelace' }).waitFor()
})

test('the browser goes back and forth between chats and people', async () => {
  const { emulator, ada } = await fillShop()
  const page = await phone.open(emulator, `/?person=${ada}`)
  await page.getByRole('link', { name: /Lumen Lamps/ }).click()
  await page.getByRole('heading', { name: 'Lumen Lamps' }).waitFor()
  await page.getByRole('link', { name: /Олена/ }).click()
  await page.getByRole('heading', { name: 'Олена' }).waitFor()
  await page.goBack()
  await page.getByRole('heading', { name: 'Lumen Lamps' }).waitFor()
  await page.goBack()
  await page.getByRole('heading', { name: 'Ada Lovelace' }).waitFor()
  await page.goForward()
  await page.getByRole('heading', { name: 'Lumen Lamps' }).waitFor()
})
