import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { waitUntil } from '../support/wait-until.ts'
import { createStage } from './pipeline-under-test.ts'

const ROWS = 2_500
const KINDS = [
  'event_data',
  'message_content',
  'messages',
  'events',
  'optin_links',
  'consent_visitors',
  'consent_details',
  'telegram_updates',
]

test('[CM-4, PASS-29] schedulers clear old data away, each row once, and count it; a kind that is kept for ever stays', async () => {
  const stage = await createStage()
  const { database, shopId } = stage
  await sql`
    with event as (
      insert into events (shop_id, source, event_id, kind, body, message_ids, received_over, accepted_at)
      select ${shopId}, '/t', 'e' || n, 'order.status_changed', '{"id": "e", "data": {"note": "x"}}', array[nextval(pg_get_serial_sequence('messages', 'id'))], 'http', now() - interval '31 days'
      from generate_series(1, ${ROWS}::int) n returning shop_id, id, accepted_at, message_ids
    )
    insert into messages (shop_id, id, event_id, recipient, role, kind, state, purpose, lane, status, content, accepted_at, ended_at)
    overriding system value
    select shop_id, message_ids[1], id, 'ada', 'customer', 'order.status_changed', '', 'order_updates', 0, 'sent', '{"html": "x"}', accepted_at, accepted_at
    from event`.execute(database)
  const config = { sweepSeconds: 60, forgottenSeconds: 3_600, eventDataDays: 30, messageContentDays: 0 }
  const schedulers = [stage.startScheduler(config), stage.startScheduler(config)]
  const left = async () => {
    const { rows } = await sql<{ data: number; texts: number }>`
      select (select count(*)::int from events where body -> 'data' is not null) as data,
        (select count(*)::int from messages where content is not null) as texts`.execute(database)
    return rows[0]
  }
  await waitUntil(async () => (await left())?.data === 0)
  expect(await left()).toEqual({ data: 0, texts: ROWS })

  const metrics = await waitUntil(async () => {
    const texts = await Promise.all(schedulers.map(({ renderMetrics }) => renderMetrics()))
    return sumOf(texts, 'event_data') === ROWS && texts
  })
  for (const kind of KINDS) expect(metrics[0]).toContain(`postino_retention_rows_total{kind="${kind}"}`)
  expect(sumOf(metrics, 'message_content')).toBe(0)
})

function sumOf(metrics: string[], kind: string): number {
  const values = metrics.map(
    (text) => new RegExp(`^postino_retention_rows_total\\{kind="${kind}"\\} (\\d+)$`, 'm').exec(text)?.[1],
  )
  return values.reduce((sum, value) => sum + Number(value), 0)
}
