/** One entry of a shop's stream: as many fields as its producer gave it, byte for byte. */
export interface IntakeEntry {
  /** Redis's: `<milliseconds>-<number>`; in one stream they rise. */
  id: string
  fields: [name: string, value: Buffer][]
}

/** Entries by the slug of their shop, each shop's in the order of its stream. */
export type EntriesBySlug = Map<string, IntakeEntry[]>

/** Reads the reply of XREADGROUP: null, or a list of streams, each with its entries. */
export function readStreamsReply(reply: unknown, slugOf: ReadonlyMap<string, string>): EntriesBySlug {
  const found: EntriesBySlug = new Map()
  for (const [key, entries] of asList(reply).map(asList)) {
    const slug = slugOf.get(String(key))
    if (slug !== undefined) found.set(slug, readEntriesReply(entries))
  }
  return found
}

/** Reads a list of entries. Those that were deleted while somebody held them have no fields, and are left out. */
export function readEntriesReply(reply: unknown): IntakeEntry[] {
  const entries: IntakeEntry[] = []
  for (const [id, values] of asList(reply).map(asList)) {
    if (Array.isArray(values)) entries.push({ id: String(id), fields: pairsOf(values) })
  }
  return entries
}

function pairsOf(values: unknown[]): [string, Buffer][] {
  const pairs: [string, Buffer][] = []
  for (let at = 0; at + 1 < values.length; at += 2) {
    const value = values[at + 1]
    if (Buffer.isBuffer(value)) pairs.push([String(values[at]), value])
  }
  return pairs
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}
