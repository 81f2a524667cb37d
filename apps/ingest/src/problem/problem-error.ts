import { PROBLEMS, type ProblemCode } from './problems.ts'

export interface ProblemDetailError {
  /** RFC 6901, from the event; in the body of a single event that is from the body. */
  pointer: string
  code: string
  detail: string
  /** Of the event in its batch. */
  index?: number
}

export interface ProblemOptions {
  detail: string
  errors?: ProblemDetailError[]
  /** Further members of the problem document. */
  members?: Record<string, unknown>
  headers?: Record<string, string>
  cause?: unknown
}

/** Ends a request with a problem document, RFC 9457. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly code: ProblemCode
  readonly options: ProblemOptions

  constructor(code: ProblemCode, options: ProblemOptions) {
    super(options.detail, { cause: options.cause })
    this.code = code
    this.options = options
  }
}

/** The document itself. `instance` names this one occurrence, for the operator's log. */
export function problemDocument({ code, options }: ProblemError, requestId: string): object {
  const { status, title } = PROBLEMS[code]
  const { detail, errors, members } = options
  return {
    type: `/problems/${code}`,
    title,
    status,
    detail,
    instance: `urn:uuid:${requestId}`,
    ...(errors === undefined ? {} : { errors }),
    ...members,
  }
}
