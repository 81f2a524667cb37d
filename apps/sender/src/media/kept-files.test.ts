import type { TemporaryFile } from '@postino/outgoing'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createKeptFiles } from './kept-files.ts'

let gone: string[]
let errors: unknown[]

beforeEach(() => {
  vi.useFakeTimers()
  gone = []
  errors = []
})

afterEach(() => {
  vi.useRealTimers()
})

function fileOf(name: string, sizeBytes = 10): { file: TemporaryFile; contentType: undefined } {
  const file: TemporaryFile = {
    sizeBytes,
    read: async function* () {},
    [Symbol.asyncDispose]: async () => void gone.push(name),
  }
  return { file, contentType: undefined }
}

const create = (maxBytes = 100) => createKeptFiles({ maxBytes, onError: (error) => errors.push(error) })

test('a file is kept for a minute', () => {
  const kept = create()
  kept.keep('a', fileOf('a'))
  vi.advanceTimersByTime(59_000)
  expect(kept.find('a')).toMatchObject({ sizeBytes: 10 })
  vi.advanceTimersByTime(1_000)
  expect(kept.find('a')).toBeUndefined()
  expect(gone).toEqual(['a'])
})

test('a file that is read stays on disk until its last reader has ended', () => {
  const kept = create()
  kept.keep('a', fileOf('a'))
  const ends = [kept.use('a'), kept.use('a')]
  vi.advanceTimersByTime(60_000)
  expect(kept.find('a')).toBeUndefined()
  ends[0]?.(false)
  expect(gone).toEqual([])
  ends[1]?.(false)
  expect(gone).toEqual(['a'])
})

test('a file nobody needs any more goes at once, after a use that was not the last it stays', () => {
  const kept = create()
  kept.keep('a', fileOf('a'))
  kept.use('a')(false)
  expect(gone).toEqual([])
  const reading = kept.use('a')
  kept.use('a')(true)
  expect([kept.find('a'), gone]).toEqual([undefined, []])
  reading(true)
  expect(gone).toEqual(['a'])
})

test('when there are too many bytes the oldest go, the newest never', () => {
  const kept = create(100)
  for (const name of ['a', 'b', 'c']) kept.keep(name, fileOf(name, 40))
  expect(gone).toEqual(['a'])
  kept.keep('d', fileOf('d', 500))
  expect(gone).toEqual(['a', 'b', 'c'])
  expect(kept.find('d')).toMatchObject({ sizeBytes: 500 })
})

test('when there are too many files the oldest go', () => {
  const kept = create(1_000_000)
  for (let index = 0; index < 205; index++) kept.keep(String(index), fileOf(String(index)))
  expect(gone).toEqual(['0', '1', '2', '3', '4'])
})

test('a file that is fetched again takes the place of the one before', () => {
  const kept = create()
  kept.keep('a', fileOf('old'))
  kept.keep('a', fileOf('new'))
  expect(gone).toEqual(['old'])
  kept.letGoOfAll()
  expect(gone).toEqual(['old', 'new'])
  expect(vi.getTimerCount()).toBe(0)
})

test('a disk that does not let go is told', async () => {
  const kept = create()
  const { file } = fileOf('a')
  const stuck = { ...file, [Symbol.asyncDispose]: () => Promise.reject(new Error('stuck')) }
  kept.keep('a', { file: stuck, contentType: undefined })
  kept.letGoOfAll()
  await vi.advanceTimersByTimeAsync(0)
  expect(errors).toMatchObject([{ message: 'stuck' }])
})
