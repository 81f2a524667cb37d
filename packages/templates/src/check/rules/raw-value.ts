import { ORDER_STATUSES } from '@postino/domain'
import type { ValueKind } from '../fields/observation.ts'
import type { ObservationRule } from '../rule.ts'

export const rawValue: ObservationRule = {
  code: 'raw_value',
  severity: 'warning',
  about:
    'A time, a state, a size or an amount printed as programs write it, such as 2026-11-21T09:30:00.000Z.',
  judge: (observations, { use }) =>
    observations.flatMap((observation) => {
      if (observation.type !== 'print' || !(use === 'text' || use === 'preview' || use === 'label')) return []
      const { part, value } = observation
      const [kind] = value.kinds
      if (part.type === 'link' || kind === undefined) return []
      const better = betterOf(kind, value.expression.type === 'path')
      return better === undefined
        ? []
        : [
            {
              message: `${part.name.includes(' ') ? 'This' : `\`${part.name}\``} would be shown as programs write it: ${better}.`,
              place: part.place,
            },
          ]
    }),
}

function betterOf({ node, path = '' }: ValueKind, isAsItIs: boolean): string | undefined {
  if (node.type === 'yes_no') return 'true or false. Write {% if … %}'
  if (!isAsItIs) return undefined
  if (node.type === 'time') return `write {{ ${path} | date }} or {{ ${path} | datetime }}`
  if (node.type === 'state' && node.states?.known.includes(ORDER_STATUSES[0]) === true)
    return `write {{ ${path} | order_status }}`
  if (path === 'file.size') return `write {{ ${path} | file_size }}`
  if (path.endsWith('.amount') && node.type === 'text')
    return `write {{ ${path.slice(0, -'.amount'.length)} | money }}`
  return undefined
}
