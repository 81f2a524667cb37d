import type { Place } from '../../language/template-error.ts'
import { FILTER_TYPES, type FilterType } from '../fields/filter-types.ts'
import type { Observation, Value, ValueKind } from '../fields/observation.ts'
import { TYPE_WORDS } from '../fields/words.ts'
import type { ObservationRule, RuleFinding } from '../rule.ts'

export const filterInput: ObservationRule = {
  code: 'filter_input',
  severity: 'error',
  about: 'A filter behind something it cannot take, such as `money` behind a text.',
  judge: (observations) => judgeFilters(observations, (filter, type) => !takesAtTimes(filter, type)),
}

export const filterMayFail: ObservationRule = {
  code: 'filter_may_fail',
  severity: 'warning',
  about: 'A filter behind something it can take at times only, such as `plural` behind a text.',
  judge: (observations) => judgeFilters(observations, takesAtTimes),
}

function judgeFilters(
  observations: readonly Observation[],
  isFinding: (filter: FilterType, type: ValueKind['node']['type']) => boolean,
): RuleFinding[] {
  return observations.flatMap((observation) => {
    const use = useOf(observation)
    const wanted = FILTER_TYPES.get(use?.name ?? '')
    if (use === undefined || wanted === undefined) return []
    const kind = use.input.kinds.find(
      // A substitute for an address is blank, or shows when it is tried.
      ({ node, isSubstitute }) =>
        !takes(wanted, node.type) && !(isSubstitute === true && use.name === 'link'),
    )
    if (kind === undefined || !isFinding(wanted, kind.node.type)) return []
    return [{ message: messageOf(use, kind, wanted), place: use.place }]
  })
}

interface FilterUse {
  name: string
  input: Value
  place: Place
}

/** `link` is a part of its own, as it gives markup; to whoever writes it, it is a filter. */
function useOf(observation: Observation): FilterUse | undefined {
  if (observation.type === 'filter')
    return { name: observation.filter.name, input: observation.input, place: observation.filter.place }
  if (observation.type === 'print' && observation.part.type === 'link')
    return { name: 'link', input: observation.value, place: observation.part.place }
  return undefined
}

function takes(filter: FilterType, type: ValueKind['node']['type']): boolean {
  return type === 'anything' || filter.takes.includes(type)
}

function takesAtTimes(filter: FilterType, type: ValueKind['node']['type']): boolean {
  return filter.mayTake?.includes(type) === true
}

function messageOf({ name, input }: FilterUse, kind: ValueKind, { wants, mayTake = [] }: FilterType): string {
  const { type } = kind.node
  if (kind.isSubstitute === true)
    return `Where the field is missing, “${name}” gets what default gives, and it takes ${wants}. Put default last: … | ${name} | default("…").`
  const what = kind.path === undefined ? `What stands before “${name}”` : `\`${kind.path}\``
  if (mayTake.includes(type))
    return `${what} is ${TYPE_WORDS[type]}, and “${name}” takes ${wants}: the message fails where it is something else.`
  const wayOut = wayOutOf(name, kind, input.expression.type === 'path')
  return `${what} is ${TYPE_WORDS[type]}, and “${name}” takes ${wants}.${wayOut}`
}

function wayOutOf(filter: string, { node, path }: ValueKind, isAsItIs: boolean): string {
  const { type } = node
  if (path?.endsWith('.amount') === true && filter === 'money')
    return ` Write {{ ${path.slice(0, -'.amount'.length)} | money }}.`
  if (type === 'list' && (filter === 'plural' || filter === 'number'))
    return ` Count it first: {{ ${path ?? '…'} | length | ${filter}${filter === 'plural' ? '(…)' : ''} }}.`
  if (path === undefined || !isAsItIs) return ''
  if (type === 'money') return ` Write {{ ${path} | money }}.`
  if (type === 'time') return ` Write {{ ${path} | date }}.`
  if (type === 'group') return ' Name one of its fields.'
  return ' Leave the filter out.'
}
