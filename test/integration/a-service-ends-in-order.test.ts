import { expect, test } from 'vitest'
import { eventsOf, startTrialService, waitForHealth } from '../support/start-trial-service.ts'

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s aborts, closes last in, first out, and ends with 0',
  async (signal) => {
    const service = startTrialService()
    await waitForHealth(service)
    service.kill(signal)
    expect(await service.ended).toEqual({ code: 0, signal: null })
    expect(eventsOf(service)).toEqual([
      'health.listening',
      'service.ready',
      'service.stopping',
      'trial.aborted',
      'trial.closing',
      'trial.closing',
      'service.stopped',
    ])
    const closed = service.lines().filter((line) => line['msg'] === 'trial.closing')
    expect(closed.map((line) => line['resource'])).toEqual(['last', 'first'])
    expect(service.stderr()).toBe('')
  },
)

test('a resource that hangs is named, the others are closed, and the exit code is 1 in time', async () => {
  const service = startTrialService({ TRIAL_FAILURE: 'hanging_close', SHUTDOWN_TIMEOUT_SECONDS: '1' })
  await waitForHealth(service)
  service.kill('SIGTERM')
  expect(await service.ended).toEqual({ code: 1, signal: null })
  const hanging = service.lines().filter((line) => line['msg'] === 'service.resource_hangs')
  expect(hanging.map((line) => line['resource'])).toEqual(['stuck'])
  const closed = service.lines().filter((line) => line['msg'] === 'trial.closing')
  expect(closed.map((line) => line['resource'])).toEqual(['last', 'stuck', 'first'])
})

test('a resource that fails to close is named, and the exit code is 1', async () => {
  const service = startTrialService({ TRIAL_FAILURE: 'throwing_close' })
  await waitForHealth(service)
  service.kill('SIGTERM')
  expect(await service.ended).toEqual({ code: 1, signal: null })
  const broken = service.lines().find((line) => line['msg'] === 'service.resource_failed_to_close')
  expect(broken).toMatchObject({ resource: 'broken', err: { message: 'no end' } })
})

test('one who waits for a peer when the signal comes ends at once, with 0 and a line for the wait', async () => {
  const service = startTrialService({ TRIAL_FAILURE: 'missing_peer' })
  await service.waitForField('peer')
  service.kill('SIGTERM')
  expect(await service.ended).toEqual({ code: 0, signal: null })
  expect(eventsOf(service).filter((event) => event === 'peer.missing')).toHaveLength(1)
  expect(eventsOf(service)).not.toContain('service.ready')
})

test('a second signal ends it at once, with 1', async () => {
  const service = startTrialService({ TRIAL_FAILURE: 'hanging_close' })
  await waitForHealth(service)
  service.kill('SIGTERM')
  await service.waitForField('resource')
  service.kill('SIGTERM')
  expect(await service.ended).toEqual({ code: 1, signal: null })
  expect(eventsOf(service)).toContain('service.ended_at_once')
})
