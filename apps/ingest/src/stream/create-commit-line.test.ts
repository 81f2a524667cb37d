import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createCommitLine } from './create-commit-line.ts'
import type { StreamEntry } from './stream-entry.ts'

function createScene() {
  const commits: { ids: string[]; end: () => void }[] = []
  const line = createCommitLine({
    commit(entries) {
      const { promise, resolve } = Promise.withResolvers<void>()
      commits.push({ ids: entries.map(({ shop, id }) => `${shop.slug}${id}`), end: resolve })
      return promise
    },
    maxEntriesPerCommit: 4,
    maxWaiting: { entries: 6, bytes: 1_000 },
  })
  const add = (slug: string, from: number, to: number) =>
    line.add(
      Array.from({ length: to - from }, (_, index): StreamEntry => ({
        shop: { shopId: '1', slug },
        id: String(from + index),
        bytes: Buffer.alloc(1),
        read: { status: 'invalid', issues: [] },
      })),
    )
  return { line, commits, add }
}

test('the entries of a stream are committed in its order: what follows waits for what is under way', async () => {
  const { line, commits, add } = createScene()
  add('a', 0, 6)
  expect(commits.map(({ ids }) => ids)).toEqual([['a0', 'a1', 'a2', 'a3']])
  commits[0]!.end()
  await nextTurn()
  expect(commits[1]!.ids).toEqual(['a4', 'a5'])
  commits[1]!.end()
  await line.idle()
  expect(line.has('a')).toBe(false)
})

test('a long stream holds up nobody: two commits go at a time, and each stream has its share of them', async () => {
  const { commits, add } = createScene()
  add('a', 0, 12)
  add('b', 0, 1)
  expect(commits.map(({ ids }) => ids)).toEqual([['a0', 'a1', 'a2', 'a3'], ['b0']])
  add('c', 0, 8)
  add('d', 0, 1)
  commits[0]!.end()
  await nextTurn()
  expect(commits[2]!.ids).toEqual(['a4', 'c0', 'd0', 'a5'])
})

test('there is room until so much waits, and again when it was committed', async () => {
  const { line, commits, add } = createScene()
  await line.room()
  add('a', 0, 7)
  let hasRoom = false
  const room = line.room().then(() => (hasRoom = true))
  await nextTurn()
  expect(hasRoom).toBe(false)
  commits[0]!.end()
  await room
})
