import { readFormParameters } from './form-parameters.ts'
import { readJsonParameters } from './json-parameters.ts'
import { readMultipartParameters } from './multipart-parameters.ts'
import type { ParameterList } from './parameters.ts'
import { ProtocolError } from './protocol-error.ts'
import { MAX_PARAMETERS_BYTES } from './request-limits.ts'
import { decodeUtf8 } from './text-encoding.ts'

/**
 * Adds the parameters of a body to those already there. A body of any other content type holds no parameters.
 * Only multipart has to be waited for; the rest is read before the function returns.
 */
export function readParameters(
  body: Buffer,
  contentType: string,
  parameters: ParameterList,
): Promise<void> | undefined {
  if (body.length === 0) return undefined
  const type = contentType.toLowerCase()
  if (type.includes('multipart/form-data')) return readMultipartParameters(body, contentType, parameters)

  const isForm = type.includes('application/x-www-form-urlencoded')
  if (!isForm && !type.includes('application/json')) return undefined
  if (body.length > MAX_PARAMETERS_BYTES) throw new ProtocolError(413, 'too many parameters')
  const source = decodeUtf8(body)
  if (isForm) readFormParameters(source, parameters)
  else readJsonParameters(source, parameters)
  return undefined
}
