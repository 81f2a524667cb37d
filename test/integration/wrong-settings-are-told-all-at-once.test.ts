import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder } from '../support/make-folder.ts'
import { startTrialService, waitForHealth } from '../support/start-trial-service.ts'

test('every wrong setting is told in a line of its own, without its secret, and the exit code is 1', async () => {
  const service = startTrialService({
    DATABASE_URL: 'hunter2hunter2',
    TRIAL_POOL_MAX: 'many',
    LOG_LEVEL: 'loud',
    TRIAL_TOKEN: 'x',
    TRIAL_TOKEN_FILE: '/x',
  })
  expect(await service.ended).toEqual({ code: 1, signal: null })
  const [title, ...problems] = service.stderr().trimEnd().split('\n')
  expect(title).toBe('trial cannot start, its settings are wrong:')
  expect(problems.map((line) => line.trim().split(' ')[0])).toEqual([
    'LOG_LEVEL',
    'DATABASE_URL',
    'TRIAL_POOL_MAX',
    'TRIAL_TOKEN',
  ])
  expect(service.stderr()).not.toContain('hunter2')
  expect(service.stderr()).not.toContain('    at ')
  expect(service.stdout()).toBe('')
})

test('a secret may come from a file', async () => {
  const file = join(makeFolder(), 'url')
  writeFileSync(file, 'postgres://postino@127.0.0.1/postino\n')
  const service = startTrialService({ DATABASE_URL: '', DATABASE_URL_FILE: file })
  await waitForHealth(service)
})
