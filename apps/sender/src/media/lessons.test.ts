import type { FileKnowledge } from '@postino/database'
import type { MediaFile } from '@postino/domain'
import { expect, test } from 'vitest'
import type { Answer } from '../call/call-telegram.ts'
import type { Way } from './choose-way.ts'
import { fileKeyOf } from './file-key.ts'
import { lessonsOf } from './lessons.ts'
import type { RoutedFile } from './ready-message.ts'

const BOT = { shopId: '1', botId: '2' }
const DESCRIPTION = 'Bad Request: something about a file'
const FIRST = { attempts: 0 }

function part(
  way: Way,
  name = 'a.jpg',
  as: MediaFile['as'] = 'photo',
  known: FileKnowledge = {},
): RoutedFile {
  const file = { as, url: `https://${name}`, name }
  return { file, way, known, key: fileKeyOf(BOT, file), knownAtMs: 0 }
}

function refused(change: Partial<Extract<Answer, { status: 'refused' }>>): Answer {
  return { status: 'refused', reason: 'content_refused', description: DESCRIPTION, ...change }
}

/** What is learned of which parts, by their place. */
function learned(answer: Answer, parts: RoutedFile[], message = FIRST): Record<number, FileKnowledge> {
  const lessons = lessonsOf(answer, parts, message)
  return Object.fromEntries(
    lessons.map(({ fileId, way, addressHash }) => [
      parts.findIndex(({ key }) => key.addressHash === addressHash),
      { ...(fileId !== undefined && { fileId }), ...(way !== undefined && { way }) },
    ]),
  )
}

test('what arrived is kept by the ids Telegram gave, with the way it came', () => {
  const parts = [
    part('url', 'a.jpg'),
    part('upload', 'b.jpg'),
    part('id', 'c.jpg'),
    part('document', 'd.jpg'),
  ]
  const sent: Answer = { status: 'sent', telegramMessageId: 1, fileIds: ['A', 'B', 'C', undefined] }
  expect(learned(sent, parts)).toEqual({ 0: { fileId: 'A', way: 'url' }, 1: { fileId: 'B', way: 'upload' } })
  // As no Telegram writes them.
  expect(learned({ ...sent, fileIds: ['\0', 'x'.repeat(300)] }, parts)).toEqual({})
})

test('the file that Telegram names goes on alone', () => {
  const parts = [part('url', 'a.example/1'), part('url', 'b.example/1'), part('upload', 'c.example/1')]
  expect(learned(refused({ remedy: 'another_way', fileIndex: 1 }), parts)).toEqual({ 1: { way: 'upload' } })
  expect(learned(refused({ remedy: 'send_as_document', fileIndex: 2 }), parts)).toEqual({
    2: { way: 'link' },
  })
})

test('what Telegram cannot fetch from a host it is not asked for there again', () => {
  const parts = [part('url', 'a.example/1'), part('url', 'b.example/1'), part('url', 'a.example/2')]
  expect(learned(refused({ remedy: 'upload', fileIndex: 0 }), parts)).toEqual({
    0: { way: 'upload' },
    2: { way: 'upload' },
  })
})

test('where Telegram names none, those go on to whom its answer can apply', () => {
  const byId = { fileId: 'x', way: 'url' } as const
  const parts = [
    part('id', 'a.mp4', 'video', byId),
    part('url', 'b.mp4', 'video'),
    part('upload', 'c.jpg', 'photo'),
  ]
  expect(learned(refused({ remedy: 'forget_file_id' }), parts)).toEqual({ 0: { way: 'url' } })
  expect(learned(refused({ remedy: 'upload' }), parts)).toEqual({ 1: { way: 'upload' } })
  expect(learned(refused({ remedy: 'send_as_document' }), parts)).toEqual({ 2: { way: 'link' } })
  expect(learned(refused({ remedy: 'another_way' }), parts)).toEqual({
    0: { way: 'url' },
    1: { way: 'upload' },
    2: { way: 'link' },
  })
  // None it can apply to: then all of them.
  expect(learned(refused({ remedy: 'forget_file_id' }), parts.slice(1))).toEqual({
    0: { way: 'upload' },
    1: { way: 'link' },
  })
})

test('a refusal nobody knows is taken for one of the files, one of the text or the chat is not', () => {
  const parts = [part('url')]
  expect(learned(refused({ reason: 'refused_by_telegram' }), parts)).toEqual({ 0: { way: 'link' } })
  expect(learned(refused({ reason: 'content_refused' }), parts)).toEqual({})
  expect(learned(refused({ reason: 'no_rights' }), parts)).toEqual({})
  expect(learned(refused({ reason: 'refused_by_telegram' }), [])).toEqual({})
})

test('an upload that is lost three times is given up, a file that goes otherwise is not', () => {
  const lost: Answer = { status: 'not_sent', description: DESCRIPTION }
  const parts = [part('upload', 'a.jpg'), part('url', 'b.jpg')]
  expect(learned(lost, parts, { attempts: 1 })).toEqual({})
  expect(learned(lost, parts, { attempts: 2 })).toEqual({ 0: { way: 'link' } })
})

test.each<Answer>([
  { status: 'flooded', retryAfterSeconds: 3, description: '' },
  { status: 'unreachable', reason: 'bot_blocked', description: '' },
  { status: 'migrated', chatId: '-1', description: '' },
  { status: 'bot_broken', reason: 'token_refused', description: '' },
  { status: 'unknown', reason: 'timed_out', description: '' },
])('$status teaches nothing about files', (answer) => {
  expect(lessonsOf(answer, [part('url'), part('upload')], { attempts: 9 })).toEqual([])
})
