import { createEmulator, type Emulator } from '@postino/emulator'
import type { Page } from 'playwright-core'
import { Telegraf } from 'telegraf'
import { expect, test } from 'vitest'
import { atEnd } from '../support/at-end.ts'
import { callBot, startEmulator, usePhone } from '../support/open-phone.ts'
import { waitUntil } from '../support/wait-until.ts'

const phone = usePhone()

type Shop = { emulator: Emulator; token: string; botId: number; ada: number; bob: number }

function openShop(emulator: Emulator): Shop {
  const bot = emulator.bots.add({ username: 'lamp_shop_bot', name: 'Lamp Shop' })
  const ada = emulator.people.add({ first_name: 'Ada', last_name: 'Lovelace' })
  const bob = emulator.people.add({ first_name: 'Bob' })
  return { emulator, token: bot.token, botId: bot.id, ada: ada.id, bob: bob.id }
}

/** A bot by a library that knows nothing of the emulator. */
function runBot(shop: Shop): Telegraf {
  const bot = new Telegraf(shop.token, { telegram: { apiRoot: shop.emulator.url } })
  bot.start(async (context) => {
    const keyboard = [
      [{ text: 'Yes, please', callback_data: 'yes' }],
      [{ text: 'Details', callback_data: 'details' }],
    ]
    await context.reply(`Welcome! You came with ${context.payload}.`, {
      reply_markup: { inline_keyboard: keyboard },
    })
  })
  bot.action('yes', async (context) => {
    await context.answerCbQuery('Agreed, thank you')
    await context.editMessageText('You will hear from us.')
  })
  bot.action('details', (context) =>
    context.answerCbQuery('Nothing is sent before you agree.', { show_alert: true }),
  )
  bot.on('text', (context) => context.reply(`You said: ${context.message.text}`))
  const running = bot.launch()
  atEnd(async () => {
    bot.stop()
    await running
  })
  return bot
}

const log = (page: Page) => page.getByRole('log')

test('a link, Start, a button and a few words: the whole way, without a reload', async () => {
  const shop = openShop(await startEmulator())
  runBot(shop)
  const page = await phone.open(shop.emulator, `/?person=${shop.ada}`)

  await page.getByLabel('Open a t.me link').fill('https://t.me/lamp_shop_bot?start=order-10432')
  await page.getByRole('button', { name: 'Open' }).click()
  await page.getByText('The link brings order-10432').waitFor()
  expect(new URL(page.url()).search).toBe(`?person=${shop.ada}&bot=${shop.botId}`)
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await log(page).getByText('/start order-10432').waitFor()
  await log(page).getByText('Welcome! You came with order-10432.').waitFor()

  await page.getByRole('button', { name: 'Details' }).click()
  const alert = page.getByRole('dialog', { name: 'Details' })
  await alert.getByText('Nothing is sent before you agree.').waitFor()
  await alert.getByRole('button', { name: 'OK' }).click()

  await page.getByRole('button', { name: 'Yes, please' }).click()
  await page.getByRole('status').getByText('Agreed, thank you').waitFor()
  await log(page).getByText('You will hear from us.').waitFor()
  await log(page).getByText('edited').waitFor()
  expect(await page.getByRole('button', { name: 'Yes, please' }).count()).toBe(0)

  await page.getByLabel('Message', { exact: true }).fill('When does it come?')
  await page.keyboard.press('Enter')
  await log(page).getByText('You said: When does it come?').waitFor()
  expect(await page.getByLabel('Message', { exact: true }).inputValue()).toBe('')
})

