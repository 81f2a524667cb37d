import { expect, test } from 'vitest'
import { createMetrics } from './create-metrics.ts'

test('our metrics and those of the process come in one text, each series once', async () => {
  const metrics = createMetrics('trial')
  metrics
    .counter({ name: 'postino_trials_total', help: 'Trials.', labelNames: ['outcome'] })
    .inc({ outcome: 'sent' }, 2)
  metrics.gauge({ name: 'postino_slots', help: 'Slots.' }).set(3)
  metrics.histogram({ name: 'postino_wait_seconds', help: 'Wait.', buckets: [1, 2] }).observe(1.5)
  const text = await metrics.render()
  const series = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  const names = series.map((line) => line.slice(0, line.lastIndexOf(' ')))
  expect(series).toEqual(
    expect.arrayContaining([
      'postino_trials_total{outcome="sent"} 2',
      'postino_slots 3',
      'postino_wait_seconds_bucket{le="2"} 1',
      expect.stringMatching(/^postino_build_info\{app="trial",version="\d+\.\d+\.\d+",node="v\d+[^"]*"\} 1$/),
      expect.stringMatching(/^process_cpu_seconds_total /),
    ]),
  )
  expect(new Set(names).size).toBe(names.length)
  expect(text).toMatch(/\n$/)
})

test('a gauge that is collected is asked at each scrape', async () => {
  const metrics = createMetrics('trial')
  let depth = 4
  metrics.gauge({
    name: 'postino_queue_jobs',
    help: 'Jobs.',
    labelNames: ['state'],
    collect: async (gauge) => gauge.set({ state: 'waiting' }, depth),
  })
  expect(await metrics.renderOwn()).toContain('postino_queue_jobs{state="waiting"} 4')
  depth = 5
  expect(await metrics.renderOwn()).toContain('postino_queue_jobs{state="waiting"} 5')
})

test('two services in one process do not share their metrics', async () => {
  const options = { name: 'postino_trials_total', help: 'Trials.' } as const
  createMetrics('one').counter(options).inc()
  const two = createMetrics('two')
  two.counter(options)
  expect(await two.renderOwn()).toContain('postino_trials_total 0')
})

test.each([
  [{ name: 'postino_trials', help: 'Trials.' }, 'counters end in _total'],
  [{ name: 'postino_Trials_total', help: 'Trials.' }, 'lower case'],
  [{ name: 'postino_wait_ms_total', help: 'Wait.' }, 'base units'],
  [{ name: 'postino_trials_total', help: ' ' }, 'help text'],
  [{ name: 'postino_trials_total', help: 'Trials.', labelNames: ['shop_id'] }, 'has no bound'],
  [{ name: 'postino_trials_total', help: 'Trials.', labelNames: ['bot'] }, 'has no bound'],
] as const)('a metric that breaks our rules is refused: %j', (options, reason) => {
  expect(() => createMetrics('trial').counter(options)).toThrow(reason)
})

test('only a counter ends in _total, and every metric begins with our name', () => {
  const metrics = createMetrics('trial')
  expect(() => metrics.gauge({ name: 'postino_x_total', help: 'X.' })).toThrow('counters')
  // @ts-expect-error The type says so already.
  expect(() => metrics.gauge({ name: 'http_requests', help: 'X.' })).toThrow('postino_')
})
