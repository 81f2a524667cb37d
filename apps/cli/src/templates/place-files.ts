import { join } from 'node:path'
import type { TemplateContent } from '@postino/domain'
import { hashOf, readTemplateFile, writeFile, writeTemplate, type SeenWords } from '@postino/template-files'
import { existsSync } from 'node:fs'
import { CommandFailure } from '../failures/command-failure.ts'
import { count } from '../count.ts'

export interface FileToPlace {
  /** Relative to the folder. */
  path: string
  content: TemplateContent
}

export interface PlacedFile {
  path: string
  became: 'new' | 'changed' | 'unchanged'
}

/**
 * Writes templates into a folder. A file that says the same stays as somebody wrote it; one that nobody changed since it came
 * from the shop is written anew; one that somebody did change is in the way, unless forced, and then nothing at all is written.
 * @throws CommandFailure when files are in the way
 */
export async function placeFiles(
  folder: string,
  files: readonly FileToPlace[],
  { seen, isForced }: { seen: SeenWords; isForced: boolean },
): Promise<PlacedFile[]> {
  const placed: (PlacedFile & FileToPlace)[] = []
  const inTheWay: string[] = []
  for (const file of files) {
    const became = await compare(folder, file, seen)
    if (became === 'in_the_way' && !isForced) inTheWay.push(file.path)
    placed.push({ ...file, became: became === 'in_the_way' ? 'changed' : became })
  }
  if (inTheWay.length > 0) throw new CommandFailure(describe(inTheWay))
  for (const { path, content, became } of placed)
    if (became !== 'unchanged') await writeFile(folder, path, writeTemplate(content))
  return placed.map(({ path, became }) => ({ path, became }))
}

async function compare(
  folder: string,
  { path, content }: FileToPlace,
  { hashes }: SeenWords,
): Promise<PlacedFile['became'] | 'in_the_way'> {
  if (!existsSync(join(folder, path))) return 'new'
  const read = await readTemplateFile(folder, path)
  if (read.status === 'refused') return 'in_the_way'
  const present = hashOf(read.file.content)
  if (present === hashOf(content)) return 'unchanged'
  return hashes.get(path)?.includes(present) === true ? 'changed' : 'in_the_way'
}

const TOLD = 10

function describe(paths: readonly string[]): string {
  const more = paths.length > TOLD ? ['  …'] : []
  return [
    `${count(paths.length, 'file')} changed since they came from the shop, so nothing is written; bring them there with postino template push, or give them up with --force:`,
    ...paths.slice(0, TOLD).map((path) => `  ${path}`),
    ...more,
  ].join('\n')
}
