import { randomBytes } from 'node:crypto'
import { lstat, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UnusableFolder } from './unusable-folder.ts'

/**
 * Writes a file of a folder, whole or not at all, whatever happens meanwhile; its own folder is made when there is none.
 * `path` is relative to the folder, with slashes. @throws UnusableFolder when a
 * link would lead out of the folder; what the disk says otherwise
 */
export async function writeFile(folder: string, path: string, text: string): Promise<void> {
  const target = join(folder, path)
  await mkdir(dirname(target), { recursive: true })
  if ((await lstat(dirname(target))).isSymbolicLink() && dirname(target) !== folder)
    throw new UnusableFolder(`${dirname(target)} is a symbolic link: make it a folder`)
  const draft = join(dirname(target), `.${randomBytes(6).toString('hex')}.draft`)
  const file = await open(draft, 'wx')
  try {
    await file.writeFile(text)
    await file.close()
    await rename(draft, target)
  } catch (error) {
    await file.close()
    await rm(draft, { force: true })
    throw error
  }
}
