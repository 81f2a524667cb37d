import type { z } from 'zod'

/** What a schema of the domain refuses, each with where it stands, a stable code and a sentence. */
export function describeInput(error: z.ZodError): { path: string; code: string; message: string }[] {
  return error.issues.map((issue) => {
    const path = issue.path.join('.')
    if (issue.code === 'too_big') {
      return { path, code: 'too_long', message: `is longer than ${issue.maximum} characters` }
    }
    if (issue.code === 'invalid_type') return { path, code: 'missing', message: issue.message }
    const code = issue.code === 'custom' ? issue.params?.['code'] : undefined
    return { path, code: typeof code === 'string' ? code : 'invalid', message: issue.message }
  })
}
