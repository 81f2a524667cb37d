import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createStage } from './pipeline-under-test.ts'
import { createTemplateAuthor } from './template-author.ts'

const stage = await createStage()
stage.startRenderer()
stage.startSender()
const bot = await stage.addBot()
const person = await stage.addPerson(bot)
const author = await createTemplateAuthor(stage)

const text = (source: unknown) => ({ text: source, buttons: [], silent: false })
const CONTENTS: [string, unknown][] = [
  ['code', text("{{ ''.constructor.constructor('return process')() }}")],
  ['prototype', text('{{ order.__proto__ }}')],
  ['filter', text('{{ order.number | safe }}')],
  ['unknown-field', text('{{ order.password }}')],
  ['broken', text('{{')],
  ['markup', text('<script>x</script>')],
  [
    'endless',
    text(
      '{% for a in order.items %}{% for b in order.items %}{% for c in order.items %}x{% endfor %}{% endfor %}{% endfor %}',
    ),
  ],
  ['address', { ...text('x'), buttons: [[{ text: 'x', url: 'javascript:alert(1)' }]] }],
  ['number', text(5)],
  ['no-text', { buttons: [] }],
  ['no-buttons', { text: 'x', buttons: 7 }],
  ['list', []],
  ['nothing', null],
  ['word', 'x'],
]

/** Straight into the database, past every check, as published. */
async function smuggle(state: string, content: unknown): Promise<void> {
  await sql`
    with made as (insert into templates (shop_id, kind, state, locale)
      values (${stage.shopId}, 'order.status_changed', ${state}, 'en') on conflict do nothing returning shop_id, id)
    insert into template_versions (shop_id, template_id, version, status, content, published_at)
    select shop_id, id, 1, 'published', ${JSON.stringify(content)}::jsonb, now() from made`.execute(
    stage.database,
  )
}

test('[PASS-18, PASS-19] a row nobody checked fails its own messages, and all others arrive', async () => {
  for (const [state, content] of CONTENTS) await smuggle(state, content)
  await smuggle('good', text('Good'))
  const states = CONTENTS.map(([state]) => state)
  // In the same jobs: one poison among the good.
  const ids = await stage.accept(
    [...states, 'good', ...states, 'good'].map((state) => ({ to: person, text: 'A1', state })),
  )
  const ended = await stage.waitForEnd(ids)
  const failed = ended.filter(({ status }) => status !== 'sent')
  expect(failed).toHaveLength(2 * states.length)
  const reasons = failed.map(({ status, reason }, index) => [states[index % states.length], status, reason])
  // What is no text at all is nothing the shop could mend.
  const expected = expect.stringMatching(/^(?:template_failed|internal_error)$/)
  expect(reasons).toEqual(reasons.map(([state]) => [state, 'failed', expected]))
  expect(stage.textsOf(person)).toEqual(['Good', 'Good'])
})

test('[PASS-20] what nobody checked is not published again, and not sent as a test', async () => {
  await author.makeTester(person)
  const rows = await stage.database
    .selectFrom('templates')
    .select(['id', 'state'])
    .where('shop_id', '=', stage.shopId)
    .where(
      'state',
      'in',
      CONTENTS.map(([state]) => state),
    )
    .execute()
  expect(rows).toHaveLength(CONTENTS.length)
  for (const { id, state } of rows) {
    const url = `/v1/templates/${id}`
    expect([state, (await author.post(`${url}/test`, {})).status]).toEqual([state, 422])
    expect((await author.post('/v1/templates:preview', { template_id: id })).status).toBe(200)
    expect((await author.post(`${url}/unpublish`, {})).status).toBe(200)
    expect([state, (await author.post(`${url}/rollback`, { version: 1 })).status]).toEqual([state, 422])
  }
})
