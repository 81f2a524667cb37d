import type { ProblemKind } from './problem-error.ts'

/** Names kinds of problems, each once: the name of a member is the code of its kind. */
export function defineProblems<const Code extends string>(
  kinds: Record<Code, Omit<ProblemKind, 'code'>>,
): Record<Code, ProblemKind> {
  const named = Object.entries<Omit<ProblemKind, 'code'>>(kinds).map(([code, kind]) => [
    code,
    { code, ...kind },
  ])
  // Its names are those that were given.
  return Object.fromEntries(named) as Record<Code, ProblemKind>
}

/** What can go wrong with a request to any of our APIs. */
export const PROBLEMS = defineProblems({
  'malformed-body': { status: 400, title: 'The body cannot be read as strict JSON' },
  'bad-request': { status: 400, title: 'The request cannot be understood' },
  'key-in-url': { status: 400, title: 'The API key stands in the URL' },
  unauthorized: { status: 401, title: 'No valid API key' },
  forbidden: { status: 403, title: 'The API key may not do this' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'method-not-allowed': { status: 405, title: 'This resource does not know this method' },
  timeout: { status: 408, title: 'The request did not arrive in time' },
  'too-large': { status: 413, title: 'The body is too large' },
  'uri-too-long': { status: 414, title: 'The URL is too long' },
  'unsupported-media-type': { status: 415, title: 'The body has a form that is not accepted here' },
  'expectation-failed': { status: 417, title: 'The expectation cannot be met' },
  'invalid-parameter': { status: 422, title: 'A parameter is not valid' },
  'too-many-requests': { status: 429, title: 'Too much of this shop is waiting' },
  'headers-too-large': { status: 431, title: 'The header fields are too large' },
  internal: { status: 500, title: 'Postino made a mistake' },
  unavailable: { status: 503, title: 'Postino cannot do this right now' },
})
