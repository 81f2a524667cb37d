import { findNearMiss } from '@postino/domain'
import { FILTER_TYPES } from '../fields/filter-types.ts'
import type { FieldNode } from '../fields/catalogue.ts'
import type { Observation } from '../fields/observation.ts'
import { TYPE_WORDS } from '../fields/words.ts'
import type { ObservationRule } from '../rule.ts'

export const listField: ObservationRule = {
  code: 'list_field',
  severity: 'error',
  about:
    '`join` or `list` over entries with several fields, without one that each entry has and that can be printed.',
  judge: (observations) =>
    observations.flatMap((observation) => {
      if (observation.type !== 'filter') return []
      const message = messageOf(observation)
      return message === undefined ? [] : [{ message, place: observation.filter.place }]
    }),
}

function messageOf({ filter, input }: Extract<Observation, { type: 'filter' }>): string | undefined {
  const written = WRITTEN.get(filter.name)
  const list = input.kinds.find(({ node }) => node.entry !== undefined)
  const entry = list?.node.entry
  if (written === undefined || entry === undefined) return undefined
  const field = filter.arguments[written.position]
  const names = [...entry.members].filter(([, member]) => isPrintable(member)).map(([name]) => name)
  const path = `\`${list?.path ?? 'The list'}\``
  if (typeof field !== 'string')
    return `The entries of ${path} have several fields. Say which: ${written.show(names[0] ?? '…')}.`
  const member = entry.members.get(field)
  if (member === undefined) {
    const meant = findNearMiss(field, names)
    return `The entries of ${path} have no field “${field}”.${meant === undefined ? ` They have: ${names.join(', ')}.` : ` Did you mean ${written.show(meant)}?`}`
  }
  if (member.isOptional)
    return `An entry of ${path} may be without “${field}”, and then the message cannot be sent. Write {% for item in … %}{% if item.${field} %}…{% endif %}{% endfor %}.`
  if (!isPrintable(member))
    return `“${field}” is ${TYPE_WORDS[member.type]} and cannot stand in a list. Write {% for item in … %}…{% endfor %}.`
  return undefined
}

interface Written {
  /** Of the field's name among the filter's arguments. */
  position: number
  show: (field: string) => string
}

const WRITTEN: ReadonlyMap<string, Written> = new Map([
  ['join', { position: 1, show: (field) => `join(", ", "${field}")` }],
  ['list', { position: 0, show: (field) => `list("${field}")` }],
])

function isPrintable({ type }: FieldNode): boolean {
  return FILTER_TYPES.get('trim')?.takes.includes(type) === true
}
