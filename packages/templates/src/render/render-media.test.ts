import type { TemplateContent } from '@postino/domain'
import { expect, test } from 'vitest'
import { createRenderer } from './render-message.ts'

const render = createRenderer()

const READER = {
  kind: 'file.uploaded',
  locale: 'it-IT',
  timeZone: 'Europe/Rome',
  nowMs: Date.parse('2026-11-21T09:00:00Z'),
}
const FILE = {
  name: 'Disegno.pdf',
  size: 482_133,
  mime: 'application/pdf',
  url: 'https://shop.example/f?x=1&y',
}
const SOURCE = {
  type: 'auto',
  url: '{{ file.url | default("") }}',
  name: '{{ file.name | default("") }}',
  mime: '{{ file.mime | default("") }}',
  size: '{{ file.size | default("") }}',
} as const

function renderContent(change: Partial<TemplateContent>, data: Record<string, unknown> = { file: FILE }) {
  return render({ text: 'a', buttons: [], silent: false, ...change }, { ...READER, data })
}

function mediaOf(media: TemplateContent['media'], data?: Record<string, unknown>) {
  const result = renderContent({ media }, data)
  if (result.status === 'failed') throw new Error(result.detail)
  return result.content.media
}

test('what an event tells of a file is told as it is', () => {
  expect(mediaOf([SOURCE, { ...SOURCE, type: 'photo' }])).toEqual([
    { type: 'auto', url: FILE.url, name: FILE.name, mime: FILE.mime, sizeBytes: FILE.size },
    { type: 'photo', url: FILE.url, name: FILE.name, mime: FILE.mime, sizeBytes: FILE.size },
  ])
})

test('what an event does not tell of a file is not known', () => {
  expect(mediaOf([SOURCE], { file: { url: FILE.url } })).toEqual([{ type: 'auto', url: FILE.url }])
  expect(mediaOf([{ type: 'auto', url: '{{ file.url }}' }])).toEqual([{ type: 'auto', url: FILE.url }])
})

test('a file whose address comes out empty is left out', () => {
  const second = { type: 'auto', url: 'https://shop.example/b.zip' } as const
  expect(mediaOf([SOURCE, second], { file: { name: 'a' } })).toEqual([second])
  expect(mediaOf([SOURCE], {})).toEqual([])
  expect(mediaOf(undefined)).toEqual([])
})

test('a file Telegram keeps is told by its id alone', () => {
  expect(mediaOf([{ type: 'photo', file_id: 'AgAC{{' }])).toEqual([{ type: 'photo', fileId: 'AgAC{{' }])
})

test('a name is plain text on one line', () => {
  expect(mediaOf([SOURCE], { file: { ...FILE, name: ' A<b>\n\u202e"&{{ x }} ' } })).toMatchObject([
    { name: 'A<b> "&{{ x }}' },
  ])
})

test.each([
  ['url', '{{ file.nothing }}', '.file.nothing. does not exist'],
  ['url', 'javascript:alert(1)', 'does not begin with https://'],
  ['url', 'file:///etc/passwd', 'does not begin with https://'],
  ['url', 'https://bank.example@evil.example', 'user name'],
  ['url', 'https://shop.example/{{ file.name }} x', 'blank'],
  ['name', '{{ file.nothing }}', '.file.nothing. does not exist'],
  ['size', '{{ file.size | file_size }}', 'its size is not a whole number of bytes'],
  ['size', '-1', 'its size is not a whole number of bytes'],
  ['size', '1.5', 'its size is not a whole number of bytes'],
  ['size', '1e3', 'its size is not a whole number of bytes'],
])('a file with the %s %s fails the message and is named', (part, source, detail) => {
  const result = renderContent({ media: [SOURCE, { ...SOURCE, [part]: source }] })
  expect(result).toMatchObject({
    status: 'failed',
    reason: 'template_failed',
    detail: expect.stringMatching(new RegExp(`^File 2: .*${detail}`)),
  })
  expect(JSON.stringify(result)).not.toContain(FILE.name)
})

test('protection is off until a template wants it', () => {
  expect(renderContent({})).toMatchObject({ content: { protect: false } })
  expect(renderContent({ protect: true })).toMatchObject({ content: { protect: true } })
})

test('a stored template with several files and a button that acts fails with a sentence for the shop', () => {
  const buttons = [[{ text: 'Ritiro', action: 'confirm_pickup' }]]
  expect(renderContent({ media: [SOURCE], buttons })).toMatchObject({ status: 'rendered' })
  expect(renderContent({ media: [SOURCE, SOURCE], buttons })).toMatchObject({
    status: 'failed',
    reason: 'template_failed',
    detail:
      'a message with a button that acts or copies takes one file: Telegram shows no buttons under several',
  })
})
