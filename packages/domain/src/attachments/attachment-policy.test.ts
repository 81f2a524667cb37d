import { expect, test } from 'vitest'
import { attachmentPolicySchema, DEFAULT_ATTACHMENT_POLICY } from './attachment-policy.ts'
import { MAX_FILE_BYTES } from './telegram-file-limits.ts'

test('a shop may write its own table, up to what Telegram takes', () => {
  const table = { pdf: 1, '7z': 0, docx: MAX_FILE_BYTES }
  expect(attachmentPolicySchema.parse(table)).toEqual(table)
  expect(attachmentPolicySchema.parse(DEFAULT_ATTACHMENT_POLICY)).toEqual(DEFAULT_ATTACHMENT_POLICY)
  expect(attachmentPolicySchema.parse({})).toEqual({})
})

test.each([
  { '.pdf': 1 },
  { PDF: 1 },
  { 'application/pdf': 1 },
  { 12: 1 },
  { '': 1 },
  { elevenchars: 1 },
  { pdf: -1 },
  { pdf: 1.5 },
  { pdf: '5 MB' },
  { pdf: null },
  { pdf: MAX_FILE_BYTES + 1 },
  Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`a${index}`, 1])),
  ['pdf'],
  'pdf',
  7,
])('%j is no table', (table) => {
  expect(attachmentPolicySchema.safeParse(table).success).toBe(false)
})
