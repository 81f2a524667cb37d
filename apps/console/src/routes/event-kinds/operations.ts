import {
  EVENT_KINDS,
  EXAMPLES,
  fieldsOf,
  KIND_RULES,
  stateFieldOf,
  type EventKind,
  type Field,
} from '@postino/domain'
import { operation, type Operation } from '../../operation/operation.ts'
import { eventKindListSchema, eventKindSchema } from './schema.ts'

export function eventKindOperations(): Operation[] {
  const list = operation({
    method: 'GET',
    path: '/v1/event-kinds',
    operationId: 'listEventKinds',
    tag: 'Event kinds',
    summary: 'List the kinds of event',
    description: 'Everything a shop can report, and who is told about it.',
    scope: 'templates:read',
    answers: { 200: { description: 'All kinds', schema: eventKindListSchema } },
    handle: async () => ({ status: 200, json: { items: EVENT_KINDS.map(showRule) } }),
  })

  const getKind = operation({
    method: 'GET',
    path: '/v1/event-kinds/{kind}',
    words: { kind: EVENT_KINDS },
    operationId: 'getEventKind',
    tag: 'Event kinds',
    summary: 'See what templates of a kind may say',
    description: 'Its fields with what they mean, in English, Italian and Ukrainian, and an example of each.',
    scope: 'templates:read',
    answers: { 200: { description: 'The kind', schema: eventKindSchema } },
    async handle({ params }) {
      // The server asks for no other words than these.
      const kind = params.kind as EventKind
      const json = { ...showRule(kind), fields: fieldsOf(kind).map(showField), example: EXAMPLES[kind] }
      return { status: 200, json }
    },
  })

  return [list, getKind]
}

function showRule(kind: EventKind) {
  const { role: recipient, ...rule } = KIND_RULES[kind]
  return { kind, ...rule, recipient, states: showStates(stateFieldOf(kind)?.states) }
}

function showField({ states, entries, ...field }: Field): object {
  return { ...field, states: showStates(states), entries: entries?.map(showField) }
}

function showStates(states: Field['states']) {
  return states && { known: states.known, is_open: states.isOpen }
}
