/** An accident that a call meets. */
export type Fault =
  /** An error of the Bot API, well-formed. The description follows from the code when it is not given. */
  | {
      readonly kind: 'error'
      readonly code: number
      readonly description?: string
      readonly retry_after?: number
    }
  /** 502 of the web server in front, as an HTML page or as JSON. */
  | { readonly kind: 'bad_gateway'; readonly body: 'html' | 'json' }
  /** A status line, no body, and the connection is closed. */
  | { readonly kind: 'empty_body'; readonly status: number }
  /** The connection is reset. `after`: the call was carried out, only its answer is lost. */
  | { readonly kind: 'reset'; readonly when: 'before' | 'after' }
  /** No answer ever comes. `after`: the call was carried out. */
  | { readonly kind: 'hang'; readonly when: 'before' | 'after' }
  /** The call is carried out; the answer comes byte by byte. */
  | { readonly kind: 'slow_body'; readonly bytes_per_second: number }
  /** The call is carried out; the answer stops in the middle and the connection is closed. */
  | { readonly kind: 'cut_body' }
  /** Any answer instead of the call. */
  | { readonly kind: 'raw'; readonly status: number; readonly content_type: string; readonly body: string }
  /** The call takes this much longer, a random part of it before it is carried out. */
  | { readonly kind: 'latency'; readonly min_ms: number; readonly max_ms: number }

export interface FaultMatch {
  /** Id or username. */
  readonly bot?: number | string | undefined
  readonly method?: string | undefined
  readonly chat_id?: number | string | undefined
}

/** Which calls meet which accident. */
export interface FaultRule {
  readonly id: number
  readonly match: FaultMatch
  readonly fault: Fault
  /** How many more calls it will meet; `undefined`: all. */
  left: number | undefined
  /** How many calls that match it lets pass first. */
  skip: number
  /** From 0 to 1. */
  readonly probability: number
  /** How many calls it met. */
  met: number
}
