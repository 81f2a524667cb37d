/** What an event says of a person. */
export interface PartsAbout {
  /** Where it names them, such as `customer` or `to/0`, and what it says there. */
  people: { at: string; person: Record<string, unknown> }[]
  /** All of its data, without other people. */
  data: unknown
}

/** What an event says of the person with these ids; what it says of others is theirs. */
export function partsAbout(body: Record<string, unknown>, externalIds: ReadonlySet<string>): PartsAbout {
  const people: PartsAbout['people'] = []
  const data = withoutOthers(body['data'], '', (person, at) => {
    if (!externalIds.has(String(person['external_id']))) return false
    people.push({ at, person })
    return true
  })
  return { people, data }
}

type IsMeant = (person: Record<string, unknown>, at: string) => boolean

function withoutOthers(value: unknown, at: string, isMeant: IsMeant): unknown {
  const below = (name: string | number) => (at === '' ? String(name) : `${at}/${name}`)
  if (Array.isArray(value)) return value.map((item, index) => withoutOthers(item, below(index), isMeant))
  if (!isObject(value)) return value
  if (Object.hasOwn(value, 'external_id') && !isMeant(value, at)) return { somebody_else: true }
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, withoutOthers(member, below(name), isMeant)]),
  )
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
