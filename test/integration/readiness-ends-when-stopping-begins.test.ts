import { expect, test } from 'vitest'
import { startTrialService, waitForHealth } from '../support/start-trial-service.ts'
import { waitUntil } from '../support/wait-until.ts'

async function ask(url: string): Promise<{ status: number; body: string }> {
  const response = await fetch(url)
  return { status: response.status, body: await response.text() }
}

test('a service is ready after its start, and not from the first moment of its stopping, while it lives on', async () => {
  const service = startTrialService({ TRIAL_FAILURE: 'hanging_close', SHUTDOWN_TIMEOUT_SECONDS: '20' })
  const health = await waitForHealth(service)
  expect(await ask(`${health}/readyz`)).toMatchObject({ status: 200 })
  service.kill('SIGTERM')
  await waitUntil(() => service.stdout().includes('service.stopping'))
  const { status, body } = await ask(`${health}/readyz`)
  expect({ status, report: JSON.parse(body) }).toEqual({
    status: 503,
    report: { status: 'stopping', failing: [] },
  })
  expect(await ask(`${health}/livez`)).toMatchObject({ status: 200 })
})

test('a service that still waits for a peer lives and is not ready', async () => {
  const service = startTrialService({ TRIAL_FAILURE: 'missing_peer' })
  const { port } = await service.waitForField('port')
  const health = `http://127.0.0.1:${Number(port)}`
  const { status, body } = await ask(`${health}/readyz`)
  expect({ status, report: JSON.parse(body) }).toEqual({
    status: 503,
    report: { status: 'starting', failing: [] },
  })
  expect(await ask(`${health}/livez`)).toMatchObject({ status: 200 })
  expect((await ask(`${health}/metrics`)).body).toContain('postino_build_info{app="trial"')
  expect(await ask(`${health}/`)).toMatchObject({ status: 404 })
})
