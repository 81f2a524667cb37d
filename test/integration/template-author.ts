import assert from 'node:assert/strict'
import { markTester } from '@postino/database'
import { createKey } from './ingest-under-test.ts'
import { createConsoleUnderTest, type ConsoleAnswer } from './console-under-test.ts'
import type { Stage, TestPerson } from './pipeline-under-test.ts'

export interface TemplateAuthor {
  post(url: string, body: unknown): Promise<ConsoleAnswer>
  put(url: string, body: unknown): Promise<ConsoleAnswer>
  /** Writes a draft for `order.status_changed` in English, and publishes it; answers its URL. */
  publish(state: string, text: string): Promise<string>
  /** Over what there is. */
  draft(state: string, text: string): Promise<string>
  makeTester(person: TestPerson): Promise<void>
}

/** Somebody who writes the texts of the stage's shop over the management API. */
export async function createTemplateAuthor(
  { database, shopId, enqueue }: Pick<Stage, 'database' | 'shopId' | 'enqueue'>,
  { addRenderJobs = enqueue }: { addRenderJobs?: Stage['enqueue'] } = {},
): Promise<TemplateAuthor> {
  const { ask } = await createConsoleUnderTest(database, { addRenderJobs })
  const key = await createKey(database, shopId, ['templates:read', 'templates:write'])
  const post = (url: string, body: unknown) => ask(key, { method: 'POST', url, body })
  const put = (url: string, body: unknown) => ask(key, { method: 'PUT', url, body })

  async function draft(state: string, text: string): Promise<string> {
    const name = { kind: 'order.status_changed', state, locale: 'en' }
    const made = await post('/v1/templates', { ...name, content: { text } })
    const { id, template_id: there } = made.body as { id?: string; template_id?: string }
    const url = `/v1/templates/${id ?? there}`
    if (made.status === 409) assert.equal((await put(`${url}/draft`, { content: { text } })).status, 200)
    return url
  }

  return {
    post,
    put,
    draft,
    async publish(state, text) {
      const url = await draft(state, text)
      assert.equal((await post(`${url}/publish`, {})).status, 200)
      return url
    },
    async makeTester({ registrationId }) {
      await markTester(database, shopId, registrationId)
    },
  }
}
