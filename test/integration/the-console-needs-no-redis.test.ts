import { freePort } from '@postino/embedded'
import { expect, test } from 'vitest'
import { startNode } from '../support/start-node.ts'
import { waitUntil } from '../support/wait-until.ts'
import { createKey } from './ingest-under-test.ts'
import { createStage, type Stage } from './pipeline-under-test.ts'
import { createTemplateAuthor } from './template-author.ts'

const MAIN = new URL('../../apps/console/src/main.ts', import.meta.url)

/** A draft, its tester, and a console of its own to send it by. */
async function createScene(stage: Stage, env: Record<string, string>) {
  const tester = await stage.addPerson(await stage.addBot())
  const author = await createTemplateAuthor(stage)
  await author.makeTester(tester)
  const url = await author.draft('shipped', 'Draft')
  const { DATABASE_URL = '' } = stage.env
  const port = String(await freePort())
  const process = startNode(MAIN, {
    env: { DATABASE_URL, HOST: '127.0.0.1', PORT: port, HEALTH_PORT: '0', LOG_LEVEL: 'info', ...env },
  })
  await waitUntil(() => process.lines().some(({ msg }) => msg === 'service.ready'), { timeoutMs: 20_000 })
  const { headers } = await createKey(stage.database, stage.shopId, ['templates:write'])
  const body = JSON.stringify({ external_id: tester.externalId })
  const send = async () => {
    const init = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body }
    const response = await fetch(`http://127.0.0.1:${port}${url}/test`, init)
    expect(response.status).toBe(202)
  }
  return { tester, process, send }
}

test('[PASS-21] with a Redis a test is on its phone at once', async () => {
  const stage = await createStage()
  stage.startRenderer()
  stage.startSender()
  const { tester, send } = await createScene(stage, { REDIS_URL: stage.redisUrl })
  await send()
  await waitUntil(() => stage.textsOf(tester).includes('Draft'))
})

test('[PASS-21] while it is away a test is accepted as quickly, and the sweeper brings it', async () => {
  const stage = await createStage()
  stage.startRenderer()
  stage.startSender()
  const env = { REDIS_URL: `redis://127.0.0.1:${await freePort()}` }
  const { tester, process, send } = await createScene(stage, env)
  await send()
  expect(stage.textsOf(tester)).toEqual([])
  stage.startScheduler({ sweepSeconds: 1, forgottenSeconds: 1 })
  await waitUntil(() => stage.textsOf(tester).includes('Draft'))
  process.kill('SIGTERM')
  expect((await process.ended).code).toBe(0)
})
