import {
  discardDraft,
  findTemplate,
  publishContent,
  publishDraft,
  rollBack,
  saveDraft,
  unpublish,
  type Judge,
} from '@postino/database'
import { templateContentSchema } from '@postino/domain'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createBot, openTestDatabase } from './database-under-test.ts'

const { db } = await openTestDatabase()

const NAME = { kind: 'cart.abandoned', state: '', locale: 'it' } as const

const judge: Judge = ({ content }) => ({
  checkerVersion: 1,
  findings: content.text.startsWith('error')
    ? [{ severity: 'error', code: 'said_so', at: 'text', message: 'It says so.' }]
    : [],
})

const act = fc.record({
  what: fc.constantFrom('save', 'discard', 'publish', 'push', 'rollback', 'unpublish'),
  text: fc.constantFrom('a', 'b', 'c', 'error'),
  version: fc.integer({ min: 1, max: 6 }),
  /** Whether its author says which revision they have seen. */
  hasSeen: fc.boolean(),
})

type Act = typeof act extends fc.Arbitrary<infer Value> ? Value : never

async function carryOut(shopId: string, { what, text, version, hasSeen }: Act): Promise<void> {
  const present = await findTemplate(db, shopId, NAME)
  const seenRevision = hasSeen ? (present?.revision ?? 0) : undefined
  const content = templateContentSchema.parse({ text })
  const named = { template: NAME, seenRevision, content }
  if (what === 'save') return void (await saveDraft(db, shopId, named, judge))
  if (what === 'push') return void (await publishContent(db, shopId, named, judge))
  if (present === undefined) return
  const wanted = { template: { id: present.id }, seenRevision }
  if (what === 'discard') await discardDraft(db, shopId, wanted)
  if (what === 'publish') await publishDraft(db, shopId, wanted, judge)
  if (what === 'rollback') await rollBack(db, shopId, { ...wanted, version }, judge)
  if (what === 'unpublish') await unpublish(db, shopId, wanted)
}

/** Everything there is of the shop's template. */
async function listAll(shopId: string) {
  return await db
    .selectFrom('template_versions')
    .select(['template_id as id', 'version', 'status', 'content', 'published_at as publishedAt'])
    .where('shop_id', '=', shopId)
    .orderBy('template_id')
    .orderBy('version')
    .execute()
}

test('[PASS-19, PASS-20] whoever does what at once, one text is in force, none with an error, and none changes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(act, { minLength: 1, maxLength: 4 }), { maxLength: 8 }),
      async (rounds) => {
        const { shopId } = await createBot(db)
        const said = new Map<string, string>()
        let revision = 0
        for (const acts of rounds) {
          await Promise.all(acts.map((each) => carryOut(shopId, each)))
          const versions = await listAll(shopId)
          const inStatus = (status: string) => versions.filter((version) => version.status === status)
          expect(inStatus('published').length).toBeLessThanOrEqual(1)
          expect(inStatus('draft').length).toBeLessThanOrEqual(1)
          // What is being written is the youngest, and alone was never in force.
          const draft = inStatus('draft')[0]
          if (draft !== undefined) expect(draft).toBe(versions.at(-1))
          for (const { id, version, status, content, publishedAt } of versions) {
            expect(publishedAt === null).toBe(status === 'draft')
            if (status === 'draft') continue
            const { text } = content as { text: string }
            expect(text).not.toBe('error')
            expect(said.get(`${id} ${version}`) ?? text).toBe(text)
            said.set(`${id} ${version}`, text)
          }
          const template = await findTemplate(db, shopId, NAME)
          expect(template === undefined).toBe(versions.length === 0)
          if (template !== undefined && said.size > 0) {
            expect(template.revision).toBeGreaterThanOrEqual(revision)
            ;({ revision } = template)
          }
        }
      },
    ),
    { numRuns: 60 },
  )
})
