import type { TemplateFile } from '@postino/template-files'
import { count } from '../count.ts'
import { CommandFailure } from '../failures/command-failure.ts'
import type { Say } from '../surroundings.ts'
import { checkFolder, findingLine } from './check-folder.ts'
import { readTemplates } from './read-templates.ts'

/**
 * The templates of a folder, every file of which can be read; their errors are told. @throws CommandFailure when one
 * cannot be read, or, where they are to be published, has errors
 */
export async function readChecked(
  folder: string,
  { locale, isPublishing, warn }: { locale: string; isPublishing: boolean; warn: Say },
): Promise<TemplateFile[]> {
  const read = await readTemplates(folder)
  const errors = checkFolder(read, { locale }).filter(({ severity }) => severity === 'error')
  for (const error of errors) warn(findingLine(folder, error))
  if (read.issues.length > 0 || (isPublishing && errors.length > 0))
    throw new CommandFailure(
      `${count(errors.length, 'error')} in ${folder}, so nothing was pushed: mend what stands above`,
    )
  return read.files
}
