import { EVENT_DATA_SCHEMAS, exampleAt, isEventKind, type EventKind } from '@postino/domain'
import { checkHtml } from '../markup/html-check.ts'
import type { RenderedContent } from '../render/render-message.ts'
import { createRenderer } from '../render/render-message.ts'
import type { StarterTemplate } from './starter-templates.ts'
import { starterTemplates } from './starter-templates.ts'

const render = createRenderer()

/** Friday, 20 November 2026, 16:05 in Rome: the hour of the domain's examples. */
const NOW_MS = Date.parse('2026-11-20T15:05:00Z')
const THIS_EVENING = { eta_from: '2026-11-20T16:00:00Z', eta_until: '2026-11-20T18:00:00Z' }

const GIULIA = { name: { first: 'Giulia', last: 'Rossi' }, locale: 'it-IT' }
const BOTTEGA = { name: 'Bottega', support_contact: '+390546123456' }

type Data = Record<string, unknown>

export const LOCALES = [...new Set(starterTemplates.map(({ locale }) => locale))]

/** The text in all languages. */
export function twinsOf({ kind, state }: StarterTemplate): StarterTemplate[] {
  return starterTemplates.filter((template) => template.kind === kind && template.state === state)
}

/** Renders a starter text for tests; throws when it fails. */
export function renderStarter(
  template: StarterTemplate,
  data: Data,
  people: Data = { contact: GIULIA, shop: BOTTEGA },
): RenderedContent {
  const { content, kind, state, locale } = template
  const result = render(content, {
    kind,
    data: { ...data, ...people },
    locale,
    timeZone: 'Europe/Rome',
    nowMs: NOW_MS,
  })
  if (result.status === 'failed') throw new Error(`${locale} ${kind} ${state}: ${result.detail}`)
  return result.content
}

export function renderBare(template: StarterTemplate): RenderedContent {
  return renderStarter(template, bareData(template), { contact: {}, shop: { name: 'Bottega' } })
}

/** What people see of Telegram's HTML; throws when it is none. */
export function visibleText(html: string): string {
  const check = checkHtml(html)
  if (check.status === 'invalid') throw new Error(check.detail)
  return check.text
}

function kindOf(template: StarterTemplate): EventKind {
  if (!isEventKind(template.kind)) throw new Error(`there is no kind ${template.kind}`)
  return template.kind
}

export function isAccepted(template: StarterTemplate, data: Data): boolean {
  return EVENT_DATA_SCHEMAS[kindOf(template)].safeParse(data).success
}

/** The domain's example with the parts it leaves out, in the state the template is for. */
export function fullData(template: StarterTemplate): Data {
  const { data } = exampleAt(kindOf(template), NOW_MS)
  if (template.kind !== 'order.status_changed') return data
  return {
    ...data,
    order: { ...fieldsOf(data['order']), status: template.state || 'on_hold' },
    delivery: {
      ...fieldsOf(data['delivery']),
      address: 'Via Roma 1, Faenza',
      ...(template.state === 'out_for_delivery' && THIS_EVENING),
    },
    payment: { method: 'PayPal', url: 'https://pay.example/1' },
    refund: { amount: '136.70', currency: 'EUR' },
  }
}

/** Without every field an event can do without. */
function bareData(template: StarterTemplate): Data {
  let data = fullData(template)
  for (const path of pathsOf(data).toReversed()) {
    const without = withChange(data, path, undefined)
    if (isAccepted(template, without)) data = without
  }
  return data
}

type Path = readonly string[]

/** The paths of all fields, the outer ones first. */
export function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, field]) => [
    [...path, name],
    ...pathsOf(field, [...path, name]),
  ])
}

/** A copy in which the field has this value, or is gone when the value is undefined. */
export function withChange(data: Data, path: Path, value: unknown): Data {
  const copy = structuredClone(data)
  const last = path.at(-1)
  let target: unknown = copy
  for (const name of path.slice(0, -1)) target = fieldsOf(target)[name]
  if (last === undefined || typeof target !== 'object' || target === null) return copy
  if (value !== undefined) Reflect.set(target, last, value)
  else if (Array.isArray(target)) target.splice(Number(last), 1)
  else Reflect.deleteProperty(target, last)
  return copy
}

export function fieldsOf(value: unknown): Data {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}
