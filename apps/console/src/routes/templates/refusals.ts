import type { Template } from '@postino/database'
import type { TemplateFinding } from '@postino/domain'
import { notFound, ProblemError, type ProblemDetailError } from '@postino/http'
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
  if (status === 'refused') refuseErrors(findings, 'published')
  // What is left when both are taken out, which the compiler cannot see in a type that is not known yet.
  return outcome as Outcome<Exclude<Status, 'overtaken' | 'refused'>>
}

function overtaken({ id, revision, draft }: Template): ProblemError {
  const whose = draft === undefined ? '' : `, and its draft was written by ${draft.author ?? 'nobody known'}`
  return conflict(
    `The template ${id} is at revision ${revision} now${whose}: see what it says, by GET /v1/templates/${id}, take that into yours, and send it again with "revision": ${revision}.`,
    { template_id: id, revision },
  )
}

/** Ends the request when there are errors among the findings; warnings are no hindrance. */
export function refuseErrors(findings: readonly TemplateFinding[], purpose: 'published' | 'sent'): void {
  const errors = findings.filter(({ severity }) => severity === 'error').map(showError)
  if (errors.length === 0) return
  throw new ProblemError(CONSOLE_PROBLEMS['template-refused'], {
    detail: `It is not ${purpose}, and nothing is changed: mend what errors names, and try again.`,
    errors,
  })
}

/** A finding as problems tell it; its place is told from the body a content is written in. */
function showError({ at, code, message: detail, line, column }: TemplateFinding): ProblemDetailError {
  return {
    pointer: ['', 'content', ...(at === '' ? [] : at.split('.'))].join('/'),
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
    code,
    detail,
  }
}
