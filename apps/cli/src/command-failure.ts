/** What a person at the terminal can mend: printed as one line, without a stack trace, and the exit code is 1. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure'
}
