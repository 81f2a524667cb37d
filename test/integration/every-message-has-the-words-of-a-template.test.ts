import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createConsoleUnderTest } from './console-under-test.ts'
import { createStage } from './pipeline-under-test.ts'
import { createTemplateAuthor } from './template-author.ts'

const stage = await createStage()
stage.startRenderer()
stage.startSender()
const bot = await stage.addBot()
const author = await createTemplateAuthor(stage)

test('[PASS-18, CM-13] whatever is sent after consent names a version that was published, tests aside', async () => {
  const [customer, tester] = [await stage.addPerson(bot), await stage.addPerson(bot)]
  await author.makeTester(tester)
  await author.publish('shipped', 'one')
  const draft = await author.draft('shipped', 'two')
  await author.draft('paid', 'never published')
  const states = ['shipped', 'paid', 'poison', 'completed']
  const ids = await stage.accept(states.map((state) => ({ to: customer, text: 'A1', state })))
  const sent = await author.post(`${draft}/test`, {})
  await stage.waitForEnd([...ids, (sent.body as { message_id: string }).message_id])
  const { rows } = await sql<{ status: string; html: string; of: string | null; isTest: boolean }>`
    select message.status, message.content ->> 'html' as html, version.status as of, message.is_test as "isTest"
    from messages message
    left join template_versions version on version.shop_id = message.shop_id
      and version.template_id = message.template_id and version.version = message.template_version
    where message.shop_id = ${stage.shopId} order by message.id`.execute(stage.database)
  expect(rows).toEqual([
    { status: 'sent', html: 'one', of: 'published', isTest: false },
    // The shop’s text for every state, as that of this one is a draft.
    { status: 'sent', html: 'A1', of: 'published', isTest: false },
    { status: 'failed', html: null, of: null, isTest: false },
    { status: 'sent', html: 'A1', of: 'published', isTest: false },
    { status: 'sent', html: 'two', of: 'draft', isTest: true },
  ])
  expect(stage.textsOf(customer)).toEqual(['one', 'A1', 'A1'])
})

test('[PASS-18] nothing over the management API sends words of its own', async () => {
  const { operations } = await createConsoleUnderTest(stage.database)
  // What a text can be written into is a template, a wording, or the page; what sends names a template.
  const sending = operations.filter(({ path }) => /\/(?:send|test|messages?)(?:$|\/)/.test(path))
  expect(sending.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /v1/templates/{id}/test'])
  for (const words of [{ text: 'free' }, { html: 'free' }, { content: { text: 'free' } }]) {
    for (const { body } of sending) expect(body?.safeParse(words).success).toBe(false)
  }
})
