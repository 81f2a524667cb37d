import { expect, test } from 'vitest'
import { normalisePhone } from './phone-number.ts'

test.each([
  ['+393471234567', '+393471234567'],
  ['393471234567', '+393471234567'],
  ['+39 347 123-45-67', '+393471234567'],
  ['(380) 44.1234567', '+380441234567'],
])('%s is %s', (given, phone) => expect(normalisePhone(given)).toBe(phone))

test.each([
  '',
  '+',
  '++393471234567',
  '0393471234567',
  '+39347',
  '1'.repeat(16),
  '+39x471234567',
  '٣٩٣٤٧١٢٣٤٥٦٧',
])('%j is no number', (given) => expect(normalisePhone(given)).toBeUndefined())
