import { expect, test } from 'vitest'
import { z } from 'zod'
import { describeSettings } from './describe-settings.ts'
import { defineSettings, setting } from './setting.ts'

test('the table names every variable, its default and its meaning', () => {
  const settings = defineSettings({
    databaseUrl: setting('DATABASE_URL', z.url(), { secret: true, doc: 'Postgres.' }),
    poolMax: setting('POOL_MAX', z.coerce.number().default(10), { doc: 'Connections.' }),
    publicUrl: setting('PUBLIC_URL', z.url().optional(), { doc: 'Address.' }),
  })
  expect(describeSettings(settings).split('\n')).toEqual([
    'DATABASE_URL[_FILE]  required  Postgres.',
    'POOL_MAX             10        Connections.',
    'PUBLIC_URL           –         Address.',
  ])
})
