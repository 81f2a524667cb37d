import type { Template, TemplateVersion } from '@postino/database'
import { hashOf, type SeenWords, type TemplateFile } from '@postino/template-files'
import { calledBy } from './template-name.ts'

export interface PlannedFile {
  file: TemplateFile
  /** Undefined: the shop has none of this name. */
  template: Template | undefined
  becomes: 'new' | 'changed' | 'unchanged'
  /** A sentence about what would be lost; undefined when nothing would. */
  conflict: string | undefined
}

export interface PushPlan {
  files: PlannedFile[]
  /** In force, and no file has them. */
  missing: { template: Template; conflict: string | undefined }[]
}

/**
 * Compares a folder with what a shop says. Words that would be written over must be known to the folder: it has fetched them, or
 * they came from it. A draft writes over the draft there is, and is made of what is in force, so both must be known.
 */
export function planPush(
  files: readonly TemplateFile[],
  templates: readonly Template[],
  { seen, isPublishing }: { seen: SeenWords; isPublishing: boolean },
): PushPlan {
  const byName = new Map(templates.map((template) => [calledBy(template), template]))
  const planned = files.map((file): PlannedFile => {
    const template = byName.get(calledBy(file))
    const isKnown = knowing(file.path, seen)
    const current = currentOf(template, { isKnown, isPublishing })
    if (current !== undefined && hashOf(current.content) === hashOf(file.content))
      return { file, template, becomes: 'unchanged', conflict: undefined }
    const becomes = current === undefined ? 'new' : 'changed'
    return { file, template, becomes, conflict: template && conflictOf(template, { isKnown, isPublishing }) }
  })
  const names = new Set(files.map(calledBy))
  const missing = templates
    .filter((template) => template.published !== undefined && !names.has(calledBy(template)))
    .map((template) => ({ template, conflict: unknownWords(template.published, knownAnywhere(seen)) }))
  return { files: planned, missing }
}

type IsKnown = (version: TemplateVersion) => boolean

/** What a file is compared with. Somebody else's draft is their own affair while the folder says what is in force. */
function currentOf(
  template: Template | undefined,
  { isKnown, isPublishing }: { isKnown: IsKnown; isPublishing: boolean },
): TemplateVersion | undefined {
  const { draft, published } = template ?? {}
  return isPublishing || draft === undefined || !isKnown(draft) ? published : draft
}

function knowing(path: string, { hashes, folder }: SeenWords): IsKnown {
  const known = hashes.get(path) ?? []
  return ({ author, content }) => author === authorOf(folder) || known.includes(hashOf(content))
}

/** For templates whose file is gone, as is perhaps the path they had. */
function knownAnywhere({ hashes, folder }: SeenWords): IsKnown {
  const known = new Set([...hashes.values()].flat())
  return ({ author, content }) => author === authorOf(folder) || known.has(hashOf(content))
}

/** Who wrote a version, when it came from this folder or a copy of it. */
export function authorOf(folder: string): string {
  return `folder:${folder}`
}

function conflictOf(
  { draft, published }: Template,
  { isKnown, isPublishing }: { isKnown: IsKnown; isPublishing: boolean },
): string | undefined {
  if (isPublishing && published === undefined && draft === undefined)
    return 'was taken out of force in the shop'
  return unknownWords(published, isKnown) ?? (isPublishing ? undefined : unknownWords(draft, isKnown))
}

function unknownWords(version: TemplateVersion | undefined, isKnown: IsKnown): string | undefined {
  if (version === undefined || isKnown(version)) return undefined
  const what = version.status === 'draft' ? 'a draft' : 'version'
  const who = version.author === null ? '' : ` by ${version.author}`
  return `${what} ${version.version} of ${version.savedAt.toISOString()}${who} is not in the folder`
}

/** What the folder knows once a plan was carried out: of each file what is in force and the draft, where it knows them. */
export function seenAfter(
  plan: PushPlan,
  seen: SeenWords,
  { isPublishing }: { isPublishing: boolean },
): SeenWords {
  const hashes = new Map(seen.hashes)
  for (const { file, template, becomes } of plan.files) {
    const { published, draft } = template ?? {}
    const staying = becomes === 'unchanged' ? [published, draft] : [isPublishing ? draft : published]
    const isKnown = knowing(file.path, seen)
    const known = staying.filter((version) => version !== undefined).filter(isKnown)
    hashes.set(file.path, [...new Set([...known, file].map(({ content }) => hashOf(content)))])
  }
  return { ...seen, hashes }
}
