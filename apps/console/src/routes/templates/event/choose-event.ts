import { findLastEvent } from '@postino/database'
import { exampleEvent, parseEvent, type EventKind, type ShopEvent } from '@postino/domain'
import { invalidBody, ProblemError, PROBLEMS } from '@postino/http'
import { z } from 'zod'
import type { Ask } from '../../../ask.ts'
import { conflict } from '../../../problems.ts'

export const eventSchema = z
  .union([z.enum(['example', 'last']), z.looseObject({})])
  .default('example')
  .meta({
    description:
      'What has happened. `example`: the kind’s example, in the template’s state. `last`: the shop’s last event of this kind and state, which shows personal data and needs the scope `events:read`. Or an event as it is reported, of this kind',
    examples: ['example'],
  })

export interface EventChoice {
  shopId: string
  /** Of the key that asks. */
  scopes: readonly string[]
  kind: EventKind
  /** Empty: whatever state. */
  state: string
  event: z.output<typeof eventSchema>
  nowMs: number
}

/** The event a template is shown with. Ends with a problem when there is none, or the key may not see it. */
export async function chooseEvent(ask: Ask, choice: EventChoice): Promise<ShopEvent> {
  const { event } = choice
  if (event === 'example') return exampleEvent(choice)
  return event === 'last' ? await lastEvent(ask, choice) : givenEvent(event, choice)
}

async function lastEvent(ask: Ask, { shopId, scopes, kind, state }: EventChoice): Promise<ShopEvent> {
  if (!scopes.includes('events:read')) {
    throw new ProblemError(PROBLEMS.forbidden, {
      detail: 'The last event shows personal data: this needs an API key with the scope events:read, too.',
    })
  }
  const wanted = { kind, state: state === '' ? undefined : state }
  const event = await ask((database) => findLastEvent(database, shopId, wanted))
  if (event !== undefined) return event
  throw noSuchEvent()
}

export function noSuchEvent(): ProblemError {
  return conflict(
    'The shop has reported no such event lately, or its data is gone by now: use "event": "example".',
  )
}

function givenEvent(input: object, { kind, nowMs }: EventChoice): ShopEvent {
  const parsed = parseEvent(input, { nowMs })
  if (parsed.status === 'invalid')
    throw invalidBody(parsed.issues.map((issue) => ({ ...issue, pointer: `/event${issue.pointer}` })))
  if (parsed.event.type === kind) return parsed.event
  const detail = `event.type must be ${kind}, as the template is for that.`
  throw invalidBody([{ pointer: '/event/type', code: 'other_kind', detail }])
}
