import { createHash } from 'node:crypto'
import { z } from 'zod'
import { invalidParameter } from './read-query.ts'

const MAX_LIMIT = 200
const DEFAULT_LIMIT = 50

const limit = z
  .string()
  .refine((text) => /^[1-9]\d{0,2}$/.test(text) && Number(text) <= MAX_LIMIT, {
    error: `must be a whole number from 1 to ${MAX_LIMIT}`,
    params: { code: 'invalid_limit' },
  })
  .transform(Number)
  .meta({
    type: 'integer',
    minimum: 1,
    maximum: MAX_LIMIT,
    description: `At most so many; ${DEFAULT_LIMIT} without it`,
  })
const cursor = z.string().min(1).max(200).meta({ description: 'The next_cursor of the page before' })

/** Parameters every list has. */
export const PAGE_PARAMETERS = { limit: limit.optional(), cursor: cursor.optional() }

/** An answer with a page of such items. */
export function listSchema<Item extends z.ZodType>(id: string, item: Item) {
  return z
    .strictObject({
      items: z.array(item),
      next_cursor: z
        .string()
        .meta({ description: 'For the next page, with the same filters; absent on the last one' })
        .optional(),
    })
    .meta({ id })
}

export interface ListRequest {
  /** A name of its own for every list. */
  list: string
  shopId: string
  query: { limit?: number | undefined; cursor?: string | undefined }
}

export interface Page {
  /** The position of the last row of the page before. */
  after: string | undefined
  /** To ask the database for: one more than are shown, which tells whether there is another page. */
  rows: number
  answer<Row>(
    rows: Row[],
    read: { item: (row: Row) => object; position: (row: Row) => string },
  ): { items: object[]; next_cursor: string | undefined }
}

/**
 * A page of a list that goes by a position nobody changes (a row's id), so that rows which come or go meanwhile make no
 * other one appear twice or be left out. A cursor belongs to its list, its shop and its filters.
 */
export function pageOf({ list, shopId, query }: ListRequest): Page {
  const { limit: wanted = DEFAULT_LIMIT, cursor: given, ...filters } = query
  const scope = JSON.stringify([list, shopId, Object.entries(filters).toSorted(byName)])

  function answer<Row>(
    rows: Row[],
    { item, position }: { item: (row: Row) => object; position: (row: Row) => string },
  ) {
    const shown = rows.slice(0, wanted)
    const last = rows.length > wanted ? shown.at(-1) : undefined
    return { items: shown.map(item), next_cursor: last && writeCursor(position(last), scope) }
  }

  return { after: given === undefined ? undefined : readCursor(given, scope), rows: wanted + 1, answer }
}

function writeCursor(position: string, scope: string): string {
  return Buffer.from(`${position} ${seal(position, scope)}`).toString('base64url')
}

function readCursor(text: string, scope: string): string {
  const [position = '', sealed] = Buffer.from(text, 'base64url').toString().split(' ')
  if (
    /^\d{1,19}$/.test(position) &&
    sealed === seal(position, scope) &&
    writeCursor(position, scope) === text
  ) {
    return position
  }
  throw invalidParameter(
    'cursor',
    'invalid_cursor',
    'cursor must be the next_cursor of this list, asked for with the same filters; leave it out for the first page.',
  )
}

/** No secret: a cursor opens nothing that the key does not. It keeps one list's position from being taken for another's. */
function seal(position: string, scope: string): string {
  return createHash('sha256').update(`${position} ${scope}`).digest('base64url').slice(0, 12)
}

function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1
}
