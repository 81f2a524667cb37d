import { insertStarterTemplates } from '@postino/database'
import { expect, test } from 'vitest'
import { createConsoleUnderTest } from './console-under-test.ts'
import { createKey } from './ingest-under-test.ts'
import { createStage } from './pipeline-under-test.ts'

test('[PASS-5] a customer is told of each managed state of an order in its own words, and of no other; the shop says which over its API', async () => {
  const stage = await createStage()
  const { database, shopId } = stage
  const shop = await createKey(database, shopId, ['settings:write', 'settings:read'])
  const { ask } = await createConsoleUnderTest(database)
  const manage = async (states: string[] | null) =>
    expect(
      await ask(shop, { method: 'PATCH', url: '/v1/shop', body: { managed_order_states: states } }),
    ).toMatchObject({ status: 200 })
  await insertStarterTemplates(
    database,
    shopId,
    ['paid', 'shipped', 'In produzione'].map((state) => ({
      kind: 'order.status_changed',
      state,
      locale: 'en',
      content: { text: `${state}: {{ order.id }}`, buttons: [], silent: false },
    })),
  )
  stage.startRenderer()
  stage.startSender()
  const person = await stage.addPerson(await stage.addBot())
  const reasonsOf = async (...states: string[]) => {
    const ids = await stage.accept(states.map((state) => ({ to: person, text: '7', state })))
    return (await stage.waitForEnd(ids)).map(({ status, reason }) => reason ?? status)
  }

  await manage(['paid', 'shipped', 'In produzione', 'delivered'])
  expect(await reasonsOf('paid', 'pending_payment', 'In produzione', 'shipped', 'delivered')).toEqual([
    'sent',
    'state_not_managed',
    'sent',
    'sent',
    'sent',
  ])
  // For a state without words of its own stands the text for every state.
  expect(stage.textsOf(person)).toEqual(['paid: 7', 'In produzione: 7', 'shipped: 7', '7'])
  await manage([])
  expect(await reasonsOf('paid')).toEqual(['state_not_managed'])
  await manage(null)
  expect(await reasonsOf('pending_payment')).toEqual(['sent'])
})