test('an answer to a button is shown also when the bot takes its time', async () => {
  const shop = openShop(await startEmulator())
  shop.emulator.people.start(shop.ada, { bot: shop.botId })
  const inline_keyboard = [[{ text: 'Ask', callback_data: 'x' }]]
  const fields = { chat_id: shop.ada, text: 'A question', reply_markup: { inline_keyboard } }
  await callBot(shop.emulator, shop.token, { method: 'sendMessage', fields })
  const page = await phone.open(shop.emulator, `/?person=${shop.ada}&bot=${shop.botId}`)
  const answered = page.waitForResponse((response) => response.url().endsWith('/press'))
  await page.getByRole('button', { name: 'Ask' }).click()
  await answered
  await page.getByRole('status').getByText('The bot has not answered yet.').waitFor()

  const updates = await callBot(shop.emulator, shop.token, { method: 'getUpdates', fields: {} })
  const ids = JSON.stringify(updates).match(/"callback_query":\{"id":"(\d+)"/)
  const answer = { callback_query_id: ids?.[1], text: 'Here it is' }
  await callBot(shop.emulator, shop.token, { method: 'answerCallbackQuery', fields: answer })
  await page.getByRole('status').getByText('Here it is').waitFor()
})

test('a t.me link given in the address opens the bot as the chosen person', async () => {
  const shop = openShop(await startEmulator())
  const link = encodeURIComponent('https://t.me/lamp_shop_bot?start=abc')
  const page = await phone.open(shop.emulator, `/open?person=${shop.bob}&url=${link}`)
  await page.getByText('The link brings abc').waitFor()
  expect(new URL(page.url()).search).toBe(`?person=${shop.bob}&bot=${shop.botId}`)
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await log(page).getByText('/start abc').waitFor()
  const { messages } = shop.emulator.chats.messages(`${shop.botId}:${shop.bob}`)
  expect(messages.map(({ text }) => text)).toEqual(['/start abc'])
})

test('what a bot writes appears in the list, with a badge, until the chat is opened', async () => {
  const shop = openShop(await startEmulator())
  shop.emulator.people.start(shop.ada, { bot: shop.botId })
  shop.emulator.people.start(shop.bob, { bot: shop.botId })
  const page = await phone.open(shop.emulator, `/?person=${shop.ada}`)
  const row = page.getByRole('link', { name: /Lamp Shop/ })
  await row.waitFor()
  const write = (chatId: number, text: string) =>
    callBot(shop.emulator, shop.token, { method: 'sendMessage', fields: { chat_id: chatId, text } })

  await write(shop.ada, 'first')
  await write(shop.ada, 'second')
  await write(shop.bob, 'for Bob')
  await row.getByText('second').waitFor()
  await row.getByText('2 unread messages').waitFor()
  await page.getByRole('link', { name: 'Bob 1 unread' }).waitFor()

  await row.click()
  await log(page).getByText('first').waitFor()
  await page.getByRole('button', { name: 'Back to the chats' }).click()
  await row.getByText('second').waitFor()
  expect(await row.getByText('unread').count()).toBe(0)

  // What was read stays read after a reload.
  await page.reload()
  await row.getByText('second').waitFor()
  expect(await row.getByText('unread').count()).toBe(0)
})

test('a blocked bot can write no more, and is unblocked in the same place', async () => {
  const shop = openShop(await startEmulator())
  shop.emulator.people.start(shop.ada, { bot: shop.botId })
  const page = await phone.open(shop.emulator, `/?person=${shop.ada}&bot=${shop.botId}`)

  await page.getByRole('button', { name: 'Chat menu' }).click()
  await page.getByRole('menuitem', { name: 'Stop and block the bot' }).click()
  await page.getByRole('button', { name: 'Block', exact: true }).click()
  const unblock = page.getByRole('button', { name: 'Unblock', exact: true })
  await unblock.waitFor()
  const write = () =>
    callBot(shop.emulator, shop.token, {
      method: 'sendMessage',
      fields: { chat_id: shop.ada, text: 'back again' },
    })
  await expect(write()).rejects.toThrow('Forbidden: bot was blocked by the user')

  await unblock.click()
  await page.getByLabel('Message', { exact: true }).waitFor()
  await write()
  await log(page).getByText('back again').waitFor()
})

test('a keyboard below the field sends its words and, when asked, the phone number', async () => {
  const shop = openShop(await startEmulator())
  shop.emulator.people.start(shop.ada, { bot: shop.botId })
  const keyboard = [[{ text: 'Share my number', request_contact: true }], [{ text: 'Later' }]]
  const reply_markup = { keyboard, input_field_placeholder: 'Your answer' }
  const fields = { chat_id: shop.ada, text: 'Your number?', reply_markup }
  await callBot(shop.emulator, shop.token, { method: 'sendMessage', fields })
  const page = await phone.open(shop.emulator, `/?person=${shop.ada}&bot=${shop.botId}`)

  await page.getByPlaceholder('Your answer').waitFor()
  await page.getByRole('button', { name: 'Later' }).click()
  await log(page).getByText('Later').waitFor()
  await page.getByRole('button', { name: 'Share my number' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Share', exact: true }).click()
  await log(page).getByText(shop.emulator.people.get(shop.ada).phone_number).waitFor()

  await page.getByRole('button', { name: 'Keyboard of the bot' }).click()
  await page.getByRole('button', { name: 'Later' }).waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: 'Keyboard of the bot' }).click()
  await page.getByRole('button', { name: 'Later' }).waitFor()
})

test('a deleted message goes, and an emulator that begins anew is followed', async () => {
  const shop = openShop(await startEmulator())
  shop.emulator.people.start(shop.ada, { bot: shop.botId })
  const page = await phone.open(shop.emulator, `/?person=${shop.ada}&bot=${shop.botId}`)
  const fields = { chat_id: shop.ada, text: 'soon gone' }
  await callBot(shop.emulator, shop.token, { method: 'sendMessage', fields })
  await log(page).getByText('soon gone').waitFor()
  const last = shop.emulator.chats.messages(`${shop.botId}:${shop.ada}`).messages.at(-1)
  const deletion = { chat_id: shop.ada, message_id: last?.message_id }
  await callBot(shop.emulator, shop.token, { method: 'deleteMessage', fields: deletion })
  await log(page).getByText('soon gone').waitFor({ state: 'hidden' })

  shop.emulator.reset({ keepAccounts: true })
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await log(page).getByText('/start').waitFor()
  expect(await page.locator('.message').count()).toBe(1)
})

test('the page says that the emulator is gone, and goes on by itself when it is back', async () => {
  const first = openShop(await createEmulator({ port: 0 }))
  const page = await phone.open(first.emulator, `/?person=${first.ada}`)
  await page.getByRole('link', { name: /Lamp Shop/ }).waitFor()
  await first.emulator.close()
  await page.getByText('The emulator does not answer').waitFor()

  const second = await startEmulator({ port: first.emulator.port })
  second.people.add({ id: first.ada, first_name: 'Ada', last_name: 'Again' })
  await page.getByRole('heading', { name: 'Ada Again' }).waitFor()
  expect(await page.getByText('The emulator does not answer').count()).toBe(0)
})

test('older messages come when the reader goes back to them', async () => {
  const shop = openShop(await startEmulator())
  shop.emulator.people.start(shop.ada, { bot: shop.botId })
  for (let number = 1; number <= 150; number++) {
    shop.emulator.people.send(shop.ada, { chat: `${shop.botId}:${shop.ada}`, text: `line ${number} of many` })
  }
  const page = await phone.open(shop.emulator, `/?person=${shop.ada}&bot=${shop.botId}`)
  await log(page).getByText('line 150 of many').waitFor()
  expect(await log(page).getByText('line 1 of many', { exact: true }).count()).toBe(0)
  await waitUntil(async () => {
    await log(page).evaluate((element) => element.scrollTo(0, 0))
    return (await log(page).getByText('line 1 of many', { exact: true }).count()) === 1
  })
  await page.getByRole('button', { name: 'To the newest message' }).click()
  await waitUntil(() => log(page).evaluate((it) => it.scrollHeight - it.scrollTop - it.clientHeight < 2))
})
