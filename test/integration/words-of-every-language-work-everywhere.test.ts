import { LANGUAGES, type Language } from '@postino/bot/texts/find-texts.ts'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { createBotScene } from './bot-under-test.ts'

const databaseUrl = await createTestDatabase()
const scene = await createBotScene({ databaseUrl })
await scene.serve('webhook')

const STOPS = Object.values(LANGUAGES).flatMap(({ words }) => words.stop)
const STARTS = Object.values(LANGUAGES).flatMap(({ words }) => words.start)
const NAMES = Object.keys(LANGUAGES) as Language[]

test.each(NAMES)(
  '[PASS-27, WEB-20, WEB-21] every word that ends or begins works in a chat in %s',
  async (language) => {
    const texts = LANGUAGES[language]
    const phone = scene.addPhone({ language })
    phone.start()
    await phone.next()
    for (const [index, word] of STOPS.entries()) {
      phone.send(index % 2 === 0 ? `${word.toUpperCase()}!` : `«${word}»`)
      expect(await phone.nextText(), word).toBe(texts.stopped('Bottega Faenza'))
      phone.send(` ${STARTS[index % STARTS.length]!.toUpperCase()}. `)
      expect((await phone.next()).inline_keyboard, word).toBeDefined()
    }
    const statuses = await scene.registrationsOf((await scene.contactOf(phone))!.id)
    expect(statuses).toMatchObject([{ status: 'active' }])
  },
)

test('words for the other commands, too, and no word within a sentence', async () => {
  const phone = scene.addPhone({ language: 'en' })
  const { EN } = { EN: LANGUAGES.en }
  phone.start()
  await phone.next()
  for (const [word, answer] of [
    ['Aiuto?', EN.help('Bottega Faenza')],
    ['ГРУПИ', EN.groupsNone('Bottega Faenza')],
    ['Impostazioni', EN.consentTitle('Bottega Faenza')],
    ['privacy', EN.privacy('Bottega Faenza')],
    ['Could we stop by tomorrow?', EN.plainAnswer('Bottega Faenza')],
    ['nonstop', EN.plainAnswer('Bottega Faenza')],
  ] as const) {
    phone.send(word)
    expect(await phone.nextText(), word).toContain(answer)
  }
})
