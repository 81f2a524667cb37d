import { defineProblems, JSON_PROBLEMS, ProblemError, PROBLEMS } from '@postino/http'

const OWN_PROBLEMS = defineProblems({
  conflict: {
    status: 409,
    title: 'This cannot be done as things stand',
    example: {
      detail: 'The contact was merged into another one; write to that one.',
      members: { merged_into: '2071' },
    },
  },
  'template-refused': {
    status: 422,
    title: 'The template has errors',
    example: {
      detail: 'It is not published, and nothing is changed: mend what errors names, and try again.',
      errors: [
        {
          pointer: '/content/text',
          line: 1,
          column: 25,
          code: 'unknown_field',
          detail: '`order.totale` does not exist for this event. Did you mean `order.total`?',
        },
      ],
    },
  },
  'file-refused': {
    status: 422,
    title: 'The file cannot be taken',
    example: {
      detail: 'The file cannot be taken: it has no column external_id.',
      errors: [{ pointer: '', code: 'column_missing', detail: 'it has no column external_id.' }],
    },
  },
})

/** Every kind of problem a request to the console can end with. */
export const CONSOLE_PROBLEMS = { ...PROBLEMS, ...JSON_PROBLEMS, ...OWN_PROBLEMS }

/** What was asked for contradicts what is. `detail` names the way out. */
export function conflict(detail: string, members: Record<string, string | number> = {}): ProblemError {
  return new ProblemError(OWN_PROBLEMS.conflict, { detail, members })
}

/** A file of which nothing was taken. */
export function fileRefused({ code, message }: { code: string; message: string }): ProblemError {
  return new ProblemError(OWN_PROBLEMS['file-refused'], {
    detail: `The file cannot be taken: ${message}.`,
    errors: [{ pointer: '', code, detail: `${message}.` }],
  })
}
