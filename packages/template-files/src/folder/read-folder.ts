import { constants } from 'node:fs'
import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { isEventKind, type TemplateContent } from '@postino/domain'
import type { Place, Places } from '../places.ts'
import { MAX_FILE_BYTES, readTemplate } from '../read-template.ts'
import { UnusableFolder } from './unusable-folder.ts'
import { describeUnknownKind, readTemplatePath, type TemplateKey } from '../template-key.ts'

/** Of one folder. */
const MAX_FILES = 5_000

export interface TemplateFile extends TemplateKey {
  /** Relative to the folder, with slashes. */
  path: string
  content: TemplateContent
  places: Places
}

/** What keeps a file from being taken. */
export interface FileIssue extends Place {
  path: string
  /** A sentence for whoever wrote the file, with the way out; never a text of the shop. */
  message: string
}

export interface ReadFolder {
  /** In the order of their paths. */
  files: TemplateFile[]
  issues: FileIssue[]
}

/**
 * Reads all templates of a folder. Hidden files, and beside the templates files that are no YAML, such as a README, are left
 * alone; all else must be a template, so that none is overlooked for its name. Symbolic links are refused: what a folder says
 * stands in the folder. @throws when the folder cannot be read
 */
export async function readFolder(folder: string): Promise<ReadFolder> {
  const { paths, issues } = await listFiles(folder)
  const files: TemplateFile[] = []
  for (const path of paths) {
    const read = await readTemplateFile(folder, path)
    if (read.status === 'read') files.push(read.file)
    else issues.push(...read.issues)
  }
  return { files, issues }
}

export type ReadFile = { status: 'read'; file: TemplateFile } | { status: 'refused'; issues: FileIssue[] }

/** Reads one template of a folder; `path` is relative to it, with slashes. @throws when the file cannot be read */
export async function readTemplateFile(folder: string, path: string): Promise<ReadFile> {
  const name = readTemplatePath(path)
  if (name.status === 'refused') return { status: 'refused', issues: [whole(path, name.message)] }
  const bytes = await readBytes(join(folder, path))
  if (bytes === undefined) return { status: 'refused', issues: [whole(path, NO_FILE)] }
  const read = readTemplate(bytes)
  if (read.status === 'refused')
    return { status: 'refused', issues: read.flaws.map((flaw) => ({ path, ...flaw })) }
  const { content, places } = read
  return { status: 'read', file: { path, ...name.key, content, places } }
}

const NO_FILE = 'it is a symbolic link or no plain file: put the file itself here'

function whole(path: string, message: string): FileIssue {
  return { path, line: 1, column: 1, message }
}

interface ListedFiles {
  paths: string[]
  issues: FileIssue[]
}

async function listFiles(folder: string): Promise<ListedFiles> {
  const listed: ListedFiles = { paths: [], issues: [] }
  for (const entry of await listVisible(folder)) {
    if (entry.isDirectory()) await listKind(listed, folder, entry.name)
    else if (entry.isSymbolicLink()) listed.issues.push(whole(entry.name, NO_FILE))
    else if (isYaml(entry.name))
      listed.issues.push(
        whole(entry.name, 'templates stand in a folder called by their event kind: move it there'),
      )
    if (listed.paths.length > MAX_FILES)
      throw new UnusableFolder(`${folder} has more than ${MAX_FILES} templates: divide them among folders`)
  }
  return listed
}

async function listKind({ paths, issues }: ListedFiles, folder: string, kind: string): Promise<void> {
  const entries = await listVisible(join(folder, kind))
  if (!isEventKind(kind)) {
    if (entries.some(({ name }) => isYaml(name))) issues.push(whole(kind, describeUnknownKind(kind)))
    return
  }
  for (const entry of entries) {
    const path = `${kind}/${entry.name}`
    if (entry.isSymbolicLink()) issues.push(whole(path, NO_FILE))
    else if (entry.isDirectory())
      issues.push(whole(path, 'a folder has no place here: a kind’s templates are files'))
    else if (isYaml(entry.name) && !entry.isFile()) issues.push(whole(path, NO_FILE))
    else if (isYaml(entry.name)) paths.push(path)
  }
}

/** In the order of their names, whatever the disk's. */
async function listVisible(folder: string) {
  const entries = await readdir(folder, { withFileTypes: true })
  const visible = entries.filter(({ name }) => !name.startsWith('.'))
  return visible.sort((left, right) => (left.name < right.name ? -1 : 1))
}

function isYaml(name: string): boolean {
  return /\.ya?ml$/i.test(name)
}

/** Of a symbolic link, and of a socket. */
const NO_FILE_CODES: ReadonlySet<unknown> = new Set(['ELOOP', 'ENXIO'])

/** One byte more than a template may have at most; undefined when it is no plain file. */
async function readBytes(path: string): Promise<Uint8Array | undefined> {
  // A link is not followed, and a pipe is not waited for.
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    (error: unknown) => {
      if (error instanceof Error && 'code' in error && NO_FILE_CODES.has(error.code)) return undefined
      throw error
    },
  )
  if (file === undefined) return undefined
  try {
    if (!(await file.stat()).isFile()) return undefined
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MAX_FILE_BYTES + 1))
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
