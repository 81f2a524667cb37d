import { expect, test } from 'vitest'
import { createStage, type TestPerson } from './pipeline-under-test.ts'
import { createTemplateAuthor } from './template-author.ts'

const stage = await createStage()
stage.startRenderer()
const bot = await stage.addBot()
const author = await createTemplateAuthor(stage)

/** What waits to be sent, with the version it was rendered with. */
async function rendered(ids: string[]) {
  return await stage.database
    .selectFrom('messages')
    .select(['status', 'reason', 'template_version as version', 'content'])
    .where('id', 'in', ids)
    .orderBy('id')
    .execute()
}

async function tell(state: string, person?: TestPerson) {
  const [id = ''] = await stage.accept([{ to: person ?? (await stage.addPerson(bot)), text: 'A1', state }])
  await expect.poll(async () => (await rendered([id]))[0]?.status).not.toBe('accepted')
  return { id, ...(await rendered([id]))[0] }
}

test('[PASS-19, PASS-20] the next message has the text that was just published, and those before keep theirs', async () => {
  const url = await author.publish('shipped', 'one')
  const first = await tell('shipped')
  expect(first).toMatchObject({ status: 'queued', version: 1, content: { html: 'one' } })
  for (const [index, text] of ['two', 'three', 'four'].entries()) {
    await author.publish('shipped', text)
    expect(await tell('shipped')).toMatchObject({ version: index + 2, content: { html: text } })
  }
  expect((await author.post(`${url}/rollback`, { version: 2 })).status).toBe(200)
  expect(await tell('shipped')).toMatchObject({ version: 5, content: { html: 'two' } })
  expect(await rendered([first.id])).toMatchObject([{ version: 1, content: { html: 'one' } }])
})

test('[PASS-20] what is taken back is sent no more, and a draft is never sent instead', async () => {
  const url = await author.publish('refunded', 'refund')
  await author.draft('refunded', 'draft')
  expect((await author.post(`${url}/unpublish`, {})).status).toBe(200)
  // The shop's text for every state.
  expect(await tell('refunded')).toMatchObject({ status: 'queued', content: { html: 'A1' } })
  await stage.database
    .updateTable('template_versions')
    .set({ status: 'retired' })
    .where('status', '=', 'published')
    .execute()
  expect(await tell('refunded')).toMatchObject({ status: 'failed', reason: 'no_template', content: null })
})

test('a text may say what the shop keeps of its reader', async () => {
  await author.publish('paid', '{% if contact.attributes.tier == "gold" %}Gold{% else %}Any{% endif %}')
  const person = await stage.addPerson(bot)
  expect(await tell('paid', person)).toMatchObject({ content: { html: 'Any' } })
  await stage.database
    .updateTable('contacts')
    .set({ attributes: JSON.stringify({ tier: 'gold' }) })
    .where('id', '=', person.contactId)
    .execute()
  expect(await tell('paid', person)).toMatchObject({ content: { html: 'Gold' } })
})
