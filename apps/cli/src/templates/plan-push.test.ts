import type { Template, TemplateVersion } from '@postino/database'
import { hashOf, type SeenWords, type TemplateFile } from '@postino/template-files'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { authorOf, planPush, seenAfter } from './plan-push.ts'

const NAME = { kind: 'cart.abandoned', state: '', locale: 'it' } as const
const PATH = 'cart.abandoned/default.it.yaml'
const NO_PLACE = { line: 1, column: 1 }

/** A shop with one text. */
interface Shop {
  draft: TemplateVersion | undefined
  published: TemplateVersion | undefined
  exists: boolean
}

/** A folder with that text in a file, and all its file ever said. */
interface Folder {
  file: TemplateFile
  seen: SeenWords
  said: Set<string>
}

function versionOf(text: string, status: 'draft' | 'published', author: string | null): TemplateVersion {
  const savedAt = new Date(0)
  const times = { savedAt, publishedAt: null, retiredAt: null }
  const content = { text, buttons: [], silent: false }
  return {
    version: 1,
    status,
    content,
    author,
    note: null,
    rolledBackTo: null,
    checkerVersion: 1,
    findings: [],
    ...times,
  }
}

function fileOf(text: string): TemplateFile {
  const places = { of: () => NO_PLACE, ofField: () => NO_PLACE, ofOffset: () => NO_PLACE }
  return { path: PATH, ...NAME, content: { text, buttons: [], silent: false }, places }
}

const TEMPLATE = { id: '1', revision: 1, createdAt: new Date(0) }

/** What a push does to the shop, unless it would lose words. */
function push(shop: Shop, folder: Folder, isPublishing: boolean): { lost: string[] } | 'refused' {
  const template: Template = { ...NAME, ...TEMPLATE, draft: shop.draft, published: shop.published }
  const plan = planPush([folder.file], shop.exists ? [template] : [], { seen: folder.seen, isPublishing })
  const [planned] = plan.files
  if (planned === undefined || planned.conflict !== undefined) return 'refused'
  const { text } = folder.file.content
  const author = authorOf(folder.seen.folder)
  const lost: string[] = []
  const lose = (version: TemplateVersion | undefined) => {
    if (version !== undefined && version.content.text !== text) lost.push(version.content.text)
  }
  if (planned.becomes !== 'unchanged') {
    lose(isPublishing ? shop.published : shop.draft)
    shop.exists = true
    if (isPublishing) shop.published = versionOf(text, 'published', author)
    else shop.draft = versionOf(text, 'draft', author)
  }
  if (isPublishing && (shop.draft?.author === author || shop.draft?.content.text === text)) {
    lose(shop.draft)
    shop.draft = undefined
  }
  folder.seen = seenAfter(plan, folder.seen, { isPublishing })
  return { lost }
}

/** As `template pull` brings it into a file nobody touched. */
function pull(shop: Shop, folder: Folder, isWithDrafts: boolean): void {
  const versions = [shop.published, isWithDrafts ? shop.draft : undefined].filter(
    (version) => version !== undefined,
  )
  const version = versions.at(-1)
  const present = hashOf(folder.file.content)
  if (version === undefined) return
  if (present !== hashOf(version.content) && folder.seen.hashes.get(PATH)?.includes(present) !== true) return
  folder.file = fileOf(version.content.text)
  for (const { content } of versions) folder.said.add(content.text)
  folder.seen = { ...folder.seen, hashes: new Map([[PATH, versions.map(({ content }) => hashOf(content))]]) }
}

const act = fc.oneof(
  fc.record({ does: fc.constantFrom('publish' as const, 'draft' as const, 'unpublish' as const) }),
  fc.record({
    does: fc.constantFrom('edit' as const, 'pull' as const, 'push' as const),
    folder: fc.constantFrom(0, 1),
    flag: fc.boolean(),
  }),
)

test('whatever people and folders do in turn, a push writes over nothing its folder has not seen', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
      const shop: Shop = { draft: undefined, published: versionOf('start', 'published', null), exists: true }
      const folders = [1, 2].map((number): Folder => {
        const seen = { folder: String(number), hashes: new Map([[PATH, [hashOf(fileOf('start').content)]]]) }
        return { file: fileOf('start'), seen, said: new Set(['start']) }
      })
      acts.forEach((each, index) => {
        const text = `text ${index}`
        if (!('folder' in each)) {
          if (each.does === 'publish') shop.published = versionOf(text, 'published', 'api_key:x')
          else if (each.does === 'draft') shop.draft = versionOf(text, 'draft', 'api_key:x')
          else shop.published = undefined
          return
        }
        const folder = folders[each.folder]
        if (folder === undefined) return
        if (each.does === 'edit') {
          folder.file = fileOf(text)
          folder.said.add(text)
        } else if (each.does === 'pull') pull(shop, folder, each.flag)
        else {
          const done = push(shop, folder, each.flag)
          if (done !== 'refused') for (const lost of done.lost) expect(folder.said).toContain(lost)
        }
      })
    }),
    { numRuns: 1_000 },
  )
})

test('a folder that is alone with its shop is never refused', () => {
  const turn = fc.record({
    does: fc.constantFrom('edit' as const, 'pull' as const, 'push' as const),
    flag: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(turn, { maxLength: 30 }), (turns) => {
      const shop: Shop = { draft: undefined, published: versionOf('start', 'published', null), exists: true }
      const folder = {
        file: fileOf('start'),
        seen: { folder: '1', hashes: new Map([[PATH, [hashOf(fileOf('start').content)]]]) },
        said: new Set<string>(),
      }
      turns.forEach(({ does, flag }, index) => {
        if (does === 'edit') folder.file = fileOf(`text ${index}`)
        else if (does === 'pull') pull(shop, folder, flag)
        else expect(push(shop, folder, flag)).not.toBe('refused')
      })
    }),
    { numRuns: 1_000 },
  )
})
