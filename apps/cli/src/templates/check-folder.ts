import { join } from 'node:path'
import { isEventKind, type TemplateFinding } from '@postino/domain'
import { pathOfTemplate, type FileIssue, type TemplateFile } from '@postino/template-files'
import { checkTemplate, checkTemplates } from '@postino/templates'

/** Something to say about a file, at its place there. */
export interface FileFinding extends FileIssue {
  severity: TemplateFinding['severity']
  code: string
}

export interface FolderToCheck {
  files: readonly TemplateFile[]
  issues: readonly FileIssue[]
}

/**
 * All that is wrong with the templates of a folder, each by itself and side by side, and with files that are none, in the order
 * of paths and lines. `locale` is the shop's own. What is missing is told of the file it would be.
 */
export function checkFolder({ files, issues }: FolderToCheck, { locale }: { locale: string }): FileFinding[] {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const reports = checkTemplates(files, { locale, managedStates: null })
  const findings = [
    ...issues.map((issue): FileFinding => ({ ...issue, severity: 'error', code: 'file' })),
    ...reports.flatMap(({ kind, state, locale: language, findings: found }) => {
      if (!isEventKind(kind)) return []
      const path = pathOfTemplate({ kind, state, locale: language })
      return found.map((finding) => placed(path, finding, byPath.get(path)))
    }),
  ]
  return findings.sort(byPlace)
}

/** The same for one file by itself. */
export function checkFile(file: TemplateFile): FileFinding[] {
  return checkTemplate(file).map((finding) => placed(file.path, finding, file))
}

function placed(path: string, finding: TemplateFinding, file: TemplateFile | undefined): FileFinding {
  const { severity, code, message } = finding
  const { line, column } = file?.places.of(finding) ?? { line: 1, column: 1 }
  return { path, line, column, severity, code, message }
}

function byPlace(left: FileFinding, right: FileFinding): number {
  if (left.path !== right.path) return left.path < right.path ? -1 : 1
  return left.line - right.line || left.column - right.column
}

/** As compilers write it, so that editors and CI find the place: `texts/cart.abandoned/default.it.yaml:3:9 error …`. */
export function findingLine(folder: string, { path, line, column, severity, message }: FileFinding): string {
  return `${join(folder, path)}:${line}:${column} ${severity} ${message}`
}
