import type { RegistrationUsage } from '@postino/database'
import { createLogger } from '@postino/runtime'
import { expect, test } from 'vitest'
import { createWatchQuotas } from './watch-quotas.ts'

function prepare(usages: RegistrationUsage[]) {
  const lines: string[] = []
  const watch = createWatchQuotas({
    listShops: async () => [{ shopId: '1', slug: 'bottega' }],
    admitWaiting: async () => 0,
    findUsage: async () => usages.shift() ?? { open: 0, waiting: 0 },
    logger: createLogger({
      name: 'test',
      level: 'info',
      destination: { write: (line) => void lines.push(line) },
    }),
  })
  const messages = () => lines.map((line) => String(Object(JSON.parse(line)).msg))
  return { watch, messages }
}

test('[WEB-16] a shop is warned at each step up, once', async () => {
  const near = { open: 8, waiting: 0, limit: 10, warning: 'near' } as const
  const reached = { open: 10, waiting: 3, limit: 10, warning: 'reached' } as const
  const free = { open: 2, waiting: 0, limit: 10 }
  const { watch, messages } = prepare([free, near, near, reached, reached, near, free, near])
  for (let minute = 0; minute < 8; minute++) await watch()
  expect(messages()).toEqual([
    'registrations.quota_near',
    'registrations.quota_reached',
    'registrations.quota_near',
  ])
})
