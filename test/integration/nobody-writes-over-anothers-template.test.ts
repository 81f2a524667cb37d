import {
  discardDraft,
  findTemplate,
  findVersion,
  listVersions,
  publishContent,
  publishDraft,
  rollBack,
  saveDraft,
  unpublish,
  type Judge,
  type Template,
} from '@postino/database'
import { templateContentSchema, type TemplateContent } from '@postino/domain'
import { expect, test } from 'vitest'
import { createBot, openTestDatabase } from './database-under-test.ts'

const { db } = await openTestDatabase()

const NAME = { kind: 'order.status_changed', state: 'shipped', locale: 'it' } as const

/** Finds an error in whatever says so. */
const judge: Judge = ({ content }) => ({
  checkerVersion: 7,
  findings: content.text.includes('error')
    ? [{ severity: 'error', code: 'said_so', at: 'text', message: 'It says so.' }]
    : [],
})

const words = (text: string): TemplateContent => templateContentSchema.parse({ text })

async function createAuthor() {
  const { shopId } = await createBot(db)
  const save = (text: string, seenRevision?: number) =>
    saveDraft(db, shopId, { template: NAME, content: words(text), seenRevision }, judge)
  const push = (text: string, seenRevision?: number) =>
    publishContent(db, shopId, { template: NAME, content: words(text), seenRevision }, judge)
  const see = async (): Promise<Template> => {
    const template = await findTemplate(db, shopId, NAME)
    if (template === undefined) throw new Error('there is none')
    return template
  }
  const publish = async (seenRevision?: number) =>
    await publishDraft(db, shopId, { template: { id: (await see()).id }, seenRevision }, judge)
  return { shopId, save, push, see, publish }
}

/** What is there of each version, the oldest first. */
async function history(shopId: string, { id: templateId }: Template): Promise<string[]> {
  const heads = await listVersions(db, shopId, { templateId, limit: 100 })
  const versions = await Promise.all(
    heads.toReversed().map(({ version }) => findVersion(db, shopId, { templateId, version })),
  )
  return versions.map((each) => `${each?.version} ${each?.status} ${each?.content.text}`)
}

const statuses = (outcomes: ({ status: string } | undefined)[]) =>
  outcomes.map((outcome) => String(outcome?.status)).toSorted((a, b) => a.localeCompare(b))

test('[PASS-19] of two who make the same template at once one does, and the other sees it', async () => {
  const { shopId, save, see } = await createAuthor()
  const outcomes = await Promise.all(['a', 'b', 'c'].map((text) => save(text, 0)))
  expect(statuses(outcomes)).toEqual(['overtaken', 'overtaken', 'saved'])
  const winner = outcomes.find((outcome) => outcome?.status === 'saved')
  const text = winner?.template.draft?.content.text
  expect(outcomes.map((outcome) => outcome?.template.draft?.content.text)).toEqual([text, text, text])
  expect(await history(shopId, await see())).toEqual([`1 draft ${text}`])
})

test('[PASS-19] of two who save the same draft at once one does, and the other is told', async () => {
  const { save, see } = await createAuthor()
  await save('first')
  for (let round = 0; round < 10; round++) {
    const { revision } = await see()
    const outcomes = await Promise.all([`a${round}`, `b${round}`].map((text) => save(text, revision)))
    expect(statuses(outcomes)).toEqual(['overtaken', 'saved'])
    expect((await see()).revision).toBe(revision + 1)
  }
})

test('[PASS-19] who has not seen a draft does not write over it, and the same words are no change', async () => {
  const { save, see } = await createAuthor()
  expect(await save('a')).toMatchObject({ status: 'saved', template: { revision: 1 } })
  expect(await save('b')).toMatchObject({ status: 'overtaken' })
  expect(await save('a', 9)).toMatchObject({ status: 'unchanged', template: { revision: 1 } })
  expect(await save('b', 5)).toMatchObject({ status: 'overtaken' })
  expect((await see()).draft?.content.text).toBe('a')
})

test('[PASS-20] of two who publish at once one does, and one version is in force', async () => {
  const { shopId, save, see, publish } = await createAuthor()
  for (let round = 1; round <= 5; round++) {
    await save(`round ${round}`)
    const { revision } = await see()
    const outcomes = await Promise.all([publish(revision), publish(revision), publish()])
    expect(outcomes.filter((outcome) => outcome?.status === 'published')).toHaveLength(1)
    expect((await see()).published?.content.text).toBe(`round ${round}`)
  }
  const all = await history(shopId, await see())
  expect(all.at(-1)).toBe('5 published round 5')
  expect(all.filter((line) => line.includes('published'))).toHaveLength(1)
})

