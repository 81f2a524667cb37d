import { readFileSync } from 'node:fs'
import { checkHtml } from '@postino/templates'
import { visibleLength } from '@postino/telegram'
import { expect, test } from 'vitest'
import { STRICTER_ON_PURPOSE } from '../differential/reasons.ts'

interface Recorded {
  mode: string
  source: string
  answer: { status: 'parsed'; text: string } | { status: 'refused' }
}

/** Answers of Telegram's own library; see test/differential. */
const RECORD = new URL('../../packages/emulator/src/html/recorded-tdlib-answers.jsonl', import.meta.url)
const recorded = readFileSync(RECORD, 'utf8')
  .trimEnd()
  .split('\n')
  .map(readLine)
  .filter(({ mode }) => mode === 'html')

function readLine(line: string): Recorded {
  return JSON.parse(line)
}

test('markup we take Telegram took, and saw the same text', () => {
  let taken = 0
  for (const { source, answer } of recorded) {
    const check = checkHtml(source)
    if (check.status === 'invalid') continue
    taken += 1
    expect(answer).toMatchObject({ status: 'parsed', text: check.text })
    expect(visibleLength(source)).toBe(check.text.length)
  }
  expect(taken).toBeGreaterThan(50)
})

test('what we refuse though Telegram took it has its reason', () => {
  const met = new Set<string>()
  for (const { source, answer } of recorded) {
    const check = checkHtml(source)
    if (check.status === 'valid' || answer.status === 'refused') continue
    const known = STRICTER_ON_PURPOSE.find(({ detail }) => detail.test(check.detail))
    expect(known, `${check.detail}: ${source}`).toBeDefined()
    met.add(known?.reason ?? '')
  }
  expect(met.size).toBe(STRICTER_ON_PURPOSE.length)
})
