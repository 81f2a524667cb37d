import type { EventData, ShopEvent } from '@postino/client'
import { EVENT_DATA_SCHEMAS, EVENT_KINDS, type EventKind } from '@postino/domain'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, expectTypeOf, test } from 'vitest'
import type { z } from 'zod'
import { writeEventTypes } from '../support/write-event-types.ts'

// `pnpm test -u integration/the-types-of-the-client` accepts what a schema changed.

const CLIENT = fileURLToPath(new URL('../../packages/client/', import.meta.url))
const OXFMT = fileURLToPath(new URL('../../node_modules/.bin/oxfmt', import.meta.url))

test('events.ts is what the schemas say', async () => {
  await expect(await format(writeEventTypes())).toMatchFileSnapshot(`${CLIENT}src/events.ts`)
})

test('what the schemas take, the types take', () => {
  type Schemas = typeof EVENT_DATA_SCHEMAS
  expectTypeOf<ShopEvent['type']>().toEqualTypeOf<EventKind>()
  expectTypeOf<{ [Kind in EventKind]: z.input<Schemas[Kind]> }>().toExtend<EventData>()
  expect(Object.keys(EVENT_DATA_SCHEMAS)).toEqual(EVENT_KINDS)
})

async function format(source: string): Promise<string> {
  const oxfmt = spawn(OXFMT, ['--stdin-filepath', 'events.ts'], { cwd: CLIENT })
  oxfmt.stdin.end(source)
  const [formatted, complaints, [code]] = await Promise.all([
    text(oxfmt.stdout),
    text(oxfmt.stderr),
    once(oxfmt, 'exit'),
  ])
  expect({ code, complaints }).toEqual({ code: 0, complaints: '' })
  return formatted
}
