import { expect, test } from 'vitest'
import { waitUntil } from '../support/wait-until.ts'
import { createStage } from './pipeline-under-test.ts'
import { createTemplateAuthor } from './template-author.ts'

const stage = await createStage()
stage.startRenderer()
stage.startSender()
const bot = await stage.addBot()
const customer = await stage.addPerson(bot)
const tester = await stage.addPerson(bot)
const author = await createTemplateAuthor(stage)
await author.makeTester(tester)

const trailOf = async (messageId: string) =>
  await stage.database
    .selectFrom('messages')
    .select(['status', 'reason', 'template_version as version', 'is_test as isTest'])
    .where('id', '=', messageId)
    .executeTakeFirstOrThrow()

test('[PASS-21] a draft is sent to its tester, while customers get what is published', async () => {
  await author.publish('shipped', 'On its way: {{ order.id }}')
  const url = await author.draft('shipped', 'DRAFT {{ order.number }}')
  const sent = await author.post(`${url}/test`, {})
  expect(sent).toMatchObject({ status: 202, body: { version: 2, external_id: tester.externalId } })
  const notes = [customer, tester].map((to) => ({ to, text: 'A1', state: 'shipped' }))
  const ids = await stage.accept(notes)
  await stage.waitForEnd(ids)
  await waitUntil(() => stage.textsOf(tester).some((text) => text.startsWith('DRAFT')))
  // The kind’s example, as if it had just happened.
  expect(stage.textsOf(tester).toSorted()).toEqual(['DRAFT 2025/1143', 'On its way: A1'])
  expect(stage.textsOf(customer)).toEqual(['On its way: A1'])
  const { message_id: id } = sent.body as { message_id: string }
  await waitUntil(async () => (await trailOf(id)).status === 'sent')
  expect(await trailOf(id)).toMatchObject({ version: 2, isTest: true })
})

test('[PASS-21] a test goes the way of every message, whatever its tester agreed to, and never in another’s place', async () => {
  const silent = await stage.register(bot, stage.emulator.people.add().id)
  stage.emulator.people.start(silent.telegramId, { bot: bot.telegramId })
  await author.makeTester(silent)
  await stage.database
    .updateTable('shops')
    .set({ quiet_hours: JSON.stringify({ from: '00:00', until: '23:59' }), managed_order_states: ['paid'] })
    .where('id', '=', stage.shopId)
    .execute()
  const url = await author.draft('in_transit', 'Rolling, {{ contact.name.first | default("you") }}')
  for (const event of ['example', 'example'])
    expect((await author.post(`${url}/test`, { external_id: silent.externalId, event })).status).toBe(202)
  await waitUntil(() => stage.textsOf(silent).length === 2)
})

test('[PASS-21] whoever is no tester any more when it is their turn gets nothing', async () => {
  const former = await stage.addPerson(bot)
  await author.makeTester(former)
  const renderLater = await createTemplateAuthor(stage, { addRenderJobs: async () => undefined })
  const url = await renderLater.draft('paid', 'Paid')
  const sent = await renderLater.post(`${url}/test`, { external_id: former.externalId })
  const { message_id: id } = sent.body as { message_id: string }
  await stage.database
    .updateTable('registrations')
    .set({ is_tester: false })
    .where('id', '=', former.registrationId)
    .execute()
  await stage.enqueue([id])
  await waitUntil(async () => (await trailOf(id)).status === 'suppressed')
  expect((await trailOf(id)).reason).toBe('not_a_tester')
  expect(stage.textsOf(former)).toEqual([])
})
