import {
  canonicalLocale,
  EVENT_KINDS,
  isEventKind,
  stateProblem,
  stateSchema,
  type EventKind,
} from '@postino/domain'

/** Which text of a shop. `state` is empty for the text that serves every state. */
export interface TemplateKey {
  kind: EventKind
  state: string
  locale: string
}

export type ReadPath = { status: 'read'; key: TemplateKey } | { status: 'refused'; message: string }

const EXTENSION = '.yaml'
/** What stands for the empty state; a state of this very name is written otherwise. */
const DEFAULT = 'default'
/** No disk takes a longer name. */
const MAX_NAME_BYTES = 240

/**
 * Where a folder keeps a template: `order.status_changed/shipped.it.yaml`. Two templates never share a path, not even on a
 * disk that takes capital letters for small ones, and none leads out of the folder: of a state all but small letters of Latin,
 * Greek and Cyrillic, digits, `_` and `-` is written as `%` and the two digits of each byte.
 * @throws RangeError when the state makes the name longer than disks take
 */
export function pathOfTemplate({ kind, state, locale }: TemplateKey): string {
  const name = `${fileNameOfState(state)}.${locale}${EXTENSION}`
  if (Buffer.byteLength(name) > MAX_NAME_BYTES)
    throw new RangeError(
      `the state ${JSON.stringify(state)} of ${kind} makes a file name longer than disks take`,
    )
  return `${kind}/${name}`
}

/** The template a path stands for. `path` is relative to the folder, with slashes. */
export function readTemplatePath(path: string): ReadPath {
  const [kind = '', name = '', ...more] = path.normalize('NFC').split('/')
  if (!isEventKind(kind)) return refused(describeUnknownKind(kind))
  const match = more.length > 0 ? undefined : /^([^.]+)\.([^.]+)\.yaml$/.exec(name)
  const [, writtenState = '', writtenLocale = ''] = match ?? []
  const state = stateOfFileName(writtenState)
  const locale = canonicalLocale(writtenLocale)
  if (match === null || match === undefined || state === undefined || locale === undefined)
    return refused(
      'a file is called by its state, or default, and its language, such as shipped.it.yaml or default.it.yaml',
    )
  const problem = stateProblem(kind, state)
  if (problem !== undefined) return refused(`the state ${problem}, as in default.${locale}${EXTENSION}`)
  const key = { kind, state, locale }
  const right = fileNameOfState(state)
  if (writtenState === right && writtenLocale === locale) return { status: 'read', key }
  return refused(`rename it ${right}.${locale}${EXTENSION}, so that every disk can keep it`)
}

/** A sentence with the way out. */
export function describeUnknownKind(kind: string): string {
  return `${JSON.stringify(kind)} is no event kind: choose from ${EVENT_KINDS.join(', ')}`
}

function refused(message: string): ReadPath {
  return { status: 'refused', message }
}

// Letters whose capital has one small letter, this one: whatever folds case agrees about them. Letters that are composed of
// others in Unicode are written alike, as names are compared in their composed form.
const KEPT = /^(?:[[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]&&\p{Ll}]|[0-9_\-])$/v
// Windows takes these for devices, whatever follows the dot.
const DEVICE = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$/

function fileNameOfState(state: string): string {
  if (state === '') return DEFAULT
  const isReserved = state === DEFAULT || DEVICE.test(state)
  return Array.from(state, (letter, index) =>
    isKept(letter) && !(isReserved && index === 0) ? letter : percentEncoded(letter),
  ).join('')
}

function isKept(letter: string): boolean {
  return (
    KEPT.test(letter) &&
    letter === letter.toLowerCase() &&
    letter === letter.toUpperCase().toLowerCase() &&
    letter === letter.normalize('NFKC')
  )
}

function percentEncoded(letter: string): string {
  return Array.from(Buffer.from(letter), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
}

/** Undefined when it is the name of none. */
function stateOfFileName(name: string): string | undefined {
  if (name === DEFAULT) return ''
  try {
    const state = decodeURIComponent(name)
    return stateSchema.safeParse(state).success ? state : undefined
  } catch {
    // A % that no byte follows, or bytes that are no UTF-8.
    return undefined
  }
}
