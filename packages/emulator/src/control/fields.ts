import { ActError } from '../world/act-error.ts'

/** The JSON object of a control request, its fields checked as they are read. */
export type Fields = Readonly<Record<string, unknown>>

export function parseFields(body: string): Fields {
  if (body.trim() === '') return {}
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    throw new ActError(400, 'the body is not JSON')
  }
  return asFields(value, 'the body')
}

export function asFields(value: unknown, name: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return Object.fromEntries(Object.entries(value))
  throw new ActError(400, `${name} must be an object`)
}

export function text(fields: Fields, name: string): string {
  return optionalText(fields, name) ?? missing(name, 'a string')
}

export function optionalText(fields: Fields, name: string): string | undefined {
  const value = fields[name]
  if (value === undefined || value === null) return undefined
  return typeof value === 'string' ? value : missing(name, 'a string')
}

export function integer(fields: Fields, name: string): number {
  return optionalInteger(fields, name) ?? missing(name, 'an integer')
}

export function optionalInteger(fields: Fields, name: string): number | undefined {
  const value = fields[name]
  if (value === undefined || value === null) return undefined
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : missing(name, 'an integer')
}

export function optionalNumber(fields: Fields, name: string): number | undefined {
  const value = fields[name]
  if (value === undefined || value === null) return undefined
  return typeof value === 'number' && Number.isFinite(value) ? value : missing(name, 'a number')
}

export function optionalBoolean(fields: Fields, name: string): boolean | undefined {
  const value = fields[name]
  if (value === undefined || value === null) return undefined
  return typeof value === 'boolean' ? value : missing(name, 'true or false')
}

/** An id or a username. */
export function reference(fields: Fields, name: string): number | string {
  const value = fields[name]
  return typeof value === 'number' || typeof value === 'string' ? value : missing(name, 'an id or a username')
}

export function optionalObject(fields: Fields, name: string): Fields | undefined {
  const value = fields[name]
  return value === undefined || value === null ? undefined : asFields(value, `"${name}"`)
}

function missing(name: string, expected: string): never {
  throw new ActError(400, `"${name}" must be ${expected}`)
}
