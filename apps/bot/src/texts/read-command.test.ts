import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { LANGUAGES } from './find-texts.ts'
import { meansEverything, readCommand } from './read-command.ts'
import { COMMAND_NAMES, type CommandName } from './texts.ts'

const read = (text: string) => readCommand(text, 'shop_bot')
const WORDS = Object.values(LANGUAGES).flatMap(({ words }) =>
  COMMAND_NAMES.flatMap((name) => words[name].map((word): [CommandName, string] => [name, word])),
)

test.each<[string, CommandName, string]>([
  ['/start', 'start', ''],
  ['/START', 'start', ''],
  ['/start AbC-_12', 'start', 'AbC-_12'],
  ['/start@shop_bot  g_12 ', 'start', 'g_12'],
  ['/stop@SHOP_BOT', 'stop', ''],
  ['/Stop.', 'stop', ''],
  ['/stop vip', 'stop', 'vip'],
  ['/end', 'stop', ''],
  ['STOP', 'stop', ''],
  ['  stop!!! ', 'stop', ''],
  ['«Стоп»', 'stop', ''],
  ['“Basta.”', 'stop', ''],
  ['ＳＴＯＰ', 'stop', ''],
  ['s\u200bt\u00adop', 'stop', ''],
  ['🛑 STOP 🛑️', 'stop', ''],
  ['ANNULLA', 'stop', ''],
  ['Відписатися', 'stop', ''],
  ['Opt-out', 'stop', ''],
  ['STOP vip', 'stop', 'vip'],
  ['stop: «VIP»!', 'stop', 'VIP'],
  ['Стоп\nакції', 'stop', 'акції'],
  ['Start citta-2026', 'start', 'citta-2026'],
  ['Inizia', 'start', ''],
  ['СТАРТ vip', 'start', 'vip'],
  ['Aiuto?', 'help', ''],
  ['Групи', 'groups', ''],
])('%j is %s, with %j', (text, name, argument) => {
  expect(read(text)).toMatchObject({ name, argument })
})

test.each([
  '',
  ' ',
  '/',
  '/foo',
  '/cancel',
  '/stop@other_bot',
  'stop by tomorrow',
  'Please stop',
  'when do you start?',
  'help me',
  'nonstop',
  'stops',
  'non-stop',
  '🛑',
  'STOP'.repeat(100),
  `stop ${'x'.repeat(200)}`,
])('%j is no command', (text) => expect(read(text)).toBeUndefined())

test('no word asks for two things, in whichever languages', () => {
  const meanings = new Map<string, CommandName>()
  for (const [name, word] of WORDS) {
    expect(meanings.get(word) ?? name, word).toBe(name)
    meanings.set(word, name)
  }
})

test('every word of every language is understood in any case, between any punctuation', () => {
  const surrounding = fc.stringMatching(/^[\s.,;:!?"'«»“”()*…👍-]{0,4}$/u)
  const spelling = fc.constantFrom(
    (word: string) => word,
    (word: string) => word.toUpperCase(),
    (word: string) => word.normalize('NFD'),
    (word: string) => word[0]!.toUpperCase() + word.slice(1),
  )
  fc.assert(
    fc.property(
      fc.constantFrom(...WORDS),
      spelling,
      surrounding,
      surrounding,
      ([name, word], spell, a, b) => {
        expect(read(a + spell(word) + b)).toEqual({ name, argument: '', hasSlash: false })
      },
    ),
  )
})

test('whatever is written, it is read or not, and never fails', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => void read(text)))
})

test.each(['all', 'ALL', 'tutto', 'Усе'])('STOP %s means all of it', (argument) => {
  expect(meansEverything(argument)).toBe(true)
})

test('STOP vip does not', () => expect(meansEverything('vip')).toBe(false))
