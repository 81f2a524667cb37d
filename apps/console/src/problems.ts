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
})

/** Every kind of problem a request to the console can end with. */
export const CONSOLE_PROBLEMS = { ...PROBLEMS, ...JSON_PROBLEMS, ...OWN_PROBLEMS }

/** What was asked for contradicts what is. `detail` names the way out. */
export function conflict(detail: string, members: Record<string, string> = {}): ProblemError {
  return new ProblemError(OWN_PROBLEMS.conflict, { detail, members })
}
