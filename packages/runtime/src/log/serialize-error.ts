const MAX_CAUSES = 5
const MAX_TOGETHER = 3
const MAX_MESSAGE_CHARS = 2_000
const MAX_STACK_CHARS = 4_000

export interface SerializedError {
  name: string
  message: string
  stack?: string
  /** Of Node, Postgres and Redis. */
  code?: string | number
  /** The Bot API method that failed. */
  method?: string
  error_code?: number
  description?: string
  /** Seconds Telegram asked us to wait. */
  retry_after?: number
  cause?: SerializedError
  /** The first few of an AggregateError. */
  errors?: SerializedError[]
}

/**
 * The fields of an error that may be logged, and no others: errors carry what they were about. grammY's hold the payload of
 * the call, which is a message's text and chat, Postgres' hold the row; and the token stands in those of the network.
 */
export function serializeError(error: unknown, depth = 0): SerializedError {
  if (typeof error !== 'object' || error === null)
    return { name: 'NonError', message: cut(String(error), MAX_MESSAGE_CHARS) }
  const fields: Record<string, unknown> = readFields(error)
  const serialized: SerializedError = {
    name: text(fields['name']) ?? 'NonError',
    message: cut(text(fields['message']) ?? 'no message', MAX_MESSAGE_CHARS),
  }
  const { code } = fields
  if (typeof code === 'string' || typeof code === 'number') serialized.code = code
  assignIfThere(serialized, 'method', text(fields['method']))
  assignIfThere(serialized, 'error_code', number(fields['error_code']))
  assignIfThere(serialized, 'description', text(fields['description']))
  assignIfThere(
    serialized,
    'retry_after',
    number(fields['retry_after']) ?? retryAfterOf(fields['parameters']),
  )
  const stack = text(fields['stack'])
  assignIfThere(serialized, 'stack', stack === undefined ? undefined : cut(stack, MAX_STACK_CHARS))
  if (depth < MAX_CAUSES) addCauses(serialized, fields, depth + 1)
  return serialized
}

function addCauses(serialized: SerializedError, fields: Record<string, unknown>, depth: number): void {
  // grammY's HttpError keeps its cause in `error`.
  const cause = fields['cause'] ?? (fields['error'] instanceof Error ? fields['error'] : undefined)
  if (cause !== undefined && cause !== null) serialized.cause = serializeError(cause, depth)
  const { errors } = fields
  if (Array.isArray(errors)) {
    const failures = errors.filter((error) => error instanceof Error)
    if (failures.length > 0) {
      serialized.errors = failures.slice(0, MAX_TOGETHER).map((error) => serializeError(error, depth))
    }
  }
}

const READ_FIELDS = [
  'name',
  'message',
  'code',
  'method',
  'error_code',
  'description',
  'retry_after',
  'parameters',
  'stack',
  'cause',
  'error',
  'errors',
] as const

function readFields(error: object): Record<string, unknown> {
  return Object.fromEntries(READ_FIELDS.map((field) => [field, Reflect.get(error, field)]))
}

function assignIfThere<Field extends keyof SerializedError>(
  serialized: SerializedError,
  field: Field,
  value: SerializedError[Field] | undefined,
): void {
  if (value !== undefined) serialized[field] = value
}

function retryAfterOf(parameters: unknown): number | undefined {
  return typeof parameters === 'object' && parameters !== null
    ? number(Reflect.get(parameters, 'retry_after'))
    : undefined
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}

function cut(value: string, maxChars: number): string {
  return value.length > maxChars ? `${value.slice(0, maxChars)}…` : value
}
