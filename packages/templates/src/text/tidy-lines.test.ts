import { expect, test } from 'vitest'
import { singleLine, tidyLines } from './tidy-lines.ts'

test('several blank lines become one, also when they hold blanks', () => {
  expect(tidyLines('a\n\n \n\t\nb\r\n\r\n\r\nc')).toBe('a\n\nb\n\nc')
})

test('blanks around the text and at the ends of lines are removed, those inside stay', () => {
  expect(tidyLines('\n  \n a  b \t\n  c\n\n')).toBe('a  b\n  c')
})

test('a single line keeps no break and no double blank', () => {
  expect(singleLine('  Vedi\n\n l’ordine \t 7 ')).toBe('Vedi l’ordine 7')
})
