import { ProblemError, problemDocument, type ProblemOptions } from '../problem/problem-error.ts'
import { PROBLEMS, type ProblemCode } from '../problem/problems.ts'
import { schemaRef } from './components.ts'

const REQUEST_ID = '5c1d6a35-2f0c-4c67-8f7e-0d4f1b8f5f10'

/** What may go wrong with any request, before it reaches a resource. */
const EVERYWHERE: ProblemCode[] = [
  'bad-request',
  'not-found',
  'method-not-allowed',
  'timeout',
  'uri-too-long',
  'expectation-failed',
  'headers-too-large',
  'internal',
]

const RETRY_AFTER = { description: 'Seconds', schema: { type: 'integer' } }
const CHALLENGE = { description: 'RFC 6750', schema: { type: 'string' } }

const HEADERS: Partial<Record<ProblemCode, Record<string, unknown>>> = {
  unauthorized: { 'WWW-Authenticate': CHALLENGE },
  forbidden: { 'WWW-Authenticate': CHALLENGE },
  'method-not-allowed': { Allow: { description: 'The methods there are', schema: { type: 'string' } } },
  'unsupported-media-type': {
    Accept: { description: 'The media types taken here', schema: { type: 'string' } },
  },
  'too-many-requests': { 'Retry-After': RETRY_AFTER },
  unavailable: { 'Retry-After': RETRY_AFTER },
}

/** Problems whose documents say more than the others'. */
const OPTIONS: Partial<Record<ProblemCode, ProblemOptions>> = {
  conflict: {
    detail: 'The event evt-42 of https://shop.example was accepted before, saying something else.',
    errors: [{ pointer: '/id', code: 'conflict', detail: 'A new event needs a new id.' }],
    members: { id: 'evt-42', source: 'https://shop.example' },
  },
  'invalid-event': {
    detail: 'Mend what errors names, and send the event again.',
    errors: [{ pointer: '/data/order/number', code: 'required', detail: 'data.order.number is missing.' }],
  },
  'invalid-batch': {
    detail: '1 of 2 events were accepted; errors names what is wrong with the others.',
    errors: [
      {
        index: 1,
        pointer: '/type',
        code: 'unknown_kind',
        detail: 'type is not a kind of event Postino knows.',
      },
    ],
    members: {
      events: [
        {
          id: 'evt-42',
          source: 'https://shop.example',
          status: 'accepted',
          messages: [{ id: '81734', recipient: 'customer-2071', role: 'customer' }],
        },
        { status: 'invalid' },
      ],
    },
  },
}

/** The responses of an operation that can end in these problems, and in those any request can, by status. */
export function problemResponses(codes: readonly ProblemCode[]): Record<string, unknown> {
  const byStatus = Map.groupBy(new Set([...codes, ...EVERYWHERE]), (code) => PROBLEMS[code].status)
  return Object.fromEntries([...byStatus].map(([status, group]) => [String(status), problemResponse(group)]))
}

function problemResponse(codes: ProblemCode[]): object {
  return {
    description: codes.map((code) => PROBLEMS[code].title).join('; or: '),
    headers: Object.assign({}, ...codes.map((code) => HEADERS[code])),
    content: {
      'application/problem+json': {
        schema: schemaRef('Problem'),
        examples: Object.fromEntries(codes.map((code) => [code, { value: example(code) }])),
      },
    },
  }
}

function example(code: ProblemCode): object {
  return problemDocument(
    new ProblemError(code, OPTIONS[code] ?? { detail: `${PROBLEMS[code].title}.` }),
    REQUEST_ID,
  )
}
