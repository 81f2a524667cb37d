import { expect, test } from 'vitest'
import { createFileLine } from './file-line.ts'

/** Work that lasts until it is told to end. */
function createWork(enter: ReturnType<typeof createFileLine>) {
  const running: string[] = []
  const ends = new Map<string, () => void>()
  const all: Promise<unknown>[] = []
  return {
    running,
    add(owner: string, name: string) {
      const work = async () => {
        running.push(name)
        await new Promise<void>((resolve) => ends.set(name, resolve))
        running.splice(running.indexOf(name), 1)
      }
      all.push(enter(owner, work))
    },
    async end(name: string) {
      ends.get(name)?.()
      await new Promise(setImmediate)
    },
    ended: () => Promise.all(all),
  }
}

test('so many run at a time, and of one owner so many; who waits gets the first place it may have', async () => {
  const work = createWork(createFileLine({ places: 3, placesPerOwner: 2 }))
  for (const name of ['a1', 'a2', 'a3', 'b1', 'c1']) work.add(name.slice(0, 1), name)
  await new Promise(setImmediate)
  expect(work.running).toEqual(['a1', 'a2', 'b1'])
  await work.end('b1')
  // a3 is next in line, and its owner has its places.
  expect(work.running).toEqual(['a1', 'a2', 'c1'])
  await work.end('a1')
  expect(work.running).toEqual(['a2', 'c1', 'a3'])
  for (const name of ['a2', 'c1', 'a3']) await work.end(name)
  await work.ended()
})

test('work that fails leaves its place, and tells its caller', async () => {
  const enter = createFileLine({ places: 1, placesPerOwner: 1 })
  const failing = enter('a', () => Promise.reject(new Error('no disk')))
  await expect(failing).rejects.toThrow('no disk')
  expect(await enter('a', async () => 7)).toBe(7)
})
