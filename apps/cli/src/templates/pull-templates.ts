import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Template, TemplateVersion } from '@postino/database'
import { hashOf, pathOfTemplate, readSeenWords, writeSeenWords } from '@postino/template-files'
import { placeFiles, type FileToPlace, type PlacedFile } from './place-files.ts'
import { calledBy } from './template-name.ts'

interface Pulled {
  placed: PlacedFile[]
  /** A sentence for each template that no file can have. */
  leftOut: string[]
  /** Files that came from the shop, and of which it says nothing any more. */
  orphans: string[]
}

/**
 * Brings a shop's texts into a folder, and notes there what it has seen. @throws CommandFailure when files are in the way, and
 * then nothing is written
 */
export async function pullTemplates(
  folder: string,
  templates: readonly Template[],
  { isWithDrafts, isForced }: { isWithDrafts: boolean; isForced: boolean },
): Promise<Pulled> {
  const seen = await readSeenWords(folder)
  const hashes = new Map(seen.hashes)
  const files: FileToPlace[] = []
  const leftOut: string[] = []
  for (const template of templates) {
    const draft = isWithDrafts ? template.draft : undefined
    const versions = [template.published, draft].filter((version) => version !== undefined)
    const version = versions.at(-1)
    const path = pathOf(template)
    if (version === undefined) continue
    if (path === undefined)
      leftOut.push(`${calledBy(template)} is left out: its state makes a file name longer than disks take.`)
    else {
      files.push({ path, content: version.content })
      hashes.set(path, hashesOf(versions))
    }
  }
  const placed = await placeFiles(folder, files, { seen, isForced })
  await writeSeenWords(folder, { ...seen, hashes })
  const paths = new Set(files.map(({ path }) => path))
  const orphans = [...seen.hashes.keys()].filter((path) => !paths.has(path) && existsSync(join(folder, path)))
  return { placed, leftOut, orphans }
}

function hashesOf(versions: readonly TemplateVersion[]): string[] {
  return [...new Set(versions.map(({ content }) => hashOf(content)))]
}

function pathOf(template: Template): string | undefined {
  try {
    return pathOfTemplate(template)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
