import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { saveDraft } from '@postino/database'
import { expect, test } from 'vitest'
import { makeFolder } from '../support/make-folder.ts'
import { waitUntil } from '../support/wait-until.ts'
import { typeHere } from './command-line.ts'
import { createStage } from './pipeline-under-test.ts'
import { createTemplateAuthor } from './template-author.ts'

const stage = await createStage()
stage.startRenderer()
stage.startSender()
const bot = await stage.addBot()
const author = await createTemplateAuthor(stage)
const settings = makeFolder()
writeFileSync(
  join(settings, 'settings.env'),
  Object.entries(stage.env)
    .map(([name, value]) => `${name}=${value}\n`)
    .join(''),
)
const shop = await stage.database.selectFrom('shops').select('slug').executeTakeFirstOrThrow()

const type = (line: string) =>
  typeHere(['--local', settings, ...line.replace('<shop>', shop.slug).split(' ')])

async function draft(state: string, text: string): Promise<void> {
  const template = { kind: 'order.status_changed', state, locale: 'it' } as const
  const content = { text, buttons: [], silent: false }
  await saveDraft(stage.database, stage.shopId, { template, content }, () => ({
    checkerVersion: 1,
    findings: [],
  }))
}

test('[PASS-21] template test sends a draft to the shop’s tester, through the whole of Postino, and to nobody else', async () => {
  await draft('shipped', 'DRAFT {{ order.number }}')
  const line = 'template test <shop> order.status_changed shipped --locale it'
  expect((await type(line)).err).toMatch(
    /has no tester with an open chat: open the link of postino shop tester/,
  )
  const [tester, customer] = [await stage.addPerson(bot), await stage.addPerson(bot)]
  await author.makeTester(tester)
  const sent = await type(line)
  expect(sent).toMatchObject({
    code: 0,
    out: expect.stringMatching(
      new RegExp(
        `^Message \\d+ is on its way to ${tester.externalId}\\. Next: postino explain \\d+ --shop ${shop.slug}$`,
      ),
    ),
  })
  await waitUntil(() => stage.textsOf(tester).length === 1)
  expect(stage.textsOf(tester)).toEqual(['DRAFT 2025/1143'])
  expect(stage.textsOf(customer)).toEqual([])
  expect((await type(`${line} --to ${customer.externalId}`)).err).toMatch(/has no open chat as a tester/)
  expect((await type(`${line} --to nobody`)).err).toMatch(/has no contact nobody/)

  await author.makeTester(customer)
  expect((await type(line)).err).toMatch(/has several testers: name one with --to/)
  expect((await type(`${line} --to ${customer.externalId}`)).code).toBe(0)
  await waitUntil(() => stage.textsOf(customer).length === 1)
})

test('a text with errors is not sent, and neither is an event that is none', async () => {
  await draft('paid', 'Paid {{ order.totale }}')
  const refused = await type('template test <shop> order.status_changed paid --locale it')
  expect(refused.code).toBe(1)
  expect(refused.err).toMatch(
    /^error in text, line 1: .*Did you mean `order\.total`\?\npostino: order\.status_changed paid it has errors/,
  )
  const file = join(settings, 'event.json')
  writeFileSync(file, '{"type": "order.status_changed"}')
  const line = `template test <shop> order.status_changed shipped --locale it --event`
  expect((await type(`${line} ${file}`)).err).toMatch(/event\.json is no event: \S+ is missing/)
  expect((await type(`${line} /nowhere.json`)).err).toMatch(/cannot be read/)
  expect((await type(`${line} last`)).err).toMatch(/has reported no such event lately/)
})
