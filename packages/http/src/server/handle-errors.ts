import type { Logger } from '@postino/runtime'
import { errorCodes, type FastifyError, type FastifyReply, type FastifyRequest } from 'fastify'
import { unsupportedType } from '../body/content-type.ts'
import { ProblemError, problemDocument } from '../problem/problem-error.ts'
import { PROBLEMS } from '../problem/problems.ts'
import { SECURITY_HEADERS } from './security-headers.ts'

/** Ends a request with a problem document, whatever was thrown; nothing of an unknown error is shown. */
export function createErrorHandler(logger: Logger, mediaTypes: readonly string[]) {
  return function handleError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const problem = toProblem(error, mediaTypes)
    const { status } = problem.kind
    if (status >= 500) log(problem, request)
    void reply
      .code(status)
      // A URL that cannot be read never comes to the hook that sets these for all others.
      .headers({ ...SECURITY_HEADERS, 'x-request-id': request.id, ...problem.options.headers })
      .type('application/problem+json')
      .send(JSON.stringify(problemDocument(problem, request.id)))
  }

  function log(problem: ProblemError, { id, shopId: shop }: FastifyRequest): void {
    const fields = { err: problem.options.cause ?? problem, request: id, shop }
    if (problem.kind === PROBLEMS.internal) logger.error(fields, 'request.failed')
    else logger.warn(fields, 'request.unavailable')
  }
}

function toProblem(error: unknown, mediaTypes: readonly string[]): ProblemError {
  if (error instanceof ProblemError) return error
  if (error instanceof errorCodes.FST_ERR_MAX_PARAM_LENGTH) {
    return new ProblemError(PROBLEMS['uri-too-long'], { detail: 'A part of the path is too long.' })
  }
  if (error instanceof errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE) return unsupportedType(mediaTypes)
  if (isClientsFault(error)) {
    return new ProblemError(PROBLEMS['bad-request'], {
      detail: 'The request cannot be understood.',
      cause: error,
    })
  }
  return new ProblemError(PROBLEMS.internal, {
    detail: 'The operator finds the cause by the instance.',
    cause: error,
  })
}

/** Fastify's own errors know their status; such as a URL with a broken percent escape. */
function isClientsFault(error: unknown): error is FastifyError {
  if (!(error instanceof Error) || !('code' in error) || !('statusCode' in error)) return false
  const { code, statusCode } = error
  const isFastifys = typeof code === 'string' && code.startsWith('FST_')
  return isFastifys && typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500
}
