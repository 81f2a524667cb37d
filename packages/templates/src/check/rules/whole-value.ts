import type { FieldNode } from '../fields/catalogue.ts'
import type { Value, ValueKind } from '../fields/observation.ts'
import type { ObservationRule } from '../rule.ts'

export const wholeValue: ObservationRule = {
  code: 'whole_value',
  severity: 'error',
  about: 'An amount of money, a list or a group of fields printed as a whole.',
  judge: (observations) =>
    observations.flatMap((observation) => {
      if (observation.type !== 'print') return []
      const { part, value } = observation
      const whole = value.kinds.find(({ node }) => WHOLE.has(node.type))
      return whole === undefined ? [] : [{ message: messageOf(whole, value), place: part.place }]
    }),
}

const WHOLE: ReadonlySet<FieldNode['type']> = new Set(['money', 'list', 'group'])

function messageOf({ node, path }: ValueKind, value: Value): string {
  const isAsItIs = value.expression.type === 'path'
  const name = path ?? 'What stands here'
  if (node.type === 'money')
    return isAsItIs
      ? `${code(name)} is an amount of money: write {{ ${name} | money }}.`
      : `${code(name)} is an amount of money: put “| money” behind it.`
  if (path === undefined)
    return 'What stands here is an entry with several fields. Name one: order.items[0].name.'
  if (node.type === 'list') {
    const field = firstText(node.entry)
    return `${code(path)} is a list: write {% for item in ${path} %}{{ item${field} }}{% endfor %}.`
  }
  return `${code(path)} is a group of fields. Name one: {{ ${path}${firstText(node)} }}.`
}

/** The first field below that can be printed, to show how it is written. */
function firstText(node: FieldNode | undefined): string {
  if (node?.isOpen === true) return '.…'
  for (const [name, member] of node?.members ?? []) {
    if (!WHOLE.has(member.type)) return `.${name}`
    if (member.type === 'group') return `.${name}${firstText(member)}`
  }
  return ''
}

function code(name: string): string {
  return name.includes(' ') ? name : `\`${name}\``
}
