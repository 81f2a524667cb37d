import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { cleanText } from './clean-text.ts'
import type { MessageEntity } from './entity.ts'
import { findEntities } from './find-entities.ts'
import { fixEntities } from './merge-entities.ts'
import { parseHtml } from './parse-html.ts'
import { parseMarkdownV2 } from './parse-markdown-v2.ts'
import { parseMarkdown } from './parse-markdown.ts'

// Each line is what TDLib 1.8.65 answered (parseTextEntities, getTextEntities, parseMarkdown over entities), with
// entities spelled as in the Bot API.
type Recorded = { mode: string; source: string; entities?: MessageEntity[]; answer: unknown }

const recorded = readFileSync(new URL('recorded-tdlib-answers.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map(readLine)

function readLine(line: string): Recorded {
  const value: Recorded = JSON.parse(line)
  return value
}

function answerOf({ mode, source, entities = [] }: Recorded): unknown {
  if (mode === 'html') return parseHtml(source)
  if (mode === 'markdownv2') return parseMarkdownV2(source)
  if (mode === 'markdown') return parseMarkdown(source)
  if (mode === 'find') return findEntities(source)
  const cleaned = cleanText(source, fixEntities(entities))
  return cleaned.status === 'refused' ? cleaned : { ...cleaned, entities: fixEntities(cleaned.entities) }
}

test.for(recorded)('answers as TDLib does: $mode $source', (line) => {
  expect(answerOf(line)).toEqual(line.answer)
})

test('the record holds every kind of answer', () => {
  const modes = new Set(recorded.map(({ mode }) => mode))
  expect([...modes].toSorted()).toEqual(['find', 'fix', 'html', 'markdown', 'markdownv2'])
})
