import { MASK } from './mask-words.ts'

/** What an event says without its data, for one of these reasons. */
export function withoutData(
  body: Record<string, unknown>,
  removed: 'erasure' | 'retention',
): Record<string, unknown> {
  const { id, type, source, time } = body
  return { id, type, source, ...(time !== undefined && { time }), removed }
}

/**
 * Takes people out of an event: of every person with one of these ids is left what now stands for it. Where the
 * shop may have written the id, the phone or the mailbox by itself (`data.extra`, the envelope), it is replaced as well.
 *
 * @param stubs the person's id, and what now stands for it
 */
export function redactPeople(
  body: Record<string, unknown>,
  stubs: ReadonlyMap<string, string>,
): Record<string, unknown> {
  const words = new Map([...stubs, ...addressesOf(body, stubs)])
  const { data, ...envelope } = body
  return { ...withWords(envelope, words), ...(data !== undefined && { data: redact(data, stubs, words) }) }
}

/** Whether an event names one of these people: as a person, or in what the shop added. */
export function namesPeople(body: Record<string, unknown>, ids: ReadonlySet<string>): boolean {
  const { data } = body
  return listPeople(data, ids).length > 0 || (isObject(data) && saysOneOf(data['extra'], ids))
}

function saysOneOf(value: unknown, ids: ReadonlySet<string>): boolean {
  if (typeof value === 'string') return ids.has(value)
  return isObject(value) && Object.values(value).some((member) => saysOneOf(member, ids))
}

/** What an event calls these people: their ids, names, phones and mailboxes. */
export function wordsFor(body: Record<string, unknown>, ids: { has: (id: string) => boolean }): string[] {
  return listPeople(body['data'], ids).flatMap((person) => {
    const { external_id: id, name, phone, email } = person
    const names = isObject(name) ? Object.values(name) : []
    return [id, phone, email, ...names].filter((word) => typeof word === 'string')
  })
}

function listPeople(value: unknown, ids: { has: (id: string) => boolean }): Record<string, unknown>[] {
  if (!isObject(value)) return []
  const id = Object.hasOwn(value, 'external_id') ? value['external_id'] : undefined
  if (typeof id === 'string' && ids.has(id)) return [value]
  return Object.values(value).flatMap((member) => listPeople(member, ids))
}

const ADDRESSES = ['phone', 'email'] as const

function addressesOf(body: unknown, stubs: ReadonlyMap<string, string>): [string, string][] {
  return listPeople(body, stubs).flatMap((person) =>
    ADDRESSES.map((name) => person[name])
      .filter((address) => typeof address === 'string')
      .map((address): [string, string] => [address, stubs.get(String(person['external_id'])) ?? '']),
  )
}

function redact(
  data: unknown,
  stubs: ReadonlyMap<string, string>,
  words: ReadonlyMap<string, string>,
): unknown {
  if (Array.isArray(data)) return data.map((item) => redact(item, stubs, words))
  if (!isObject(data)) return data
  const stub = stubOf(data, stubs)
  if (stub !== undefined) return { external_id: stub, ...maskName(data['name']) }
  return Object.fromEntries(
    Object.entries(data).map(([name, member]) => {
      const people = redact(member, stubs, words)
      return [name, name === 'extra' ? replaceWords(people, words) : people]
    }),
  )
}

/** So that a text that says a name can still be rendered for others. */
function maskName(name: unknown): { name?: Record<string, string> } {
  if (!isObject(name)) return {}
  return { name: Object.fromEntries(Object.keys(name).map((part) => [part, MASK])) }
}

const FIXED: ReadonlySet<string> = new Set(['id', 'type', 'source', 'time'])

function withWords(
  envelope: Record<string, unknown>,
  words: ReadonlyMap<string, string>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(envelope).map(([name, value]) => [
      name,
      FIXED.has(name) ? value : replaceWords(value, words),
    ]),
  )
}

function replaceWords(value: unknown, words: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return words.get(value) ?? value
  if (Array.isArray(value)) return value.map((item) => replaceWords(item, words))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, replaceWords(member, words)]),
  )
}

function stubOf(value: Record<string, unknown>, stubs: ReadonlyMap<string, string>): string | undefined {
  const id = Object.hasOwn(value, 'external_id') ? value['external_id'] : undefined
  return typeof id === 'string' ? stubs.get(id) : undefined
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
