import type { z } from 'zod'
import { EVENT_KINDS, isEventKind, type EventKind } from '../kind.ts'
import { cloudEventSchema, envelopeSchema, schemaOfKind } from '../schema/event.ts'
import { findTimesOutOfRange } from '../schema/time-window.ts'
import { copyJson } from './copy-json.ts'
import { describeSchemaIssue } from './describe-schema-issue.ts'
import { fieldName, issueAt, MAX_ISSUES, type EventIssue } from './issue.ts'
import { didYouMean } from './near-miss.ts'
import { readAttributes } from './read-attributes.ts'

export type ParsedEvent = { status: 'valid'; event: ShopEvent } | { status: 'invalid'; issues: EventIssue[] }

/** An event as Postino works with it: checked, its times in UTC, and the same whatever form it was sent in. */
export type ShopEvent = ReturnType<typeof withoutWireAttributes>

/** The event of one kind. */
export type EventOf<Kind extends EventKind> = Extract<ShopEvent, { type: Kind }>

/**
 * Reads an event in CloudEvents' structured form or in the short form. Never throws, whatever the input.
 * At most 20 issues, in the order they were found; what cannot be stored at all is told alone, before the fields.
 */
export function parseEvent(input: unknown, options: { nowMs: number }): ParsedEvent {
  const copy = copyJson(input)
  if (copy.status === 'refused') return invalid(copy.issues)
  if (typeof copy.value !== 'object' || copy.value === null || Array.isArray(copy.value)) {
    return invalid([issueAt([], 'wrong_type', 'The event must be a JSON object.')])
  }

  const { known, issues } = readAttributes(copy.value)
  for (const { path, rule } of findTimesOutOfRange(known, options.nowMs)) {
    issues.push(issueAt(path, 'time_out_of_range', `${fieldName(path)} ${rule}.`))
  }
  const kind = known['type']
  // Without a known kind only the envelope can be checked.
  if (!isEventKind(kind)) {
    if (typeof kind === 'string') issues.push(unknownKind(kind))
    return invalid([...issues, ...describe(envelopeSchema.safeParse(known).error, known, envelopeSchema)])
  }

  const result = cloudEventSchema.safeParse(known)
  issues.push(...describe(result.error, known, schemaOfKind(kind)))
  if (!result.success || issues.length > 0) return invalid(issues)
  return { status: 'valid', event: withoutWireAttributes(result.data) }
}

function invalid(issues: EventIssue[]): ParsedEvent {
  return { status: 'invalid', issues: issues.slice(0, MAX_ISSUES) }
}

// Stops once enough is found: a sentence with its "did you mean" costs more than finding the fault, and a hostile event
// can have two thousand of them.
function describe(error: z.ZodError | undefined, known: object, schema: z.ZodType): EventIssue[] {
  const issues: EventIssue[] = []
  for (const found of error?.issues ?? []) {
    if (issues.length >= MAX_ISSUES) break
    issues.push(...describeSchemaIssue(found, { value: known, schema }))
  }
  return issues
}

function unknownKind(kind: string): EventIssue {
  const wayOut = didYouMean(kind, EVENT_KINDS) || ` The kinds are ${EVENT_KINDS.join(', ')}.`
  return issueAt(['type'], 'unknown_kind', `type is not a kind of event Postino knows.${wayOut}`)
}

/** These say how the event was sent, not what happened; the refused ones were not there. */
export function withoutWireAttributes(event: z.output<typeof cloudEventSchema>) {
  const {
    specversion: _specversion,
    datacontenttype: _datacontenttype,
    dataschema: _dataschema,
    dataref: _dataref,
    data_base64: _dataBase64,
    ...rest
  } = event
  return rest
}
