import { ProblemError } from '../problem/problem-error.ts'
import { PROBLEMS } from '../problem/problems.ts'

/** The media type of a body, when it is one of those accepted: UTF-8 and not compressed. Ends with a 415 else. */
export function checkContentType<MediaType extends string>(
  headers: { 'content-type'?: string; 'content-encoding'?: string },
  accepted: readonly MediaType[],
): MediaType {
  const encoding = headers['content-encoding']
  if (encoding !== undefined && encoding.trim().toLowerCase() !== 'identity') {
    throw unsupported(accepted, 'Compressed bodies are not read; send it as it is.', {
      'accept-encoding': 'identity',
    })
  }
  const [mediaType = '', ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';')
  const type = accepted.find((one) => one === mediaType.trim())
  if (type === undefined) throw unsupportedType(accepted)
  const charset = parameters.find((parameter) => parameter.trim().startsWith('charset'))
  if (charset !== undefined && !/^\s*charset\s*=\s*"?utf-?8"?\s*$/.test(charset)) {
    throw unsupported(accepted, 'A body is UTF-8; leave the charset out.')
  }
  return type
}

export function unsupportedType(accepted: readonly string[]): ProblemError {
  return unsupported(accepted, `A body is taken as ${accepted.join(', ')}.`)
}

function unsupported(
  accepted: readonly string[],
  detail: string,
  headers?: Record<string, string>,
): ProblemError {
  return new ProblemError(PROBLEMS['unsupported-media-type'], {
    detail,
    headers: { accept: accepted.join(', '), ...headers },
  })
}
