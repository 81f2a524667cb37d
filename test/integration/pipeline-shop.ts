import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { insertShop, insertStarterTemplates, type Database } from '@postino/database'
import { EXAMPLES, type ShopEvent } from '@postino/domain'

/** One event: its whole text is `text`. */
export interface Note {
  to: { externalId: string }
  text: string
  /** Order updates have lane 0, cart reminders lane 1. */
  lane?: 0 | 1
  /** Of the order; the template for `poison` cannot be rendered. */
  state?: string
  expirytime?: string
  /** What it is news of; without it each note is about a thing of its own. */
  about?: string
  sequence?: string
}

const TEMPLATES = [
  { kind: 'order.status_changed', state: '', text: '{{ order.id }}' },
  { kind: 'order.status_changed', state: 'poison', text: '{{ order.that_is_missing }}' },
  { kind: 'cart.abandoned', state: '', text: '{{ cart.id }}' },
]

/** A shop whose templates say nothing but the text of a note. */
export async function createShop(database: Database): Promise<string> {
  const slug = `shop-${randomBytes(4).toString('hex')}`
  const shop = await insertShop(database, { slug, name: slug, locale: 'en', timeZone: 'UTC' })
  assert(shop !== undefined)
  const templates = TEMPLATES.map(({ kind, state, text }) => ({
    kind,
    state,
    locale: 'en',
    content: { text, buttons: [], silent: false },
  }))
  await insertStarterTemplates(database, shop.id, templates)
  return shop.id
}

let eventsMade = 0

/** A valid event; what it says is the note's text. */
export function eventOf({ to, text, lane = 0, state = 'shipped', about, ...more }: Note): ShopEvent {
  eventsMade += 1
  const example = EXAMPLES[lane === 0 ? 'order.status_changed' : 'cart.abandoned']
  const id = `event-${eventsMade}`
  const subject = lane === 0 ? 'order' : 'cart'
  const data = {
    ...example.data,
    [subject]: { ...Object(example.data[subject]), id: text, status: state },
    customer: { external_id: to.externalId },
  }
  // The examples are valid events, and what is changed of them keeps its type.
  return { ...example, id, data, partitionkey: about ?? id, ...more } as unknown as ShopEvent
}
