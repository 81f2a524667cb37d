import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createKeyCheck } from './create-key-check.ts'

const KEY = { shopId: '1', scopes: [] }

function createScene() {
  const questions: {
    texts: readonly string[]
    answer: (...live: string[]) => void
    fail: (error: Error) => void
  }[] = []
  const check = createKeyCheck((texts) => {
    const { promise, resolve, reject } = Promise.withResolvers<Map<string, typeof KEY>>()
    const answer = (...live: string[]) => resolve(new Map(live.map((text) => [text, KEY])))
    questions.push({ texts, answer, fail: reject })
    return promise
  })
  return { check, questions, asked: () => questions.map(({ texts }) => texts) }
}

test('requests that come while keys are looked up share the next look-up, and never the running one', async () => {
  const { check, questions, asked } = createScene()
  const first = check('a')
  await nextTurn()
  const others = [check('a'), check('a'), check('b')]
  await nextTurn()
  expect(asked()).toEqual([['a']])
  questions[0]!.answer('a')
  expect(await first).toBe(KEY)
  await nextTurn()
  expect(asked()).toEqual([['a'], ['a', 'b']])
  // Revoked in between: whoever asked after that must see it.
  questions[1]!.answer('b')
  expect(await Promise.all(others)).toEqual([undefined, undefined, KEY])
})

test('nothing is remembered', async () => {
  const { check, questions } = createScene()
  const first = check('a')
  await nextTurn()
  questions[0]!.answer('a')
  await first
  const second = check('a')
  await nextTurn()
  questions[1]!.answer()
  expect(await second).toBeUndefined()
})

test('a look-up that fails, fails for those who asked, and the next one goes on', async () => {
  const { check, questions } = createScene()
  const first = check('a')
  await nextTurn()
  const second = check('b')
  questions[0]!.fail(new Error('away'))
  await expect(first).rejects.toThrow('away')
  await nextTurn()
  questions[1]!.answer('b')
  expect(await second).toBe(KEY)
})