test('[PASS-20] of publishing and saving at once one wins, and nothing unseen is put in force', async () => {
  const { save, see, publish } = await createAuthor()
  for (let round = 0; round < 10; round++) {
    await save(`seen ${round}`, round === 0 ? undefined : (await see()).revision)
    const { revision } = await see()
    const [published, saved] = await Promise.all([publish(revision), save(`unseen ${round}`, revision)])
    expect(statuses([published, saved])).toContain('overtaken')
    const { published: inForce, draft } = await see()
    if (published?.status === 'published') expect(inForce?.content.text).toBe(`seen ${round}`)
    else expect(draft?.content.text).toBe(`unseen ${round}`)
  }
})

test('[PASS-20] what is judged is what is put in force, whoever writes meanwhile', async () => {
  const { shopId, save, see, publish, push } = await createAuthor()
  await push('good')
  for (let round = 0; round < 10; round++) {
    await discardDraft(db, shopId, { template: { id: (await see()).id } })
    await save(`good ${round}`)
    // Whoever does not say what they have seen publishes what is there: never with an error.
    await Promise.all([publish(), save(`error ${round}`, (await see()).revision), push(`error ${round}`)])
    expect((await see()).published?.content.text).toMatch(/^good/)
    expect((await see()).published?.findings).toEqual([])
  }
})

test('[PASS-20] an error is refused whatever the way, and nothing is left of it', async () => {
  const { shopId, save, push, see, publish } = await createAuthor()
  expect(await push('error')).toMatchObject({ status: 'refused', findings: [{ code: 'said_so' }] })
  expect(await findTemplate(db, shopId, NAME)).toBeUndefined()
  await push('one')
  await save('error')
  expect(await publish()).toMatchObject({ status: 'refused', findings: [{ code: 'said_so' }] })
  const { id } = await see()
  await push('two')
  // A stricter checker than the one it was published with.
  const strict: Judge = () => judge({ ...NAME, content: words('error') })
  const back = await rollBack(db, shopId, { template: { id }, version: 1 }, strict)
  expect(back).toMatchObject({ status: 'refused' })
  expect(await history(shopId, await see())).toEqual(['1 retired one', '2 published two', '3 draft error'])
})

test('[PASS-19] a push and a roll back leave the draft as it is, and what published versions said stays', async () => {
  const { shopId, save, push, see } = await createAuthor()
  await push('one')
  await save('mine')
  const { id, revision } = await see()
  await push('two')
  expect(await push('two')).toMatchObject({ status: 'unchanged' })
  const back = await rollBack(db, shopId, { template: { id }, version: 1, author: 'me' }, judge)
  expect(back).toMatchObject({
    status: 'published',
    template: { published: { rolledBackTo: 1, author: 'me' } },
  })
  expect(await rollBack(db, shopId, { template: { id }, version: 1 }, judge)).toMatchObject({
    status: 'unchanged',
  })
  for (const version of [4, 9])
    expect((await rollBack(db, shopId, { template: { id }, version }, judge))?.status).toBe('no_version')
  const all = ['1 retired one', '2 retired two', '3 published one', '4 draft mine']
  expect(await history(shopId, await see())).toEqual(all)
  // Its author learns that other words are in force than those they began with.
  expect(await save('mine, too', revision)).toMatchObject({ status: 'overtaken' })
})

test('[PASS-19] what is taken back is kept, and a draft of nothing else is gone', async () => {
  const { shopId, save, push, see } = await createAuthor()
  await save('one')
  const template = { id: (await see()).id }
  expect(await discardDraft(db, shopId, { template })).toMatchObject({ status: 'discarded' })
  expect(await findTemplate(db, shopId, NAME)).toBeUndefined()
  expect(await discardDraft(db, shopId, { template })).toBeUndefined()
  await push('two')
  const own = { template: { id: (await see()).id } }
  const twice = await Promise.all([unpublish(db, shopId, own), unpublish(db, shopId, own)])
  expect(statuses(twice)).toEqual(['unchanged', 'unpublished'])
  expect(await see()).toMatchObject({ published: undefined, draft: undefined })
  expect(await history(shopId, await see())).toEqual(['1 retired two'])
  expect(await push('two')).toMatchObject({ status: 'published', template: { published: { version: 2 } } })
})

test('another shop’s template is as if there were none', async () => {
  const { save, see } = await createAuthor()
  await save('mine')
  const template = { id: (await see()).id }
  const { shopId: other } = await createAuthor()
  expect(await findTemplate(db, other, template)).toBeUndefined()
  expect(await findTemplate(db, other, NAME)).toBeUndefined()
  expect(
    await saveDraft(db, other, { template, content: words('theirs'), seenRevision: 1 }, judge),
  ).toBeUndefined()
  expect(await publishDraft(db, other, { template }, judge)).toBeUndefined()
  expect(await unpublish(db, other, { template })).toBeUndefined()
  expect(await rollBack(db, other, { template, version: 1 }, judge)).toBeUndefined()
  expect(await discardDraft(db, other, { template })).toBeUndefined()
  expect(await listVersions(db, other, { templateId: template.id, limit: 5 })).toEqual([])
  expect((await see()).draft?.content.text).toBe('mine')
})
