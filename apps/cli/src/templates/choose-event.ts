import { findLastEvent, type Database } from '@postino/database'
import {
  exampleEvent,
  MAX_EVENT_BYTES,
  parseEvent,
  stateProblem,
  type EventKind,
  type ShopEvent,
} from '@postino/domain'
import { CommandFailure } from '../failures/command-failure.ts'
import { readInput } from '../read-input.ts'

export interface EventChoice {
  kind: EventKind
  /** Empty: whatever state. */
  state: string
  /** `last`, or a file of one event as it is reported; undefined: the kind's example, in the state. */
  event: string | undefined
  /** Where `last` looks; undefined: there is no shop. */
  shop: { database: Database; id: string } | undefined
  nowMs: number
}

/** The event a text is shown with. @throws CommandFailure when there is no such event, or it is none of this kind */
export async function chooseEvent({ kind, state, event, shop, nowMs }: EventChoice): Promise<ShopEvent> {
  if (event === undefined) {
    const problem = stateProblem(kind, state)
    if (problem !== undefined) throw new CommandFailure(`the state ${problem}`)
    return exampleEvent({ kind, state, nowMs })
  }
  if (event !== 'last') return await readEvent(event, { kind, nowMs })
  if (shop === undefined) throw new CommandFailure('--event last needs a shop: name it with --shop')
  const last = await findLastEvent(shop.database, shop.id, { kind, state: state === '' ? undefined : state })
  if (last !== undefined) return last
  throw new CommandFailure(
    'the shop has reported no such event lately, or its data is gone by now: leave out --event for an example',
  )
}

async function readEvent(
  file: string,
  { kind, nowMs }: { kind: EventKind; nowMs: number },
): Promise<ShopEvent> {
  const bytes = await readInput({ file }, { maxBytes: MAX_EVENT_BYTES })
  const parsed = parseEvent(parseJson(bytes.toString('utf8'), file), { nowMs })
  if (parsed.status === 'invalid') {
    const [first, ...others] = parsed.issues.map(({ detail }) => detail)
    throw new CommandFailure(
      [`${file} is no event: ${first}`, ...others.map((detail) => `  ${detail}`)].join('\n'),
    )
  }
  if (parsed.event.type === kind) return parsed.event
  throw new CommandFailure(`${file} is an event of another kind: this text is for ${kind}`)
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new CommandFailure(`${file} is no JSON (${error instanceof Error ? error.message : ''})`, {
      cause: error,
    })
  }
}
