import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createKeyCheck } from './create-key-check.ts'

const KEY = { shopId: '1', scopes: [] }

function createScene() {
  const questions: {
    text: string
    answer: (key: typeof KEY | undefined) => void
    fail: (error: Error) => void
  }[] = []
  const check = createKeyCheck((text) => {
    const { promise, resolve, reject } = Promise.withResolvers<typeof KEY | undefined>()
    questions.push({ text, answer: resolve, fail: reject })
    return promise
  })
  return { check, questions }
}

test('requests that come while a key is looked up share the next look-up, and never the running one', async () => {
  const { check, questions } = createScene()
  const first = check('a')
  const others = [check('a'), check('a'), check('b')]
  expect(questions.map(({ text }) => text)).toEqual(['a', 'b'])
  questions[0]!.answer(KEY)
  expect(await first).toBe(KEY)
  await nextTurn()
  expect(questions.map(({ text }) => text)).toEqual(['a', 'b', 'a'])
  // Revoked in between: whoever asked after that must see it.
  questions[2]!.answer(undefined)
  questions[1]!.answer(KEY)
  expect(await Promise.all(others)).toEqual([undefined, undefined, KEY])
})

test('nothing is remembered', async () => {
  const { check, questions } = createScene()
  const first = check('a')
  questions[0]!.answer(KEY)
  await first
  await nextTurn()
  const second = check('a')
  questions[1]!.answer(undefined)
  expect(await second).toBeUndefined()
})

test('a look-up that fails, fails for those who asked, and the next one goes on', async () => {
  const { check, questions } = createScene()
  const first = check('a')
  const second = check('a')
  questions[0]!.fail(new Error('away'))
  await expect(first).rejects.toThrow('away')
  await nextTurn()
  questions[1]!.answer(KEY)
  expect(await second).toBe(KEY)
})
