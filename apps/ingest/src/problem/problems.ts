/** Everything that can go wrong with a request, by the last word of the problem's `type`. */
export const PROBLEMS = {
  'malformed-body': { status: 400, title: 'The body cannot be read as strict JSON' },
  'bad-request': { status: 400, title: 'The request cannot be understood' },
  'key-in-url': { status: 400, title: 'The API key stands in the URL' },
  unauthorized: { status: 401, title: 'No valid API key' },
  forbidden: { status: 403, title: 'The API key may not do this' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'method-not-allowed': { status: 405, title: 'This resource does not know this method' },
  timeout: { status: 408, title: 'The request did not arrive in time' },
  conflict: { status: 409, title: 'This event id was used for another event' },
  'too-large': { status: 413, title: 'The body is too large' },
  'uri-too-long': { status: 414, title: 'The URL is too long' },
  'unsupported-media-type': { status: 415, title: 'The body has a form that is not accepted here' },
  'expectation-failed': { status: 417, title: 'The expectation cannot be met' },
  'invalid-event': { status: 422, title: 'The event is not valid' },
  'invalid-batch': { status: 422, title: 'Some events of the batch were not accepted' },
  'invalid-parameter': { status: 422, title: 'A parameter is not valid' },
  'too-many-requests': { status: 429, title: 'Too much of this shop is waiting' },
  'headers-too-large': { status: 431, title: 'The header fields are too large' },
  internal: { status: 500, title: 'Postino made a mistake' },
  unavailable: { status: 503, title: 'Events cannot be taken right now' },
} as const satisfies Record<string, { status: number; title: string }>

export type ProblemCode = keyof typeof PROBLEMS
