import { findShop, findShopBySlug } from '@postino/database'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { typeCommand } from './command-line.ts'
import { errorsOf } from './console-shop.ts'
import { createConsoleUnderTest } from './console-under-test.ts'
import { createKey, createShop, openDatabase } from './ingest-under-test.ts'

const databaseUrl = await createTestDatabase()
const database = openDatabase(databaseUrl)
const { ask } = await createConsoleUnderTest(database)
let shops = 0
const newSlug = () => `shop-${++shops}`
const NIGHT = { from: '21:00', until: '08:00' }

const change = (shop: { headers: Record<string, string> }, body: unknown) =>
  ask(shop, { method: 'PATCH', url: '/v1/shop', body })

test('[PASS-5, U11] quiet hours and managed states are set by API, each for itself, and taken away by null', async () => {
  const [shop, other] = [await createShop(database, newSlug()), await createShop(database, newSlug())]
  const { body: fresh } = await ask(shop, { url: '/v1/shop' })
  expect(Object.keys(Object(fresh))).not.toContain('quiet_hours')

  expect(await change(shop, { quiet_hours: NIGHT })).toMatchObject({
    status: 200,
    body: { quiet_hours: NIGHT },
  })
  const states = ['paid', 'In produzione']
  const { body } = await change(shop, { managed_order_states: states })
  expect(body).toMatchObject({ quiet_hours: NIGHT, managed_order_states: states })
  expect(await ask(shop, { url: '/v1/shop' })).toMatchObject({ status: 200, body })
  expect(await ask(other, { url: '/v1/shop' })).not.toHaveProperty('body.quiet_hours')

  expect((await change(shop, { managed_order_states: [] })).body).toMatchObject({ managed_order_states: [] })
  const { body: cleared } = await change(shop, { quiet_hours: null, managed_order_states: null })
  expect(cleared).toEqual(fresh)
  expect(await change(shop, {})).toMatchObject({ status: 200, body: fresh })
})

test('what is no quiet hours or no state is refused with its place, and changes nothing', async () => {
  const shop = await createShop(database, newSlug())
  const refused = async (body: object) => {
    const answer = await change(shop, body)
    return [answer.status, ...errorsOf(answer)]
  }
  expect(await refused({ quiet_hours: { from: '9:00', until: '08:00' } })).toEqual([
    422,
    expect.stringContaining('/quiet_hours/from '),
  ])
  expect(await refused({ quiet_hours: { from: '08:00', until: '08:00' } })).toEqual([
    422,
    expect.stringContaining('/quiet_hours/until '),
  ])
  expect(await refused({ managed_order_states: ['paid', 'paid'] })).toEqual([
    422,
    expect.stringContaining('/managed_order_states '),
  ])
  expect(await refused({ managed_order_states: [''] })).toEqual([
    422,
    expect.stringContaining('/managed_order_states/0 '),
  ])
  expect(await refused({ quiet_hours: NIGHT, mode: 'live' })).toEqual([422, expect.any(String)])
  expect(await ask(shop, { url: '/v1/shop' })).not.toHaveProperty('body.quiet_hours')
})

test('only a key that may change settings changes them', async () => {
  const { shopId } = await createShop(database, newSlug())
  const reader = await createKey(database, shopId, ['settings:read'])
  expect((await change(reader, { quiet_hours: NIGHT })).status).toBe(403)
})

test('[PASS-5, U11] the command line sets them, too, and gives a new shop its nights', async () => {
  const type = (...args: string[]) => typeCommand(['shop', ...args], { DATABASE_URL: databaseUrl })
  const kept = async (slug: string) => {
    const { id } = (await findShopBySlug(database, slug))!
    const { quietHours, managedOrderStates } = (await findShop(database, id))!
    return { quietHours, managedOrderStates }
  }
  expect((await type('create', 'todi', '--name', 'Todi')).code).toBe(0)
  expect(await kept('todi')).toEqual({ quietHours: NIGHT, managedOrderStates: null })
  const { out } = await type(
    'change',
    'todi',
    '--quiet-hours',
    '22:30-07:15',
    '--order-states',
    'paid,shipped',
  )
  expect(out.split('\n')).toEqual([
    'From 22:30 to 07:15 on the clock of whoever is told, reminders and bulk of todi wait; templates can say otherwise.',
    'todi tells its customers these states of their orders, and no other: paid, shipped.',
  ])
  expect(await kept('todi')).toEqual({
    quietHours: { from: '22:30', until: '07:15' },
    managedOrderStates: ['paid', 'shipped'],
  })
  await type('change', 'todi', '--quiet-hours', 'none', '--order-states', 'all')
  expect(await kept('todi')).toEqual({ quietHours: null, managedOrderStates: null })
  await type('create', 'assisi', '--name', 'Assisi', '--quiet-hours', 'none')
  expect(await kept('assisi')).toEqual({ quietHours: null, managedOrderStates: null })
})
