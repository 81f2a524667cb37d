import { ATTRIBUTE_NAME, cloudEventAttributes, extensionSchema, shortAttributes } from '../schema/envelope.ts'
import { describeUnknownField } from './describe-schema-issue.ts'
import { fieldName, issueAt, MAX_ISSUES, type EventIssue } from './issue.ts'
import { didYouMean } from './near-miss.ts'

const CLOUD_EVENT_FIELDS = ['id', 'type', 'data', ...Object.keys(cloudEventAttributes)]
const SHORT_FIELDS = ['id', 'type', 'data', ...Object.keys(shortAttributes)]

interface Attributes {
  /** `id`, `type`, `data` and the attributes Postino knows, in the structured form and not yet checked. */
  known: Record<string, unknown>
  issues: EventIssue[]
}

/** Brings both forms of an event into one. An event that names its `specversion` is structured, any other is short. */
export function readAttributes(event: object): Attributes {
  return Object.hasOwn(event, 'specversion') ? readCloudEvent(event) : readShortForm(event)
}

function readCloudEvent(event: object): Attributes {
  const known: Record<string, unknown> = {}
  const issues: EventIssue[] = []
  for (const [name, value] of Object.entries(event)) {
    // CloudEvents' JSON format has null mean the same as nothing.
    if (value === null && name !== 'data') continue
    if (CLOUD_EVENT_FIELDS.includes(name)) known[name] = value
    else if (issues.length < MAX_ISSUES) issues.push(...checkExtension(name, value))
  }
  return { known, issues }
}

function checkExtension(name: string, value: unknown): EventIssue[] {
  const path = [name]
  if (!ATTRIBUTE_NAME.test(name)) {
    const rule = 'is no attribute of CloudEvents; their names are 1 to 20 lower-case letters and digits'
    const detail = `${fieldName(path)} ${rule}.${didYouMean(name, CLOUD_EVENT_FIELDS)}`
    return [issueAt(path, 'invalid_attribute_name', detail)]
  }
  if (extensionSchema.safeParse(value).success) return []
  const rule = 'must be text, a whole number of 32 bits, or true or false, as extensions of CloudEvents are'
  return [issueAt(path, 'wrong_type', `${fieldName(path)} ${rule}.`)]
}

function readShortForm(event: object): Attributes {
  const known: Record<string, unknown> = { specversion: '1.0', source: '/' }
  const issues: EventIssue[] = []
  for (const [name, value] of Object.entries(event)) {
    if (SHORT_FIELDS.includes(name)) known[name] = value
    else if (issues.length < MAX_ISSUES)
      issues.push(describeUnknownField([name], [...SHORT_FIELDS, 'specversion']))
  }
  return { known, issues }
}
