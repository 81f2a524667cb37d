import { PURPOSES, wordingFor } from '@postino/domain'
import { describe, expect, test } from 'vitest'
import { LANGUAGES, type Language } from '@postino/bot/texts/find-texts.ts'
import { createTestDatabase } from '../support/create-test-database.ts'
import { waitUntil } from '../support/wait-until.ts'
import { createBotScene, type Mode } from './bot-under-test.ts'

const databaseUrl = await createTestDatabase()

const SHOP = 'Bottega Faenza'
const MODES: Mode[] = ['webhook', 'polling']
const LANGUAGE_NAMES = Object.keys(LANGUAGES) as Language[]

describe.each(MODES)('by %s', (mode) => {
  test.each(LANGUAGE_NAMES)('a person is led through everything in %s', async (language) => {
    const scene = await createBotScene({ databaseUrl })
    const { emulator, bot } = scene
    const texts = LANGUAGES[language]
    const titles = PURPOSES.map((purpose) => wordingFor(purpose, language).title)
    const phone = scene.addPhone({ language })
    await scene.serve(mode)

    // Before anything: the bot says what it is, and knows nobody.
    phone.start()
    expect(await phone.nextText()).toBe(texts.welcomeUnbound(SHOP))
    for (const command of ['/stop', '/settings']) phone.send(command)
    expect(await phone.nextText()).toBe(texts.notRegistered)
    expect(await phone.nextText()).toBe(texts.startFirst)

    // The link of the shop's page binds and asks; nothing is on.
    const contactId = await scene.addContact('ada')
    const token = await scene.addLink(contactId)
    phone.start(token)
    expect(await phone.nextText()).toContain(texts.consentTitle(SHOP))
    const question = await phone.screen()
    expect(question.buttons).toEqual([...titles.map((title) => `⬜ ${title}`), texts.done])
    expect(question.text).not.toContain('✅')

    // Done without a choice, then two choices, one of them taken back.
    await phone.press(texts.done)
    expect(await phone.nextText()).toBe(texts.doneNothing(SHOP))
    const [orders, cart] = titles
    expect(await phone.press(`⬜ ${orders}`)).toEqual({ text: `${texts.granted}: ${orders}`, isAlert: false })
    expect(await phone.press(`⬜ ${cart}`)).toMatchObject({ text: `${texts.granted}: ${cart}` })
    await waitUntil(async () => (await phone.screen()).buttons.includes(`✅ ${cart}`))
    expect(await phone.press(`✅ ${cart}`)).toMatchObject({ text: `${texts.withdrawn}: ${cart}` })
    await waitUntil(async () => (await phone.screen()).buttons.includes(`⬜ ${cart}`))
    expect((await phone.screen()).buttons).toContain(`✅ ${orders}`)
    await phone.press(texts.done)
    const summary = await phone.nextText()
    expect(summary).toContain(texts.doneSummary(SHOP))
    expect(summary).toContain(`✅ ${orders}`)
    expect(summary).not.toContain(cart)
    expect(summary).toContain(texts.consentFooter)

    // The other commands.
    for (const command of ['/help', '/privacy', '/settings', '/stop', '/stop']) phone.send(command)
    expect(await phone.nextText()).toBe(`${texts.help(SHOP)}\n\n${texts.helpContact('ciao@faenza.example')}`)
    expect(await phone.nextText()).toBe(
      `${texts.privacy(SHOP)}\n\n${texts.privacyPolicy('https://faenza.example/privacy')}`,
    )
    expect((await phone.next()).inline_keyboard?.flat()[0]?.text).toBe(`✅ ${orders}`)
    expect(await phone.nextText()).toBe(texts.stopped(SHOP))
    expect(await phone.nextText()).toBe(texts.notRegistered)

    // The old link, and a new START.
    phone.start(token)
    expect(await phone.nextText()).toBe(texts.linkUsed)
    phone.start()
    const again = await phone.next()
    expect(again.inline_keyboard?.flat().map(({ text }) => text)).toEqual(question.buttons)

    const menu = emulator.bots.get(bot.id).commands
    expect(menu.map(({ command }) => command)).toEqual(Object.keys(LANGUAGES.en.commands))
  })

  test('the contact’s own language goes before that of the phone', async () => {
    const scene = await createBotScene({ databaseUrl })
    const phone = scene.addPhone({ language: 'en' })
    await scene.serve(mode)
    phone.start(await scene.addLink(await scene.addContact('olha', { locale: 'uk-UA' })))
    expect(await phone.nextText()).toContain(LANGUAGES.uk.consentTitle(SHOP))
  })
})
