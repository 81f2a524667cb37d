import { basename, dirname, relative, resolve } from 'node:path'
import { listWholeTemplates, type Database } from '@postino/database'
import type { EventKind, TemplateContent } from '@postino/domain'
import { readFolder, readTemplateFile, type FileIssue, type TemplateFile } from '@postino/template-files'
import { judgeTemplate } from '@postino/templates'
import { CommandFailure } from '../failures/command-failure.ts'
import { checkFile, findingLine } from './check-folder.ts'
import { describeFinding } from './describe-finding.ts'
import { listEveryPage } from './list-every-page.ts'
import { calledBy } from './template-name.ts'

export interface TextToShow {
  /** Which it is, for a line above it. */
  title: string
  kind: EventKind
  state: string
  locale: string
  content: TemplateContent
  /** What the checker says of it, a line each. */
  findings: string[]
}

/** A file of a folder; or what all languages have for its kind and state. @throws CommandFailure when it cannot be read */
export async function textsOfFile(
  file: string,
  { isInAllLocales }: { isInAllLocales: boolean },
): Promise<TextToShow[]> {
  const whole = resolve(file)
  const folder = relative('.', dirname(dirname(whole))) || '.'
  const path = `${basename(dirname(whole))}/${basename(whole)}`
  const read = await readTemplateFile(folder, path).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CommandFailure(`${file} cannot be read (${reason}): name a file, or a shop and a kind`, {
      cause: error,
    })
  })
  if (read.status === 'refused') throw refusedFile(file, read.issues)
  if (!isInAllLocales) return [textOfFile(folder, read.file)]
  const { kind, state } = read.file
  const { files } = await readFolder(folder)
  return files
    .filter((other) => other.kind === kind && other.state === state)
    .map((other) => textOfFile(folder, other))
}

function textOfFile(folder: string, file: TemplateFile): TextToShow {
  const { path, kind, state, locale, content } = file
  const findings = checkFile(file).map((finding) => findingLine(folder, finding))
  return { title: path, kind, state, locale, content, findings }
}

function refusedFile(file: string, issues: readonly FileIssue[]): CommandFailure {
  const lines = issues.map(({ line, column, message }) => `  ${line}:${column} ${message}`)
  return new CommandFailure([`${file} is no template:`, ...lines].join('\n'))
}

/** What a shop has: what is being written, or else what is in force. @throws CommandFailure when there is nothing */
export async function textsOfShop(
  database: Database,
  shopId: string,
  wanted: { kind: EventKind; state: string; locale: string | undefined },
): Promise<TextToShow[]> {
  const templates = await listEveryPage((page) =>
    listWholeTemplates(database, shopId, { ...wanted, ...page }),
  )
  const texts = templates.flatMap(({ draft, published, ...name }) => {
    const version = draft ?? published
    if (version === undefined) return []
    const { kind, state, locale } = name
    const { content } = version
    const title = `${calledBy(name)}, version ${version.version}, ${version.status}`
    const findings = judgeTemplate({ kind, state, locale, content }).findings.map(describeFinding)
    return [{ title, kind, state, locale, content, findings }]
  })
  if (texts.length > 0) return texts
  const { kind, state, locale } = wanted
  throw new CommandFailure(
    `the shop has no text ${calledBy({ kind, state, locale: locale ?? '' }).trimEnd()}: see postino template list`,
  )
}
