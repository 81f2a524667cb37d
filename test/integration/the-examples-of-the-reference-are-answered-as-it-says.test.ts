import { expect, test } from 'vitest'
import { z } from 'zod'
import { createConsoleShop } from './console-shop.ts'
import { createConsoleUnderTest } from './console-under-test.ts'
import { openTestDatabase } from './database-under-test.ts'

const { db } = await openTestDatabase()
const { ask, operations } = await createConsoleUnderTest(db)

function operationOf(id: string) {
  const found = operations.find(({ operationId }) => operationId === id)
  if (found === undefined) throw new Error(`there is no operation ${id}`)
  return found
}

const examplesOf = (schema: z.ZodType | undefined) =>
  z.array(z.record(z.string(), z.unknown())).parse(schema?.meta()?.['examples'] ?? [])

test.each(['checkTemplates', 'previewTemplate'])(
  '[PASS-21] the examples of %s are answered as the reference says',
  async (id) => {
    const { path: url, body, answers } = operationOf(id)
    const shop = await createConsoleShop(db)
    const expected = examplesOf(answers[200]?.schema)
    expect(expected.length).toBeGreaterThan(0)
    // An example without an answer beside it names a template that is not here.
    for (const [index, answer] of expected.entries()) {
      const given = examplesOf(body)[index]
      expect(await ask(shop, { method: 'POST', url, body: given })).toMatchObject({
        status: 200,
        body: answer,
      })
    }
  },
)

test('[PASS-21] the examples lead through a template’s life', async () => {
  const shop = await createConsoleShop(db)
  const [created] = examplesOf(operationOf('createTemplate').body)
  const made = await ask(shop, { method: 'POST', url: '/v1/templates', body: created })
  expect(made).toMatchObject({ status: 201, body: { draft: { findings: [] } } })
  const url = `/v1/templates/${(made.body as { id: string }).id}`
  const act = async (method: 'POST' | 'PUT', path: string, body: object | undefined) =>
    (await ask(shop, { method, url: url + path, body })).status
  const publish = () => act('POST', '/publish', examplesOf(operationOf('publishTemplate').body)[1])
  expect(await publish()).toBe(200)
  expect(await act('PUT', '/draft', { content: { text: 'altro' } })).toBe(200)
  expect(await publish()).toBe(200)
  // The revision of the examples is the one it has come to by now, all but one.
  await act('PUT', '/draft', { content: { text: 'ancora' } })
  const drafts = examplesOf(operationOf('saveTemplateDraft').body)
  expect(await act('PUT', '/draft', { ...drafts[0], revision: 5 })).toBe(200)
  expect(await publish()).toBe(200)
  expect(await act('POST', '/rollback', examplesOf(operationOf('rollBackTemplate').body)[0])).toBe(200)
})
