import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { ImportRefused } from '../import-refused.ts'
import { readRegistrations } from './read-registrations.ts'

const NOW_MS = Date.UTC(2026, 10, 21)
const HEADER = 'chat_id,external_id,purposes,date,source,wording,version,locale,reference'
const WORDS = 'We write to you on Telegram about your orders.'

async function read(lines: string[], header = HEADER) {
  const values = []
  const issues = []
  for await (const batch of readRegistrations(Readable.from([[header, ...lines].join('\n')]), NOW_MS)) {
    values.push(...batch.values)
    issues.push(...batch.issues)
  }
  return { values, issues: issues.map(({ line, column, code }) => `${line} ${column ?? '-'} ${code}`) }
}

async function refusal(header: string): Promise<string> {
  const refused = await read(['1'], header).catch((error: unknown) => error)
  return refused instanceof ImportRefused ? `${refused.code}: ${refused.message}` : 'not refused'
}

test('[CM-3] a line with its whole proof is taken, with the words that were shown or a version of them', async () => {
  const { values, issues } = await read([
    `77,c-1,order_updates; documents,01/03/2026 14:30,Checkout,${WORDS},,,form 12`,
    '78,,order_updates,2026-03-01T14:30:00+02:00,web-form,,2,it-IT,form 13',
  ])
  expect(issues).toEqual([])
  expect(values).toEqual([
    {
      line: 2,
      chatId: '77',
      externalId: 'c-1',
      purposes: ['order_updates', 'documents'],
      obtainedAt: '2026-03-01T14:30:00.000Z',
      source: 'checkout',
      wording: { text: WORDS },
      reference: 'form 12',
    },
    {
      line: 3,
      chatId: '78',
      locale: 'it',
      purposes: ['order_updates'],
      obtainedAt: '2026-03-01T12:30:00.000Z',
      source: 'web_form',
      wording: { version: 2, locale: 'it' },
      reference: 'form 13',
    },
  ])
})

const WHOLE = {
  chat_id: '77',
  external_id: 'c-1',
  purposes: 'order_updates',
  date: '2026-03-01',
  source: 'checkout',
  wording: WORDS,
  version: '',
  locale: '',
  reference: 'form 12',
}

test.each(['chat_id', 'purposes', 'date', 'source', 'wording', 'reference'])(
  '[CM-3] a line without its %s is refused',
  async (column) => {
    const { values, issues } = await read([Object.values({ ...WHOLE, [column]: ' ' }).join(',')])
    expect(values).toEqual([])
    expect(issues).toEqual([`2 ${column} missing`])
  },
)

test.each([
  ['chat_id', '-100123', 'invalid_chat_id'],
  ['chat_id', '@giulia', 'invalid_chat_id'],
  ['chat_id', '9'.repeat(16), 'invalid_chat_id'],
  ['external_id', 'two words', 'invalid_id'],
  ['purposes', 'order_updates spam', 'invalid_purpose'],
  ['date', '2026-11-22', 'invalid_time'],
  ['date', '31/02/2026', 'invalid_time'],
  ['date', 'last year', 'invalid_time'],
  ['source', 'import_proof', 'invalid_source'],
  ['source', 'a friend', 'invalid_source'],
  ['wording', 'ok', 'invalid_wording'],
])('[CM-3] a line whose %s is %s is refused', async (column, text, code) => {
  const { values, issues } = await read([Object.values({ ...WHOLE, [column]: text }).join(',')])
  expect(values).toEqual([])
  expect(issues).toEqual([`2 ${column} ${code}`])
})

test('[CM-3] a file that has no column for a part of the proof is refused before anything', async () => {
  const columns = ['chat_id', 'purposes', 'date', 'source', 'wording', 'reference']
  for (const missing of columns) {
    const header = columns.filter((column) => column !== missing).join(',')
    expect(await refusal(header)).toMatch(/^column_missing: /)
  }
})
