import { parseInput } from '@postino/domain'
import type { z } from 'zod'
import { ProblemError } from '../problem/problem-error.ts'
import { PROBLEMS } from '../problem/problems.ts'

/** Reads the parameters of a URL by a strict schema of texts. Ends with a problem that names those that are wrong. */
export function readQuery<Schema extends z.ZodType>(schema: Schema, given: unknown): z.output<Schema> {
  const query = parseInput(schema, given, { whole: 'The query' })
  if (query.status === 'valid') return query.value
  throw new ProblemError(PROBLEMS['invalid-parameter'], {
    detail: 'Mend what errors names; each parameter may stand in the URL once.',
    errors: query.issues.map(({ pointer, code, detail }) => ({
      pointer: '',
      parameter: pointer.slice(1),
      code,
      detail,
    })),
  })
}

/** For what the schema cannot know. `detail` is a sentence that names the parameter and the way out. */
export function invalidParameter(parameter: string, code: string, detail: string): ProblemError {
  return new ProblemError(PROBLEMS['invalid-parameter'], {
    detail,
    errors: [{ pointer: '', parameter, code, detail }],
  })
}
