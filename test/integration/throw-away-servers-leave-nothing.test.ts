import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder } from '../support/make-folder.ts'
import { startNode } from '../support/start-node.ts'
import { waitUntil } from '../support/wait-until.ts'

const HOLDER = new URL('./embedded-process.ts', import.meta.url)

function makeTemporaryFolder(): string {
  const folder = join(makeFolder(), 'tmp')
  mkdirSync(folder)
  return folder
}

test('after a stop no file is left', async () => {
  const folder = makeTemporaryFolder()
  const holder = startNode(HOLDER, { env: { TMPDIR: folder } })
  await holder.waitForField('redisUrl')
  expect(readdirSync(folder)).toHaveLength(2)
  holder.kill('SIGINT')
  await holder.ended
  expect(readdirSync(folder)).toEqual([])
})

test('after a SIGKILL of their process no file is left either', async () => {
  const folder = makeTemporaryFolder()
  const holder = startNode(HOLDER, { env: { TMPDIR: folder } })
  await holder.waitForField('redisUrl')
  holder.kill('SIGKILL')
  await waitUntil(() => existsSync(folder) && readdirSync(folder).length === 0, { timeoutMs: 20_000 })
})
