/**
 * A request that is no proper Bot API call at all. The real server answers these with a status line, an empty body
 * and a closed connection.
 */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError'
  readonly statusCode: ProtocolStatus

  constructor(statusCode: ProtocolStatus, message: string, options?: ErrorOptions) {
    super(message, options)
    this.statusCode = statusCode
  }
}

export type ProtocolStatus = 400 | 413 | 415 | 431 | 501 | 505
