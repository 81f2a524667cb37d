import { createPostino, type HttpSettings, type ShortEvent } from '@postino/client'
import { EXAMPLES } from '@postino/domain'
import { atEnd } from '../support/at-end.ts'
import { createTestDatabase } from '../support/create-test-database.ts'
import { startFaultProxy } from '../support/fault-proxy.ts'
import { createIngestUnderTest, createShop, openDatabase } from './ingest-under-test.ts'

/** Ingest with a shop, listening, behind a proxy that can break what passes, and a way to make clients of it. */
export async function createClientsUnderTest() {
  const database = openDatabase(await createTestDatabase())
  const { key, shopId } = await createShop(database, 'shop')
  const { app } = await createIngestUnderTest(database)
  const ingestUrl = await app.listen({ host: '127.0.0.1', port: 0 })
  const proxy = await startFaultProxy(ingestUrl)
  return {
    database,
    ingestUrl,
    key,
    shopId,
    proxy,
    createClient: (settings: Partial<HttpSettings> = {}) => {
      const postino = createPostino({ url: proxy.url, apiKey: key, ...settings })
      atEnd(() => postino.close({ withinMs: 0 }))
      return postino
    },
  }
}

/** An event of an order, as a shop would write it. */
export function shopEvent(id: string, note = 'Grazie!'): ShortEvent {
  const example = EXAMPLES['order.status_changed'].data
  return {
    type: 'order.status_changed',
    id,
    data: {
      order: {
        id: `order-${id}`,
        number: id,
        status: 'shipped',
        total: { amount: '49.90', currency: 'EUR' },
        items: [],
        placed_at: '2025-11-18T18:42:10+01:00',
        updated_at: new Date('2025-11-20T15:05:00Z'),
      },
      customer: { external_id: 'customer-2071', name: { first: 'Giulia' } },
      note,
      extra: Object(example['extra']),
    },
  }
}
