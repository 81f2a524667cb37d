import type { Template } from '@postino/database'
import type { TemplateFinding } from '@postino/domain'
import { notFound, ProblemError } from '@postino/http'
import { conflict, CONSOLE_PROBLEMS } from '../../problems.ts'

interface Outcome<Status extends string> {
  status: Status
  template: Template
  findings: TemplateFinding[]
}

/** Goes on with what was done, or ends the request: there is no such template, somebody was faster, or there are errors. */
export function unlessRefused<Status extends string>(
  outcome: Outcome<Status> | undefined,
): Outcome<Exclude<Status, 'overtaken' | 'refused'>> {
  if (outcome === undefined) throw notFound()
  const { status, template, findings } = outcome
  if (status === 'overtaken') throw overtaken(template)
  if (status === 'refused') throw templateRefused(findings)
  // What is left when both are taken out, which the compiler cannot see in a type that is not known yet.
  return outcome as Outcome<Exclude<Status, 'overtaken' | 'refused'>>
}

function overtaken({ id, revision, draft, published }: Template): ProblemError {
  const youngest = draft ?? published
  const who = youngest?.author === null || youngest === undefined ? '' : `, by ${youngest.author}`
  return conflict(
    `The template ${id} is at revision ${revision} now${who}: see what it says, by GET /v1/templates/${id}, take that into yours, and send it again with "revision": ${revision}.`,
    { template_id: id, revision },
  )
}

/** There are errors among the findings; publishing takes them one by one, warnings are no hindrance. */
function templateRefused(findings: readonly TemplateFinding[]): ProblemError {
  const errors = findings
    .filter(({ severity }) => severity === 'error')
    .map(({ at, code, message: detail, line, column }) => ({
      pointer: ['', 'content', ...(at === '' ? [] : at.split('.'))].join('/'),
      ...(line !== undefined && { line }),
      ...(column !== undefined && { column }),
      code,
      detail,
    }))
  return new ProblemError(CONSOLE_PROBLEMS['template-refused'], {
    detail: 'It is not published, and nothing is changed: mend what errors names, and publish it again.',
    errors,
  })
}
