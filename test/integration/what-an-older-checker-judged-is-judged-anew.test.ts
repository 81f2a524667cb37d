import {
  findTemplate,
  insertStarterTemplates,
  publishContent,
  saveDraft,
  saveFindings,
  type Judge,
} from '@postino/database'
import { templateContentSchema } from '@postino/domain'
import { createLogger, createMetrics } from '@postino/runtime'
import { createRecheckTemplates } from '@postino/scheduler/recheck-templates.ts'
import { CHECKER_VERSION } from '@postino/templates'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createBot, openTestDatabase } from './database-under-test.ts'

const { db } = await openTestDatabase()

const NAME = { kind: 'order.status_changed', state: '', locale: 'it' } as const
const BAD = templateContentSchema.parse({ text: '{{ order.totale }}' })
const GOOD = templateContentSchema.parse({ text: 'Ordine {{ order.number }}' })
/** Of a release that knew nothing. */
const older: Judge = () => ({ checkerVersion: 0, findings: [] })

function createScheduler() {
  const lines: { msg: string; template?: string; codes?: string[] }[] = []
  const metrics = createMetrics('scheduler')
  const write = (line: string) => void lines.push(JSON.parse(line) as (typeof lines)[number])
  const logger = createLogger({ name: 'scheduler', level: 'info', destination: { write } })
  const recheck = createRecheckTemplates({ database: db, metrics, logger })
  return { run: recheck.run, lines, counts: () => metrics.renderOwn() }
}

test('[U18] what is published and has errors by now is told to shop and operator, and stays published', async () => {
  const { shopId } = await createBot(db)
  await publishContent(db, shopId, { template: NAME, content: BAD }, older)
  await saveDraft(db, shopId, { template: NAME, content: GOOD }, older)
  const [one, two] = [createScheduler(), createScheduler()]
  await Promise.all([one.run(), two.run()])
  const template = await findTemplate(db, shopId, NAME)
  expect(template).toMatchObject({
    published: {
      status: 'published',
      checkerVersion: CHECKER_VERSION,
      findings: [{ code: 'unknown_field', line: 1 }],
    },
    draft: { checkerVersion: CHECKER_VERSION, findings: [] },
  })
  // However many schedulers there are, it is told once.
  const lines = [...one.lines, ...two.lines].filter((line) => line.template === template?.id)
  expect(lines).toMatchObject([
    { msg: 'template.published_with_errors', codes: ['unknown_field'], version: 1 },
  ])
  const counted = (await Promise.all([one.counts(), two.counts()])).join()
  expect(counted).toContain('postino_templates_rechecked_total{status="published",outcome="errors"} 1')
  const again = createScheduler()
  await again.run()
  expect(again.lines).toEqual([])
})

test('[U18] what a newer checker judged, or somebody wrote meanwhile, keeps what was found then', async () => {
  const { shopId } = await createBot(db)
  const newer: Judge = () => ({ checkerVersion: CHECKER_VERSION + 1, findings: [] })
  await publishContent(db, shopId, { template: NAME, content: BAD }, newer)
  await createScheduler().run()
  const published = async () => (await findTemplate(db, shopId, NAME))?.published
  expect(await published()).toMatchObject({ checkerVersion: CHECKER_VERSION + 1, findings: [] })
  const { id: templateId = '' } = (await findTemplate(db, shopId, NAME)) ?? {}
  const read = { shopId, templateId, version: 1, fingerprint: 'of other words' }
  expect(await saveFindings(db, read, { checkerVersion: 99, findings: [] })).toBe(false)
})

test('[PASS-19] rows that no check ever saw are judged, too, and none stands in the way of others', async () => {
  const { shopId } = await createBot(db)
  const contents = [
    '5',
    '[]',
    '{"text": 5}',
    '{"text": "{{ \'\'.constructor }}"}',
    '{"text": "ok", "buttons": [[]]}',
    'null',
  ]
  await insertStarterTemplates(
    db,
    shopId,
    [...contents.keys(), 99].map((index) => ({ ...NAME, state: `s${index}`, content: GOOD })),
  )
  for (const [index, content] of contents.entries()) {
    await sql`update template_versions version set content = ${content}::jsonb from templates template
      where template.id = version.template_id and template.shop_id = ${shopId} and template.state = ${`s${index}`}`.execute(
      db,
    )
  }
  await sql`insert into templates (shop_id, kind, state, locale) values (${shopId}, 'order.eaten', '', 'it')`.execute(
    db,
  )
  await sql`insert into template_versions (shop_id, template_id, version, status, content)
    select shop_id, id, 1, 'published', ${JSON.stringify(GOOD)}::jsonb from templates
    where shop_id = ${shopId} and kind = 'order.eaten'`.execute(db)
  const scheduler = createScheduler()
  await scheduler.run()
  expect(scheduler.lines.filter(({ msg }) => msg !== 'template.published_with_errors')).toEqual([])
  expect(scheduler.lines).toHaveLength(contents.length + 1)
  const { rows } = await sql<{ state: string; errors: number }>`
    select state, jsonb_array_length(findings) as errors from template_versions
    join templates on templates.id = template_id
    where templates.shop_id = ${shopId} and checker_version = ${CHECKER_VERSION}`.execute(db)
  expect(rows).toHaveLength(contents.length + 2)
  expect(rows.filter(({ errors }) => errors === 0)).toMatchObject([{ state: 's99' }])
})
