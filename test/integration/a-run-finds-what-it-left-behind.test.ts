import { expect, test } from 'vitest'
import { startNode } from '../support/start-node.ts'
import { watchProcesses } from '../support/process-watch.ts'

test('a process that outlives the one that started it, in a session of its own, is found', async () => {
  const watch = watchProcesses()
  const parent = startNode(new URL('./leaking-process.ts', import.meta.url))
  const { leftPid } = await parent.waitForField('leftPid')
  watch.sample()
  parent.kill('SIGKILL')
  await parent.ended
  const left = await watch.findLeftovers(0)
  process.kill(Number(leftPid), 'SIGKILL')
  expect(left.map((found) => found.pid)).toContain(leftPid)
})
