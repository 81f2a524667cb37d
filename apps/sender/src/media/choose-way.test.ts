import type { FileKnowledge } from '@postino/database'
import { MEDIA_TYPES, type MediaFile } from '@postino/domain'
import type { FileRemedy } from '@postino/telegram'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { chooseWay, UPLOAD_MAX_BYTES, uploadedAs, wayAfterRefusal, type Way } from './choose-way.ts'

const MEGABYTE = 1024 * 1024
const ALONE = { isAlbum: false }

function file(
  as: MediaFile['as'],
  change: { name?: string; mime?: string; sizeBytes?: number } = {},
): MediaFile {
  return { as, url: 'https://shop.example/a', name: 'a', ...change }
}

test.each<[string, MediaFile, Way]>([
  ['a photo', file('photo'), 'url'],
  ['a photo of 5 MB', file('photo', { sizeBytes: 5 * MEGABYTE }), 'url'],
  ['a larger photo', file('photo', { sizeBytes: 5 * MEGABYTE + 1 }), 'upload'],
  ['a photo of 10 MB', file('photo', { sizeBytes: 10 * MEGABYTE }), 'upload'],
  ['a still larger photo', file('photo', { sizeBytes: 10 * MEGABYTE + 1 }), 'document'],
  ['a photo beyond everything', file('photo', { sizeBytes: UPLOAD_MAX_BYTES + 1 }), 'link'],
  ['a video of 20 MB', file('video', { sizeBytes: 20 * MEGABYTE }), 'url'],
  ['a larger video', file('video', { sizeBytes: 20 * MEGABYTE + 1 }), 'upload'],
  ['an audio of unknown size', file('audio'), 'url'],
  ['an audio as large as an upload may be', file('audio', { sizeBytes: UPLOAD_MAX_BYTES }), 'upload'],
  ['an audio of one byte more', file('audio', { sizeBytes: UPLOAD_MAX_BYTES + 1 }), 'link'],
  ['a PDF by its name', file('document', { name: 'Invoice.PDF' }), 'url'],
  ['a PDF by its type', file('document', { name: 'invoice', mime: 'application/pdf; v=1' }), 'url'],
  ['a ZIP', file('document', { mime: 'application/zip' }), 'url'],
  ['a ZIP of more than 20 MB', file('document', { name: 'a.zip', sizeBytes: 21 * MEGABYTE }), 'upload'],
  ['another document', file('document', { name: 'list.csv' }), 'upload'],
  ['what only calls itself a PDF', file('document', { name: 'a.pdf', mime: 'text/html' }), 'upload'],
  ['an unknown document', file('document'), 'upload'],
  ['a file of Telegram’s own', { as: 'photo', fileId: 'AgAD' }, 'id'],
])('%s goes first by: %s', (_what, one, way) => expect(chooseWay(one, {}, ALONE)).toBe(way))

test.each<[string, FileKnowledge, boolean, Way]>([
  ['an id', { fileId: 'x', way: 'url' }, false, 'id'],
  ['an id of a document', { fileId: 'x', way: 'document' }, false, 'id'],
  ['an id of a document in an album of pictures', { fileId: 'x', way: 'document' }, true, 'link'],
  ['that Telegram cannot fetch it', { way: 'upload' }, false, 'upload'],
  ['that it is no picture', { way: 'document' }, false, 'document'],
  ['that it is no picture, in an album', { way: 'document' }, true, 'link'],
  ['that it is not to be had', { way: 'link' }, false, 'link'],
])('knowing %s', (_what, known, isAlbum, way) => {
  expect(chooseWay(file('photo'), known, { isAlbum })).toBe(way)
})

test('the true size of an upload counts, not the one that was told', () => {
  const way = (as: MediaFile['as'], sizeBytes: number, isAlbum = false) =>
    uploadedAs(file(as), { sizeBytes, way: 'upload', isAlbum })
  expect(way('photo', 10 * MEGABYTE)).toBe('upload')
  expect(way('photo', 10 * MEGABYTE + 1)).toBe('document')
  expect(way('photo', 10 * MEGABYTE + 1, true)).toBe('link')
  expect(way('video', UPLOAD_MAX_BYTES)).toBe('upload')
  expect(way('video', UPLOAD_MAX_BYTES + 1)).toBe('link')
})

const REMEDIES = Object.keys({
  upload: true,
  forget_file_id: true,
  send_as_document: true,
  another_way: true,
  send_as_link: true,
} satisfies Record<FileRemedy, true>) as FileRemedy[]

test('whatever Telegram answers, a file takes each way once at most and ends as a link', () => {
  const anyFile = fc.oneof(
    fc.record({
      as: fc.constantFrom(...MEDIA_TYPES),
      url: fc.constant('https://shop.example/a'),
      name: fc.constantFrom('a.pdf', 'a.csv', 'a'),
      sizeBytes: fc.option(fc.integer({ min: 0, max: 60 * MEGABYTE }), { nil: undefined }),
    }),
    fc.record({ as: fc.constantFrom(...MEDIA_TYPES), fileId: fc.constant('AgAD') }),
  )
  const anyKnown = fc.record({
    fileId: fc.option(fc.constant('AgAD'), { nil: undefined }),
    way: fc.option(fc.constantFrom('url', 'upload', 'document', 'link'), { nil: undefined }),
  })
  const answers = fc.array(fc.constantFrom(...REMEDIES), { minLength: 6, maxLength: 6 })
  fc.assert(
    fc.property(anyFile, anyKnown, answers, fc.boolean(), (one, knownFirst, remedies, isAlbum) => {
      const taken: Way[] = []
      let known: FileKnowledge = knownFirst
      for (const remedy of remedies) {
        const way = chooseWay(one, known, { isAlbum })
        taken.push(way)
        if (way === 'link') break
        known = wayAfterRefusal({ file: one, known, way }, remedy, { isAlbum })
      }
      expect(taken.at(-1)).toBe('link')
      expect(new Set(taken).size).toBe(taken.length)
    }),
  )
})
