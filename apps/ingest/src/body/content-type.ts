import { ProblemError } from '../problem/problem-error.ts'

export const JSON_TYPE = 'application/json'
export const CLOUD_EVENT_TYPE = 'application/cloudevents+json'
export const BATCH_TYPE = 'application/cloudevents-batch+json'
const ACCEPTED_TYPES = [JSON_TYPE, CLOUD_EVENT_TYPE, BATCH_TYPE] as const

export type AcceptedType = (typeof ACCEPTED_TYPES)[number]

/** The media type of a body, when it is one we read: UTF-8 and not compressed. Ends with a 415 else. */
export function checkContentType(headers: {
  'content-type'?: string
  'content-encoding'?: string
}): AcceptedType {
  const encoding = headers['content-encoding']
  if (encoding !== undefined && encoding.trim().toLowerCase() !== 'identity') {
    throw unsupported('Compressed bodies are not read; send it as it is.', { 'accept-encoding': 'identity' })
  }
  const [mediaType = '', ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';')
  const type = ACCEPTED_TYPES.find((accepted) => accepted === mediaType.trim())
  if (type === undefined) throw unsupportedType()
  const charset = parameters.find((parameter) => parameter.trim().startsWith('charset'))
  if (charset !== undefined && !/^\s*charset\s*=\s*"?utf-?8"?\s*$/.test(charset)) {
    throw unsupported('JSON is UTF-8; leave the charset out.')
  }
  return type
}

export function unsupportedType(): ProblemError {
  return unsupported(`Events are taken as ${ACCEPTED_TYPES.join(', ')}.`)
}

function unsupported(detail: string, headers?: Record<string, string>): ProblemError {
  return new ProblemError('unsupported-media-type', {
    detail,
    headers: { accept: ACCEPTED_TYPES.join(', '), ...headers },
  })
}
