import type { LackingField, Observation } from '../fields/observation.ts'
import type { ObservationRule, SourceUse } from '../rule.ts'

export const missingFallback: ObservationRule = {
  code: 'missing_fallback',
  severity: 'error',
  about:
    'A field that may be missing, printed without a condition or a substitute: some messages could not be sent.',
  judge: (observations, { use }) =>
    observations.flatMap((observation) => {
      if (observation.type !== 'print') return []
      const [lacking] = observation.value.lacking
      return lacking === undefined
        ? []
        : [{ message: messageOf(lacking, observation, use), place: observation.part.place }]
    }),
}

function messageOf(
  lacking: LackingField,
  { part, value }: Extract<Observation, { type: 'print' }>,
  use: SourceUse,
): string {
  const { path } = lacking
  const isAsItIs = value.expression.type === 'path'
  if (use === 'address' || use === 'copy')
    return `\`${path}\` may be missing${because(lacking)}. ${isAsItIs ? `Write {{ ${path} | default("") }}` : 'End with | default("")'}: ${LEFT_OUT[use]}.`
  if (part.type === 'link')
    return `\`${path}\` may be missing${because(lacking)}, and then the message cannot be sent. Write {{ ${path} | default("") | link("${part.text}") }}: without an address nothing is shown.`
  return `\`${path}\` may be missing${because(lacking)}, and then the message cannot be sent. Write {% if ${path} %}…{% endif %} around it, or ${isAsItIs ? `{{ ${path} | default("…") }}` : 'end with | default("…")'}.`
}

function because({ path, because: cause }: LackingField): string {
  return cause === path ? '' : `, as \`${cause}\` may be`
}

const LEFT_OUT = {
  address: 'without an address it is left out',
  copy: 'with nothing to copy the button is left out',
}
