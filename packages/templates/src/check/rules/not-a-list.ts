import type { Catalogue } from '../fields/catalogue.ts'
import type { Observation } from '../fields/observation.ts'
import { TYPE_WORDS } from '../fields/words.ts'
import type { ObservationRule, RuleFinding } from '../rule.ts'

export const notAList: ObservationRule = {
  code: 'not_a_list',
  severity: 'error',
  about: 'A loop over a field that is no list, or a number in [ ] behind one.',
  judge: (observations) => observations.flatMap(judgeObservation),
}

function judgeObservation(observation: Observation): RuleFinding[] {
  if (observation.type === 'broken_path') {
    const { path, broken } = observation
    const { before, holder, key } = broken
    if (typeof key !== 'number' || holder === undefined) return []
    return [
      {
        message: `\`${before}\` is ${TYPE_WORDS[holder.type]}, not a list, so there is no \`${before}[${key}]\`.`,
        place: path.place,
      },
    ]
  }
  if (observation.type !== 'loop') return []
  const { part, value, scope } = observation
  const [kind] = value.kinds
  if (kind === undefined || kind.node.type === 'list' || kind.node.type === 'anything') return []
  return [
    {
      message: `\`${kind.path ?? 'This'}\` is ${TYPE_WORDS[kind.node.type]}; {% for %} goes through a list${anExample(scope.catalogue)}.`,
      place: part.place,
    },
  ]
}

function anExample({ roots }: Catalogue): string {
  for (const [root, { members }] of roots) {
    for (const [name, { type }] of members)
      if (type === 'list') return `, such as {% for item in ${root}.${name} %}`
  }
  return '; events of this kind have none but those you send in `extra`'
}
