import { expect, test } from 'vitest'
import { startNode } from '../support/start-node.ts'

test('Ctrl-C, sent to the whole group, does not end the servers before the process that uses them', async () => {
  const holder = startNode(new URL('./embedded-process.ts', import.meta.url))
  await holder.waitForField('redisUrl')
  holder.killGroup('SIGINT')
  await holder.waitForField('ended')
  expect(await holder.ended).toEqual({ code: 0, signal: null })
  expect(holder.stderr()).toBe('')
})
