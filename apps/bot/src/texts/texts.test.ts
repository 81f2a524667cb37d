import { WORDING_LOCALES } from '@postino/domain'
import { describe, expect, test } from 'vitest'
import { chooseLanguage, LANGUAGES, type Language } from './find-texts.ts'

const SHOP = 'Bottega <Faenza>'

/** Every sentence with its name; functions are given something to put in. */
function sentencesOf(language: Language): [string, string][] {
  const { commands, words: _words, everything: _everything, ...texts } = LANGUAGES[language]
  const sentences = Object.entries(texts).map(([name, value]): [string, string] => [
    name,
    typeof value === 'string' ? value : value(SHOP),
  ])
  const menu = Object.entries(commands).map(([name, text]): [string, string] => [`commands.${name}`, text])
  return [...sentences, ...menu]
}

const ENGLISH = new Map(sentencesOf('en'))

test('whatever consent can be asked in, the bot speaks', () => {
  expect(Object.keys(LANGUAGES).toSorted()).toEqual(WORDING_LOCALES.toSorted())
})

describe.each(Object.keys(LANGUAGES) as Language[])('%s', (language) => {
  const sentences = sentencesOf(language)

  test('says everything, and in its own words', () => {
    expect(sentences.map(([name]) => name)).toEqual([...ENGLISH.keys()])
    for (const [name, text] of sentences) {
      expect(text.trim(), name).toBe(text)
      expect(text.length, name).toBeGreaterThan(2)
      if (language !== 'en') expect(text, name).not.toBe(ENGLISH.get(name))
    }
  })

  test('names the shop and the commands wherever English does', () => {
    for (const [name, text] of sentences) {
      const english = ENGLISH.get(name) ?? ''
      for (const mark of [SHOP, 'Telegram', '/start', '/settings', '/stop', '/privacy', '/groups', '/help']) {
        if (english.includes(mark)) expect(text, name).toContain(mark)
      }
    }
  })

  test('fits Telegram: menus up to 256 characters, notices up to 200 with the longest title', () => {
    const texts = new Map(sentences)
    for (const [name, text] of sentences)
      if (name.startsWith('commands.')) expect(text.length).toBeLessThan(256)
    for (const name of ['granted', 'withdrawn']) expect(`${texts.get(name)}: `.length + 32).toBeLessThan(200)
    for (const name of ['startFirst', 'wordsChanged', 'groupClosed', 'groupJoined', 'groupLeft'])
      expect(texts.get(name)?.length).toBeLessThan(200)
  })
})

test.each<[Language, (string | null | undefined)[]]>([
  ['it', ['it-CH', 'en', 'uk']],
  ['uk', [null, 'uk', 'it']],
  ['it', ['de-AT', undefined, 'IT-it']],
  ['en', ['de', 'fr', 'constructor']],
  ['en', []],
])('%s is spoken to whoever prefers %j', (language, preferred) => {
  expect(chooseLanguage(preferred)).toBe(language)
})
