import { readFileSync } from 'node:fs'
import type { z } from 'zod'
import { scrub } from '../log/scrub.ts'
import type { Config, Setting, Settings } from './setting.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** Every problem at once, one line each: the variable, what is wrong, and the way out. Never a secret. */
export class InvalidSettingsError extends Error {
  override readonly name = 'InvalidSettingsError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

const MAX_SHOWN_CHARS = 40
/** A problem that repeats this much of a secret would give it away. */
const TELLING_CHARS = 6

/**
 * Reads the settings from an environment. An empty variable counts as absent.
 *
 * @throws InvalidSettingsError with all problems
 */
export function readSettings<S extends Settings>(settings: S, environment: Environment): Config<S> {
  const problems: string[] = []
  const values: Record<string, unknown> = {}
  for (const [name, setting] of Object.entries(settings)) {
    const result = readSetting(setting, environment)
    if (result.status === 'ok') values[name] = result.value
    else problems.push(result.problem)
  }
  if (problems.length > 0) throw new InvalidSettingsError(problems)
  return asConfig<S>(values)
}

// Each value came out of the schema of the setting it stands under, which is what the type says.
function asConfig<S extends Settings>(values: Record<string, unknown>): Config<S> {
  return values as Config<S>
}

type Result = { status: 'ok'; value: unknown } | { status: 'wrong'; problem: string }
type Text = { status: 'ok'; text: string | undefined } | { status: 'wrong'; problem: string }

function readSetting(setting: Setting, environment: Environment): Result {
  const found = findText(setting, environment)
  if (found.status === 'wrong') return found
  const parsed = setting.schema.safeParse(found.text)
  if (parsed.success) return { status: 'ok', value: parsed.data }
  const problem =
    found.text === undefined
      ? `${setting.variable} is missing. ${wayOut(setting, 'Set')}`
      : `${setting.variable} is wrong: ${describeIssues(setting, found.text, parsed.error)}. ${wayOut(setting, 'Change')}`
  return { status: 'wrong', problem: oneLine(problem) }
}

function findText(setting: Setting, environment: Environment): Text {
  const { variable } = setting
  const text = presentText(environment[variable])
  const file = setting.secret ? presentText(environment[`${variable}_FILE`]) : undefined
  if (file === undefined) return { status: 'ok', text }
  if (text !== undefined) {
    return { status: 'wrong', problem: `${variable} and ${variable}_FILE are both set. Remove one of them.` }
  }
  try {
    // Editors and `echo` end a file with a newline, which is no part of the secret.
    return { status: 'ok', text: presentText(readFileSync(file, 'utf8').replace(/\r?\n$/, '')) }
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason'
    const problem = `${variable}_FILE names ${file}, which cannot be read (${reason}). Put the file there, or set ${variable}.`
    return { status: 'wrong', problem: oneLine(problem) }
  }
}

function presentText(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text
}

function describeIssues({ secret }: Setting, text: string, error: z.ZodError): string {
  const messages = error.issues.map((issue) => issue.message.replace(/\.$/, '')).join('; ')
  if (secret) return repeatsSecret(messages, text) ? 'it does not have the right form' : messages
  const shown = text.length > MAX_SHOWN_CHARS ? `${text.slice(0, MAX_SHOWN_CHARS)}…` : text
  // Somebody may have put a secret into the wrong variable.
  return `${messages} (it is ${JSON.stringify(scrub(shown))})`
}

function repeatsSecret(message: string, secret: string): boolean {
  if (secret.length <= TELLING_CHARS) return message.includes(secret)
  for (let start = 0; start + TELLING_CHARS <= secret.length; start++) {
    if (message.includes(secret.slice(start, start + TELLING_CHARS))) return true
  }
  return false
}

function wayOut({ variable, secret, doc, schema }: Setting, verb: string): string {
  const file = secret ? `, or ${variable}_FILE to a file that holds it` : ''
  const fallback = schema.safeParse(undefined)
  const absent = fallback.success ? `, or leave it out${describeDefault(fallback.data)}` : ''
  return `${verb} it${file}${absent}: ${doc}`
}

function describeDefault(value: unknown): string {
  return value === undefined ? '' : ` for ${typeof value === 'string' ? value : JSON.stringify(value)}`
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ')
}
