import { findVersion, type Database, type TemplateVersion } from '@postino/database'
import { CommandFailure } from '../failures/command-failure.ts'
import type { FoundTemplate } from './template-name.ts'

/** Which version is meant: this one, the draft, or what is in force; the draft where nothing is. @throws CommandFailure when there is none */
export async function getVersion(
  database: Database,
  { shopId, template, called }: FoundTemplate,
  { version, isDraft = false }: { version?: number | undefined; isDraft?: boolean | undefined },
): Promise<TemplateVersion> {
  const found =
    version === undefined
      ? isDraft
        ? template.draft
        : (template.published ?? template.draft)
      : await findVersion(database, shopId, { templateId: template.id, version })
  if (found !== undefined) return found
  const what =
    version === undefined ? (isDraft ? 'draft' : 'words in force, and no draft') : `version ${version}`
  throw new CommandFailure(`${called} has no ${what}: see postino template history`)
}
