import { expect, test } from 'vitest'
import { eventsOf, startTrialService } from '../support/start-trial-service.ts'

const TOKEN = '123456789:AAaaBBbbCCccDDddEEeeFFffGGggHHhhIIi'

test.each([
  ['rejection', 'service.crashed'],
  ['exception', 'service.crashed'],
  ['compose', 'service.start_failed'],
])('an unhandled %s is logged scrubbed, closes everything, and ends with 1', async (failure, event) => {
  const service = startTrialService({ TRIAL_FAILURE: failure, TRIAL_TOKEN: TOKEN })
  expect(await service.ended).toEqual({ code: 1, signal: null })
  const line = service.lines().find((candidate) => candidate['msg'] === event)
  expect(line).toMatchObject({
    level: 'fatal',
    err: {
      message: 'calling /bot123456789:[removed]/getMe failed',
      cause: { message: '123456789:[removed]' },
    },
  })
  expect(eventsOf(service).filter((candidate) => candidate === 'trial.closing')).toHaveLength(2)
  expect(service.stdout() + service.stderr()).not.toContain('AAaaBB')
})

test('a promise rejected with nothing ends it with 1, too', async () => {
  const service = startTrialService({ TRIAL_FAILURE: 'empty_rejection' })
  expect(await service.ended).toEqual({ code: 1, signal: null })
  expect(eventsOf(service)).toContain('service.crashed')
})
