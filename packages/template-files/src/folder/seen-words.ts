import { createHash, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { canonicalJson, type TemplateContent } from '@postino/domain'
import { z } from 'zod'
import { UnusableFolder } from './unusable-folder.ts'
import { writeFile } from './write-file.ts'

/** Beside the templates, and kept in git with them. */
export const SEEN_FILE = '.postino-seen.json'

/**
 * What a folder has seen of a shop's words, by the paths of its files: a hash of each content that was fetched from the shop or
 * brought there. Only what has been seen is written over without being asked, on either side.
 */
export interface SeenWords {
  /** Names the folder and all its copies in git: what one of them has brought, the others may replace. */
  folder: string
  hashes: ReadonlyMap<string, readonly string[]>
}

const schema = z.strictObject({
  folder: z.string().regex(/^[0-9a-f]{16}$/),
  seen: z.record(z.string(), z.array(z.string()).max(2)),
})

/** Of a folder that has seen nothing yet: a new one. @throws UnusableFolder when somebody or a merge changed the file by hand */
export async function readSeenWords(folder: string): Promise<SeenWords> {
  const text = await readFile(join(folder, SEEN_FILE), 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return { folder: randomBytes(8).toString('hex'), hashes: new Map() }
  const { folder: name, seen } = parse(text, folder)
  return { folder: name, hashes: new Map(Object.entries(seen)) }
}

function parse(text: string, folder: string): z.infer<typeof schema> {
  try {
    return schema.parse(JSON.parse(text))
  } catch (error) {
    throw new UnusableFolder(
      `${join(folder, SEEN_FILE)} is not as it was written: take it from git again, or remove it and pull`,
      { cause: error },
    )
  }
}

/** A line each, by path, so that git merges them. */
export async function writeSeenWords(folder: string, { folder: name, hashes }: SeenWords): Promise<void> {
  const lines = [...hashes]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([path, seen]) => `    ${JSON.stringify(path)}: ${JSON.stringify(seen)}`)
  await writeFile(folder, SEEN_FILE, `{\n  "folder": "${name}",\n  "seen": {\n${lines.join(',\n')}\n  }\n}\n`)
}

export function hashOf(content: TemplateContent): string {
  return createHash('sha256').update(canonicalJson(content)).digest('hex').slice(0, 16)
}
