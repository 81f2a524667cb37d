import { refuse } from '../refused-error.ts'

/** An object of a parameter that holds JSON. Its fields are checked one by one, in the words of the real server. */
export type JsonObject = Readonly<Record<string, unknown>>

/** A mistake inside a JSON parameter. `within` puts the parameter's own words before it. */
class FieldError extends Error {
  override readonly name = 'FieldError'
}

/** @throws {FieldError} always. */
export function failField(detail: string): never {
  throw new FieldError(detail)
}

/** Runs a parser; a mistake inside becomes a refusal that begins with `prefix`, when there is one. */
export function within<Value>(prefix: string, parse: () => Value): Value {
  try {
    return parse()
  } catch (error) {
    if (error instanceof FieldError) refuse(prefix === '' ? error.message : `${prefix}: ${error.message}`)
    throw error
  }
}

/** The JSON in a parameter; refused with `message` when it is none. */
export function parseJson(text: string, message: string): unknown {
  if (!text.isWellFormed()) refuse(message)
  try {
    return JSON.parse(text)
  } catch {
    // Telegram does not say where the mistake is.
    return refuse(message)
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Empty when absent. A number is taken as the text it is written in. */
export function optionalString(object: JsonObject, name: string): string {
  const value = object[name]
  if (value === undefined) return ''
  if (typeof value === 'string') return value
  return typeof value === 'number' ? String(value) : failField(`Field "${name}" must be of type String`)
}

export function requiredString(object: JsonObject, name: string): string {
  return object[name] === undefined ? failField(`Can't find field "${name}"`) : optionalString(object, name)
}

export function optionalBoolean(object: JsonObject, name: string): boolean {
  const value = object[name]
  if (value === undefined) return false
  return typeof value === 'boolean' ? value : failField(`Field "${name}" must be of type Boolean`)
}

export function optionalInteger(object: JsonObject, name: string, absent = 0): number {
  const value = object[name]
  if (value === undefined) return absent
  if (typeof value !== 'number' && typeof value !== 'string')
    return failField(`Field "${name}" must be a Number`)
  return /^-?\d+$/.test(String(value)) ? Number(value) : failField(`Field "${name}" must be a valid Number`)
}

export function requiredInteger(object: JsonObject, name: string): number {
  return object[name] === undefined ? failField(`Can't find field "${name}"`) : optionalInteger(object, name)
}

export function requiredObject(object: JsonObject, name: string): JsonObject {
  const value = object[name]
  if (value === undefined) return failField(`Can't find field "${name}"`)
  return isObject(value) ? value : failField(`Field "${name}" must be of type Object`)
}
