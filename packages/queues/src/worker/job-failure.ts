/**
 * What BullMQ gets to see of a failed job. It writes the message into Redis and into an event stream, where nobody
 * expects personal data: so only the error's class. The error itself goes to `onFailed`, in this process.
 */
export class JobFailure extends Error {
  override readonly name = 'JobFailure'
  constructor(error: unknown) {
    super(failureReason(error), { cause: error })
    // BullMQ would write it into the job.
    delete this.stack
  }
}

function failureReason(error: unknown): string {
  if (!(error instanceof Error)) return 'Error'
  return /^[A-Za-z][A-Za-z0-9]{0,59}$/.test(error.name) ? error.name : 'Error'
}
