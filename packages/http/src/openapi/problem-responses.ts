import { ProblemError, problemDocument, type ProblemKind } from '../problem/problem-error.ts'
import { PROBLEMS } from '../problem/problems.ts'
import { schemaRef } from './components.ts'

const REQUEST_ID = '5c1d6a35-2f0c-4c67-8f7e-0d4f1b8f5f10'

/** What may go wrong with any request, before it reaches a resource. */
const EVERYWHERE: readonly ProblemKind[] = [
  PROBLEMS['bad-request'],
  PROBLEMS['not-found'],
  PROBLEMS['method-not-allowed'],
  PROBLEMS.timeout,
  PROBLEMS['uri-too-long'],
  PROBLEMS['expectation-failed'],
  PROBLEMS['headers-too-large'],
  PROBLEMS.internal,
]

const RETRY_AFTER = { 'Retry-After': { description: 'Seconds', schema: { type: 'integer' } } }
const CHALLENGE = { 'WWW-Authenticate': { description: 'RFC 6750', schema: { type: 'string' } } }
const ALLOW = { Allow: { description: 'The methods there are', schema: { type: 'string' } } }
const ACCEPT = { Accept: { description: 'The media types taken here', schema: { type: 'string' } } }

const HEADERS: ReadonlyMap<ProblemKind, object> = new Map<ProblemKind, object>([
  [PROBLEMS.unauthorized, CHALLENGE],
  [PROBLEMS.forbidden, CHALLENGE],
  [PROBLEMS['method-not-allowed'], ALLOW],
  [PROBLEMS['unsupported-media-type'], ACCEPT],
  [PROBLEMS['too-many-requests'], RETRY_AFTER],
  [PROBLEMS.unavailable, RETRY_AFTER],
])

/** The responses of an operation that can end in these problems, and in those any request can, by status. */
export function problemResponses(kinds: readonly ProblemKind[]): Record<string, unknown> {
  const byStatus = Map.groupBy(new Set([...kinds, ...EVERYWHERE]), (kind) => kind.status)
  return Object.fromEntries([...byStatus].map(([status, group]) => [String(status), problemResponse(group)]))
}

function problemResponse(kinds: ProblemKind[]): object {
  return {
    description: kinds.map((kind) => kind.title).join('; or: '),
    headers: Object.assign({}, ...kinds.map((kind) => HEADERS.get(kind))),
    content: {
      'application/problem+json': {
        schema: schemaRef('Problem'),
        examples: Object.fromEntries(kinds.map((kind) => [kind.code, { value: exampleOf(kind) }])),
      },
    },
  }
}

function exampleOf(kind: ProblemKind): object {
  return problemDocument(new ProblemError(kind, kind.example ?? { detail: `${kind.title}.` }), REQUEST_ID)
}
