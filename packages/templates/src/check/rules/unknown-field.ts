import { writeKey, writePath } from '../fields/resolve-path.ts'
import type { Observation } from '../fields/observation.ts'
import { suggestPath } from '../fields/suggest-path.ts'
import { TYPE_WORDS } from '../fields/words.ts'
import { MAX_FINDINGS } from '../max-findings.ts'
import { type ObservationRule, type RuleFinding } from '../rule.ts'
import { hiddenReasonOf } from './hidden-field.ts'

export const unknownField: ObservationRule = {
  code: 'unknown_field',
  severity: 'error',
  about: 'A field that events of this kind do not have.',
  // To look for what was meant takes time, and nobody reads about more.
  judge: (observations) => observations.filter(isUnknown).slice(0, MAX_FINDINGS).map(judgeBroken),
}

type Broken = Extract<Observation, { type: 'broken_path' }>

function isUnknown(observation: Observation): observation is Broken {
  return (
    observation.type === 'broken_path' &&
    typeof observation.broken.key === 'string' &&
    hiddenReasonOf(observation) === undefined
  )
}

function judgeBroken(broken: Broken): RuleFinding {
  return { message: messageOf(broken), place: broken.path.place }
}

function messageOf(broken: Broken): string {
  const { path, scope } = broken
  const written = writePath(path)
  if (broken.broken.holder === undefined && scope.loopNames.has(path.root))
    return `\`${path.root}\` is known only between its {% for ${path.root} in … %} and {% endfor %}.`
  return `\`${written}\` does not exist for this event.${wayOut(broken)}`
}

function wayOut(broken: Broken): string {
  const { before, holder, key } = broken.broken
  if (holder?.type === 'list') {
    const entries = holder.entry?.members.has(String(key)) === true ? `item${writeKey(key)}` : 'item.…'
    return ` \`${before}\` is a list: write {% for item in ${before} %}{{ ${entries} }}{% endfor %}.`
  }
  const suggestion = suggestPath(broken)
  if (suggestion !== undefined) return ` Did you mean \`${suggestion}\`?`
  if (holder === undefined) return ` It has: ${namesOf(broken.scope.catalogue.roots)}.`
  return holder.members.size === 0
    ? ` \`${before}\` is ${TYPE_WORDS[holder.type]} and has no fields of its own.`
    : ` \`${before}\` has: ${namesOf(holder.members)}.`
}

function namesOf(members: ReadonlyMap<string, unknown>): string {
  return [...members.keys()].join(', ')
}
