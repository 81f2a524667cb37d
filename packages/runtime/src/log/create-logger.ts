import { pino, stdTimeFunctions, type DestinationStream } from 'pino'
import { formatPretty } from './format-pretty.ts'
import { prepareFields } from './prepare-fields.ts'
import { scrub } from './scrub.ts'

interface LogMethod {
  (fields: object, event: string): void
  (event: string): void
}

/** An event is named by its second argument, like `turn.ended`; an error goes into the field `err`. */
export interface Logger {
  trace: LogMethod
  debug: LogMethod
  info: LogMethod
  warn: LogMethod
  error: LogMethod
  fatal: LogMethod
  /** Whether such a line would be written: for what is too dear to put together in vain. */
  isLevelEnabled(level: 'trace' | 'debug'): boolean
  /** The same log, with these fields on every line. */
  child(fields: object): Logger
}

export interface LoggerOptions {
  /** Who writes: the name of the app. */
  name: string
  level: string
  /** Where to; standard output when left out, in JSON, or for a person if that is a terminal. */
  destination?: DestinationStream
}

/** Lines of JSON. The last step before writing takes bot tokens, keys and passwords out of the whole line. */
export function createLogger({ name, level, destination = standardOutput() }: LoggerOptions): Logger {
  return pino(
    {
      level,
      base: { name },
      timestamp: stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        bindings: prepareFields,
        log: prepareFields,
      },
      // Errors are serialised by then; pino's own serialiser would copy every field of them.
      serializers: { err: (error: unknown) => error },
      hooks: { streamWrite: scrub },
    },
    destination,
  )
}

/** Written at once and not by another thread, so that the last line before an end is not lost. */
function standardOutput(): DestinationStream {
  const file = pino.destination({ fd: 1, sync: true })
  return process.stdout.isTTY ? { write: (line) => file.write(formatPretty(line)) } : file
}
