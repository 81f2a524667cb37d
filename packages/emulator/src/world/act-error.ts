/** Somebody was to do what cannot be done: press a button that is not there, write where they may not. */
export class ActError extends Error {
  override readonly name = 'ActError'
  /** As the control API answers it. */
  readonly statusCode: 400 | 404 | 409

  constructor(statusCode: 400 | 404 | 409, message: string) {
    super(message)
    this.statusCode = statusCode
  }
}
