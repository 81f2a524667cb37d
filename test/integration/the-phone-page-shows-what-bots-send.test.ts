import type { Emulator } from '@postino/emulator'
import { expect, test } from 'vitest'
import { callBot, startEmulator, usePhone } from '../support/open-phone.ts'

const phone = usePhone()

async function startShop(): Promise<{
  emulator: Emulator
  send: (method: string, fields: object) => Promise<unknown>
  path: string
}> {
  const emulator = await startEmulator()
  const bot = emulator.bots.add({ username: 'lamp_shop_bot', name: 'Lamp Shop' })
  const ada = emulator.people.add({ first_name: 'Ada', language_code: 'it' })
  emulator.people.start(ada.id, { bot: bot.id })
  const send = (method: string, fields: object): Promise<unknown> =>
    callBot(emulator, bot.token, { method, fields: { chat_id: ada.id, ...fields } })
  return { emulator, send, path: `/?person=${ada.id}&bot=${bot.id}` }
}

test('formatted text looks formatted', async () => {
  const { emulator, send, path } = await startShop()
  await send('sendMessage', {
    parse_mode: 'HTML',
    text:
      '<b>bold <i>both</i></b> <u>under</u> <s>gone</s> <code>A-1</code> <a href="https://example.org/a">link</a> ' +
      '<tg-spoiler>4711</tg-spoiler>\n<pre><code class="language-json">{}</code></pre>\n<blockquote>said</blockquote>' +
      '<tg-time unix="1795262400" format="D">then</tg-time> #tag /help example.com',
  })
  const page = await phone.open(emulator, path)
  const text = page.locator('.message-other .text')
  await text.waitFor()
  expect(await text.locator('strong em').textContent()).toBe('both')
  expect(await text.locator('u').textContent()).toBe('under')
  expect(await text.locator('s').textContent()).toBe('gone')
  expect(await text.locator(':scope > code').textContent()).toBe('A-1')
  expect(await text.locator('pre').textContent()).toBe('json{}')
  expect(await text.locator('blockquote').textContent()).toBe('said')
  expect(await text.locator('time').textContent()).toContain('novembre 2026')
  expect(await text.getByRole('link', { name: 'link' }).getAttribute('href')).toBe('https://example.org/a')
  expect(await text.getByRole('link', { name: 'example.com' }).getAttribute('rel')).toBe(
    'noopener noreferrer',
  )

  const spoiler = text.getByRole('button', { name: 'Hidden text, show it' })
  expect(await text.getByText('4711').isVisible()).toBe(false)
  await spoiler.focus()
  await page.keyboard.press('Enter')
  expect(await text.getByText('4711').isVisible()).toBe(true)

  await text.getByRole('button', { name: '/help' }).click()
  await page.locator('.message-own').getByText('/help').waitFor()
})

test('a button with an address opens a tab of its own and says where it leads', async () => {
  const { emulator, send, path } = await startShop()
  const target = `${emulator.url}/open?url=nothing`
  const inline_keyboard = [
    [
      { text: 'Track the parcel', url: target },
      { text: 'Code', copy_text: { text: 'IT-1' } },
    ],
  ]
  await send('sendMessage', { text: 'On its way', reply_markup: { inline_keyboard } })
  const page = await phone.open(emulator, path)
  const button = page.getByRole('link', { name: 'Track the parcel' })
  expect(await button.getAttribute('title')).toBe(target)
  const [opened] = await Promise.all([page.context().waitForEvent('page'), button.click()])
  expect(opened.url()).toBe(target)
  expect(await opened.evaluate('window.opener')).toBeNull()
  await page.getByRole('status').getByText(`Opened ${target}`).waitFor()

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: 'Code' }).click()
  await page.getByRole('status').getByText('Copied: IT-1').waitFor()
})

test('pictures, files and albums are shown as such', async () => {
  const { emulator, send, path } = await startShop()
  await send('sendPhoto', {
    photo: 'https://pictures.example/lamp.jpg',
    caption: 'Your <b>lamp</b>',
    parse_mode: 'HTML',
  })
  await send('sendDocument', { document: 'https://files.example/invoice.pdf' })
  await send('sendMediaGroup', {
    media: [1, 2, 3].map((number) => ({ type: 'photo', media: `https://pictures.example/${number}.jpg` })),
  })
  const page = await phone.open(emulator, path)
  const picture = page.getByRole('img', { name: 'Photo: Your lamp' })
  await picture.waitFor()
  await expect
    .poll(() => picture.evaluate((it) => 'naturalWidth' in it && it.naturalWidth))
    .toBeGreaterThan(0)
  expect(await page.locator('.file-name').textContent()).toContain('invoice')
  expect(await page.locator('.album img').count()).toBe(3)
  await page.getByRole('button', { name: 'Photo: Your lamp' }).click()
  await page.getByRole('dialog', { name: 'Photo: Your lamp' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
})

test('nothing that a bot or a person is called or says becomes a part of the page', async () => {
  const evil = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
  const emulator = await startEmulator()
  const bot = emulator.bots.add({ username: 'evil_bot', name: evil })
  const ada = emulator.people.add({ first_name: evil, last_name: '' })
  emulator.people.start(ada.id, { bot: bot.id })
  const inline_keyboard = [[{ text: evil, callback_data: 'x' }]]
  const fields = { chat_id: ada.id, text: evil, reply_markup: { inline_keyboard } }
  await callBot(emulator, bot.token, { method: 'sendMessage', fields })
  const link = [
    { type: 'text_link', offset: 0, length: 4, url: 'https://x.example/"onmouseover="document.title=3' },
  ]
  await callBot(emulator, bot.token, {
    method: 'sendMessage',
    fields: { chat_id: ada.id, text: 'look', entities: link },
  })

  const page = await phone.open(emulator, `/?person=${ada.id}&bot=${bot.id}`)
  await page.getByRole('log').getByText('onerror').first().waitFor()
  await page.getByRole('link', { name: 'look' }).hover()
  expect(await page.locator('main script, main [onerror], main [onmouseover], .log img').count()).toBe(0)
  expect(await page.title()).toContain('Postino phone')
})

test('a group shows who says what, and its grey lines', async () => {
  const emulator = await startEmulator()
  const bot = emulator.bots.add({ username: 'lamp_shop_bot', name: 'Lamp Shop' })
  const ada = emulator.people.add({ first_name: 'Ada' })
  const bob = emulator.people.add({ first_name: 'Bob' })
  const { chat } = emulator.groups.create({ title: 'Neighbours', creator: ada.id, members: [bob.id] })
  emulator.groups.add(chat.chat, { member: bot.username, by: ada.id })
  const page = await phone.open(emulator, `/?person=${ada.id}&chat=${chat.chat}`)
  await page.getByRole('heading', { name: 'Neighbours' }).waitFor()
  const log = page.getByRole('log')
  await log.getByText('Ada added Lamp Shop').waitFor()
  emulator.people.send(bob.id, { chat: chat.chat, text: 'Hello all' })
  await log.getByText('Hello all').waitFor()
  expect(await log.locator('.sender').textContent()).toBe('Bob')
  expect(await page.getByText('3 members').count()).toBe(1)
})
