import { expect, test } from 'vitest'
import { maskWords } from './mask-words.ts'

test('names go wherever they stand as words, and nothing else does', () => {
  const content = {
    html: '<b>Anna &amp; Co</b>: Anna, ANNA Rossi e Annalisa',
    buttons: [[{ text: 'Scrivi ad Anna', url: 'https://shop.example/?to=Anna%20%26%20Co' }]],
    silent: false,
  }
  expect(maskWords(content, ['Anna & Co', 'Anna', 'Rossi', ''])).toEqual({
    html: '<b>…</b>: …, … … e Annalisa',
    buttons: [[{ text: 'Scrivi ad …', url: 'https://shop.example/?to=…' }]],
    silent: false,
  })
})

test('a name may be of any letters, and may look like a pattern', () => {
  expect(maskWords('Олена (та Оленка) +39(1) .*', ['Олена', '+39(1)', '.*'])).toBe('… (та Оленка) … …')
})

test('without words nothing changes', () => {
  expect(maskWords({ html: 'Ciao' }, ['', ''])).toEqual({ html: 'Ciao' })
})
