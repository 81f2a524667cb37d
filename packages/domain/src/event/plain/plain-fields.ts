import { z } from 'zod'
import { TIME_FIELDS, timeProblem } from '../../schema/time-window.ts'
import { writePlain, writePlainText, type PlainReading } from './plain-reading.ts'

/** A field of an object as its schema has it, ready to be read. */
export interface PlainField {
  name: string
  /** As it stands in JSON, with its colon. */
  label: string
  isOptional: boolean
  isTime: boolean
  /** Whether it belongs to what is written; it is checked either way. */
  isKept: boolean
  value: PlainValue
}

/** Each answers undefined for what asks for a closer look, which is whatever the schema refuses. */
interface PlainValue {
  /** A text in the one way it is kept. */
  readText: (text: string) => string | undefined
  /** Anything else as canonical JSON; texts in it are brought into the one way they are kept. */
  write: (reading: PlainReading, value: unknown) => string | undefined
}

/** An object that `JSON.parse` made. */
export type JsonObject = Record<string, unknown>

/** The fields in the order of canonical JSON. */
export function plainFields(shape: z.core.$ZodShape, depth: number): PlainField[] {
  const names = Object.keys(shape).sort()
  return names.map((name) => {
    const schema = shape[name]
    const isOptional = schema instanceof z.ZodOptional
    return {
      name,
      label: `${JSON.stringify(name)}:`,
      isOptional,
      isTime: TIME_FIELDS.has(name),
      isKept: true,
      value: plainValue(isOptional ? schema.unwrap() : schema, depth),
    }
  })
}

/**
 * The canonical JSON of an object that has these fields and no other, and all of them in the one way they are kept, which
 * they have afterwards in the object, too.
 */
export function writeFields(
  reading: PlainReading,
  object: JsonObject,
  fields: readonly PlainField[],
): string | undefined {
  let text = ''
  let count = 0
  for (const { name, label, isOptional, isTime, isKept, value } of fields) {
    const given = object[name]
    if (given === undefined) {
      if (isOptional) continue
      return undefined
    }
    let written: string | undefined
    if (typeof given === 'string') {
      const kept = value.readText(given)
      if (kept === undefined) return undefined
      if (isTime && timeProblem(name, kept, reading.nowMs) !== undefined) return undefined
      if (kept !== given) object[name] = kept
      written = writePlainText(reading, kept)
    } else written = value.write(reading, given)
    if (written === undefined) return undefined
    count += 1
    if (isKept) text += text === '' ? label + written : `,${label}${written}`
  }
  reading.members += count
  reading.names += count
  return Object.keys(object).length === count ? `{${text}}` : undefined
}

/** @param depth containers around the value */
function plainValue(schema: unknown, depth: number): PlainValue {
  if (schema instanceof z.ZodObject) return plainObject(schema, depth)
  if (schema instanceof z.ZodArray) return plainList(schema, depth)
  if (schema instanceof z.ZodRecord) return plainRecord(schema, depth)
  if (schema instanceof z.ZodString) return { readText: textReader(schema), write: nothing }
  return schema instanceof z.ZodType ? plainLeaf(schema) : { readText: nothing, write: nothing }
}

function plainObject(schema: z.ZodObject, depth: number): PlainValue {
  const fields = plainFields(schema.shape, depth + 1)
  return {
    readText: nothing,
    write: (reading, value) => (isJsonObject(value) ? writeFields(reading, value, fields) : undefined),
  }
}

function plainList(schema: z.ZodArray, depth: number): PlainValue {
  const { write: writeElement } = plainValue(schema.element, depth + 1)
  const passes = checksOf<unknown[]>(schema)
  return {
    readText: nothing,
    write(reading, value) {
      if (!Array.isArray(value) || passes(value) === undefined) return undefined
      reading.members += value.length
      let text = ''
      for (const element of value) {
        const written = writeElement(reading, element)
        if (written === undefined) return undefined
        text += text === '' ? written : `,${written}`
      }
      return `[${text}]`
    },
  }
}

/** Only of what may be anything. */
function plainRecord({ keyType, valueType }: z.ZodRecord, depth: number): PlainValue {
  const isOpen = keyType instanceof z.ZodString && valueType instanceof z.ZodUnknown
  return {
    readText: nothing,
    write: (reading, value) =>
      isOpen && isJsonObject(value) ? writePlain(reading, value, depth) : undefined,
  }
}

/** Numbers, words of a list, one of several such. */
function plainLeaf(schema: z.ZodType): PlainValue {
  return {
    readText(text) {
      const { data } = schema.safeParse(text)
      return typeof data === 'string' ? data : undefined
    },
    write(reading, value) {
      if (typeof value === 'object' || schema.safeParse(value).data !== value) return undefined
      return writePlain(reading, value, 0)
    },
  }
}

function textReader(schema: z.ZodString): PlainValue['readText'] {
  return schema.def.checks?.length === 0 ? (text) => text : checksOf<string>(schema)
}

/** What the checks of a schema make of a value of its type; they may change it, and zod does nothing else with it. */
function checksOf<Value>(schema: z.ZodType): (value: Value) => Value | undefined {
  const checks = schema.def.checks ?? []
  return (value) => {
    const payload: z.core.ParsePayload<Value> = { value, issues: [] }
    for (const check of checks) {
      // Zod does not say of what its checks are; these are the schema's own, for values of its type.
      void check._zod.check(payload as z.core.ParsePayload<never>)
      if (payload.issues.length > 0) return undefined
    }
    return payload.value
  }
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function nothing(): undefined {}
