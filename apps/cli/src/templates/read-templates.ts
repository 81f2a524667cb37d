import { readFolder } from '@postino/template-files'
import { CommandFailure } from '../failures/command-failure.ts'

/** @throws CommandFailure when the folder cannot be read, or has no templates */
export async function readTemplates(folder: string): ReturnType<typeof readFolder> {
  const read = await readFolder(folder).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CommandFailure(`${folder} cannot be read (${reason})`, { cause: error })
  })
  if (read.files.length > 0 || read.issues.length > 0) return read
  throw new CommandFailure(`${folder} has no templates: make some with postino template pull or starters`)
}
