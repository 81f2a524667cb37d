import type { z } from 'zod'

/** One environment variable: how it is called, what it may be, and what it is for. */
export interface Setting<Schema extends z.ZodType = z.ZodType> {
  variable: string
  /** Gets the text, or undefined when the variable is absent: `.default(…)` and `.optional()` work as ever. */
  schema: Schema
  /** Never printed. May also come from the file that `<variable>_FILE` names. */
  secret: boolean
  /** A sentence on what to set it to, for whoever reads it in a problem or a table. */
  doc: string
}

export type Settings = Record<string, Setting>

/** What a program gets: each setting's value under its own name. */
export type Config<S extends Settings> = { readonly [Name in keyof S]: z.output<S[Name]['schema']> }

const VARIABLE = /^[A-Z][A-Z0-9_]*$/

/** Numbers need `z.coerce.number()`, yes and no `z.stringbool()`: everything in the environment is text. */
export function setting<Schema extends z.ZodType>(
  variable: string,
  schema: Schema,
  options: { doc: string; secret?: boolean },
): Setting<Schema> {
  return { variable, schema, secret: options.secret ?? false, doc: options.doc }
}

/** @throws Error when two settings have the same variable: our bug, found at the first start */
export function defineSettings<S extends Settings>(settings: S): S {
  const seen = new Set<string>()
  for (const { variable, secret } of Object.values(settings)) {
    if (!VARIABLE.test(variable)) throw new Error(`${variable} is not a name for an environment variable`)
    for (const name of secret ? [variable, `${variable}_FILE`] : [variable]) {
      if (seen.has(name)) throw new Error(`two settings are called ${name}`)
      seen.add(name)
    }
  }
  return settings
}
