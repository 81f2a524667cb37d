import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFileId, createUniqueId, parseFileId, serialOfUniqueId } from './file-id.ts'
import { createFileStore } from './file-store.ts'
import type { MediaKind } from './stored-file.ts'

function fileOf(kind: MediaKind) {
  return createFileStore(1000).add({
    kind,
    sizeBytes: 5,
    fileName: 'a',
    mimeType: 'x/y',
    width: 100,
    height: 50,
  })
}

test.each([
  ['photo', 'AgAC'],
  ['document', 'BQAC'],
  ['video', 'BAAC'],
  ['audio', 'CQAC'],
  ['animation', 'CgAC'],
] as const)('the id of a %s begins with %s and tells its kind, file and bot', (kind, beginning) => {
  const file = fileOf(kind)
  const id = createFileId(file, 7_000_001)
  expect(id.startsWith(beginning)).toBe(true)
  expect(parseFileId(id)).toEqual({ status: 'parsed', kind, serial: file.serial, botId: 7_000_001 })
})

test('an id that was tampered with is refused', () => {
  const id = createFileId(fileOf('photo'), 7_000_001)
  fc.assert(
    fc.property(fc.nat(id.length - 1), fc.constantFrom('A', 'z', '7', '_'), (at, letter) => {
      fc.pre(id[at] !== letter)
      expect(parseFileId(id.slice(0, at) + letter + id.slice(at + 1)).status).toBe('refused')
    }),
  )
})

test('the unique id is the same for every bot and leads back to the file', () => {
  const file = fileOf('document')
  expect(serialOfUniqueId(createUniqueId(file))).toBe(file.serial)
  expect(serialOfUniqueId('nonsense')).toBeUndefined()
})
