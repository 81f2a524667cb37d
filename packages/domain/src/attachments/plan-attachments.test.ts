import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { MAX_MEDIA, MEDIA_TYPES } from '../content.ts'
import { DEFAULT_ATTACHMENT_POLICY } from './attachment-policy.ts'
import { planAttachments, type FileToPlace } from './plan-attachments.ts'

function file(name: string, sizeBytes?: number): FileToPlace {
  return { type: 'auto', url: `https://shop.example/${name}`, name, sizeBytes }
}

/** `photo a.jpg` for what goes with the message, `a.exe type` for a link, or why nothing does. */
function plan(...files: FileToPlace[]): string[] {
  const planned = planAttachments(files, DEFAULT_ATTACHMENT_POLICY)
  if (planned.status === 'impossible') return [planned.detail]
  return [
    ...planned.media.map((one) => `${one.as} ${'fileId' in one ? one.fileId : one.name}`),
    ...planned.links.map(({ name, reason }) => `${name} ${reason}`),
  ]
}

test('the first file that goes with the message decides what stands beside it', () => {
  const all = ['a.jpg', 'b.mp4', 'c.pdf', 'd.mp3'].map((name) => file(name))
  expect(plan(...all)).toEqual(['photo a.jpg', 'video b.mp4', 'c.pdf album', 'd.mp3 album'])
  expect(plan(...all.toReversed())).toEqual(['audio d.mp3', 'c.pdf album', 'b.mp4 album', 'a.jpg album'])
  expect(plan(file('x.exe'), file('big.jpg', 2 ** 40), file('c.pdf'), file('a.jpg'), file('e.zip'))).toEqual([
    'document c.pdf',
    'document e.zip',
    'x.exe type',
    'big.jpg size',
    'a.jpg album',
  ])
})

test('a file Telegram keeps goes as what it is, whatever the shop attaches', () => {
  expect(planAttachments([{ type: 'video', fileId: 'BAAC' }], {})).toEqual({
    status: 'planned',
    media: [{ as: 'video', fileId: 'BAAC' }],
    links: [],
  })
})

test('a kept file that cannot stand beside the first one is named, as it cannot be a link', () => {
  const kept: FileToPlace = { type: 'document', fileId: 'BQAC' }
  expect(plan(file('a.jpg'), kept)).toEqual([
    'File 2: Telegram shows no document beside a photo, and a file without an address cannot go as a link',
  ])
  expect(plan(kept, file('a.jpg'))).toEqual(['document BQAC', 'a.jpg album'])
})

test('every file is placed once, and an album holds what Telegram mixes', () => {
  const offered = fc
    .constantFrom('a.jpg', 'b.mp4', 'c.pdf', 'd.mp3', 'e.exe', 'f.gif')
    .map((name) => file(name))
  const kept = fc.constantFrom(...MEDIA_TYPES).map((type) => ({ type, fileId: 'x' }))
  fc.assert(
    fc.property(fc.array(fc.oneof(offered, kept), { maxLength: MAX_MEDIA }), (files) => {
      const planned = planAttachments(files, DEFAULT_ATTACHMENT_POLICY)
      if (planned.status === 'impossible') {
        expect(files.some((one) => 'fileId' in one)).toBe(true)
        return
      }
      const { media, links } = planned
      expect(media.length + links.length).toBe(files.length)
      const kinds = new Set(media.map(({ as }) => (as === 'video' ? 'photo' : as)))
      expect(kinds.size).toBeLessThanOrEqual(1)
    }),
  )
})
