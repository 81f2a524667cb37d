export interface ProblemDetailError {
  /** RFC 6901, from the body, or from an event of it; empty for a parameter of the URL. */
  pointer: string
  /** The name of a parameter of the URL. */
  parameter?: string
  code: string
  detail: string
  /** Of the event in its batch. */
  index?: number
  /** In the text at the pointer, from 1. */
  line?: number
  column?: number
}

export interface ProblemOptions {
  detail: string
  errors?: ProblemDetailError[]
  /** Further members of the problem document. */
  members?: Record<string, unknown>
  headers?: Record<string, string>
  cause?: unknown
}

/** One thing that can go wrong with a request. */
export interface ProblemKind {
  /** The last word of the problem's `type`. */
  code: string
  status: number
  title: string
  /** Shown in the reference; without one the title says it all. */
  example?: ProblemOptions
}

/** Ends a request with a problem document, RFC 9457. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly kind: ProblemKind
  readonly options: ProblemOptions

  constructor(kind: ProblemKind, options: ProblemOptions) {
    super(options.detail, { cause: options.cause })
    this.kind = kind
    this.options = options
  }

  get code(): string {
    return this.kind.code
  }
}

/** The document itself. `instance` names this one occurrence, for the operator's log. */
export function problemDocument({ kind, options }: ProblemError, requestId: string): object {
  const { detail, errors, members } = options
  return {
    type: `/problems/${kind.code}`,
    title: kind.title,
    status: kind.status,
    detail,
    instance: `urn:uuid:${requestId}`,
    ...(errors === undefined ? {} : { errors }),
    ...members,
  }
}
