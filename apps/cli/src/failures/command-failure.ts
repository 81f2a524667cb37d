/** What a person at the terminal can mend: printed without a stack trace, and the exit code is 1. Names the way out. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure'
}
