import { createGroup } from '@postino/database'
import { optinPageSchema, PURPOSES, wordingFor } from '@postino/domain'
import { describe, expect, test } from 'vitest'
import { LANGUAGES, type Language } from '@postino/bot/texts/find-texts.ts'
import { COMMAND_NAMES } from '@postino/bot/texts/texts.ts'
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

    // By a link that leads nowhere nobody becomes known.
    phone.start('nowhere')
    expect(await phone.nextText()).toBe(texts.linkUnknown)
    await createGroup(scene.database, scene.shopId, { keyword: 'vip', name: 'VIP', purposes: ['marketing'] })
    const contactLine = texts.helpContact('ciao@faenza.example')
    for (const [text, answer] of [
      ['/stop', texts.notRegistered],
      ['/settings', texts.startFirst],
      ['/groups', texts.startFirst],
      ['stop vip', texts.notRegistered],
      ['ciao!', `${texts.plainAnswer(SHOP)}\n\n${contactLine}`],
    ] as const) {
      phone.send(text)
      expect(await phone.nextText()).toBe(answer)
    }

    // START alone asks what the shop asks everybody.
    phone.start()
    expect(await phone.nextText()).toContain(texts.consentTitle(SHOP))
    const general = optinPageSchema.parse({}).purposes
    const generalTitles = general.map((purpose) => `⬜ ${wordingFor(purpose, language).title}`)
    expect((await phone.screen()).buttons).toEqual([...generalTitles, texts.done, texts.phoneOffer])

    // The link of the shop's page binds and asks; nothing is on.
    const contactId = await scene.addContact('ada')
    const token = await scene.addLink(contactId)
    phone.start(token)
    expect(await phone.nextText()).toContain(texts.consentTitle(SHOP))
    const question = await phone.screen()
    expect(question.buttons).toEqual([...titles.map((title) => `⬜ ${title}`), texts.done, texts.phoneOffer])
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
    expect(summary).toContain(wordingFor('order_updates', language).text)
    expect(summary).not.toContain(cart)
    expect(summary).toContain(texts.consentFooter)

    // A group, by its keyword and by its switch.
    phone.send(`${texts.words.start[0]} vip`)
    expect(await phone.nextText()).toBe(texts.groupJoined('VIP'))
    expect(await phone.nextText()).toContain(texts.consentTitle(SHOP))
    phone.send(texts.words.groups[0]!)
    expect(await phone.nextText()).toBe(`${texts.groupsTitle(SHOP)}\n\n${texts.groupsHow}`)
    expect(await phone.press('✅ VIP')).toMatchObject({ text: texts.groupLeft('VIP') })
    await waitUntil(async () => (await phone.screen()).buttons.includes('⬜ VIP'))
    phone.send(`${texts.words.stop[0]} vip`)
    expect(await phone.nextText()).toBe(texts.groupNotIn('VIP'))
    phone.send('STOP xyz')
    expect(await phone.nextText()).toBe(texts.groupUnknown('xyz'))

    // The other commands.
    for (const command of ['/help', '/privacy', '/settings', '/stop', '/end']) phone.send(command)
    expect(await phone.nextText()).toBe(`${texts.help(SHOP)}\n\n${contactLine}`)
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
    expect(menu.map(({ command }) => command)).toEqual([...COMMAND_NAMES])
  })

  test('the contact’s own language goes before that of the phone', async () => {
    const scene = await createBotScene({ databaseUrl })
    const phone = scene.addPhone({ language: 'en' })
    await scene.serve(mode)
    phone.start(await scene.addLink(await scene.addContact('olha', { locale: 'uk-UA' })))
    expect(await phone.nextText()).toContain(LANGUAGES.uk.consentTitle(SHOP))
  })
})
