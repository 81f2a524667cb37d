import { request } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { createLogger } from '../log/create-logger.ts'
import { createMetrics } from '../metrics/create-metrics.ts'
import { createReadiness } from './readiness.ts'
import { startHealthServer } from './health-server.ts'

async function start() {
  const logger = createLogger({ name: 'trial', level: 'silent' })
  const readiness = createReadiness({ logger, nowMs: () => performance.now() })
  const server = await startHealthServer({
    host: '127.0.0.1',
    port: 0,
    readiness,
    metrics: createMetrics('trial'),
    logger,
  })
  onTestFinished(() => server.close())
  return { readiness, url: `http://127.0.0.1:${server.port}` }
}

test('readyz follows readiness and names what fails; livez does not care', async () => {
  const { readiness, url } = await start()
  expect((await fetch(`${url}/readyz`)).status).toBe(503)
  readiness.markStarted()
  expect((await fetch(`${url}/readyz?verbose`)).status).toBe(200)
  readiness.addCheck('database', () => Promise.reject(new Error('password hunter2 refused')))
  const response = await fetch(`${url}/readyz`)
  expect(response.status).toBe(503)
  expect(await response.json()).toEqual({ status: 'failing', failing: ['database'] })
  expect((await fetch(`${url}/livez`)).status).toBe(200)
})

test('metrics are what Prometheus reads', async () => {
  const { url } = await start()
  const response = await fetch(`${url}/metrics`)
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
  expect(await response.text()).toContain('postino_build_info')
})

test.each([
  ['GET', '/'],
  ['GET', '/readyz/'],
  ['GET', '/constructor'],
  ['GET', '/__proto__'],
  ['POST', '/livez'],
  ['DELETE', '/metrics'],
])('%s %s is not found', async (method, path) => {
  const { url } = await start()
  expect((await fetch(`${url}${path}`, { method })).status).toBe(404)
})

test('HEAD is answered like GET, without a body', async () => {
  const { url } = await start()
  const response = await fetch(`${url}/livez`, { method: 'HEAD' })
  expect(response.status).toBe(200)
  expect(await response.text()).toBe('')
})

test('a port in use is told when starting', async () => {
  const { url } = await start()
  const logger = createLogger({ name: 'trial', level: 'silent' })
  const readiness = createReadiness({ logger, nowMs: () => performance.now() })
  const options = {
    host: '127.0.0.1',
    port: Number(new URL(url).port),
    readiness,
    metrics: createMetrics('two'),
    logger,
  }
  await expect(startHealthServer(options)).rejects.toThrow('EADDRINUSE')
})

test('a target that is no path is answered, and the server lives on', async () => {
  const { url } = await start()
  const status = await new Promise((resolve, reject) => {
    request(url, { path: '*', method: 'OPTIONS' }, (response) => resolve(response.statusCode))
      .on('error', reject)
      .end()
  })
  expect(status).toBe(404)
  expect((await fetch(`${url}/livez`)).status).toBe(200)
})
