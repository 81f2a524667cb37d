import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

const PICTURES = join(import.meta.dirname, '../../.postino/screenshots')
const OF_THE_DOCS = join(import.meta.dirname, '../end-to-end')

/** The docs show what the tests saw; `PICTURES=1 pnpm test end-to-end` takes their pictures anew. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const picture = await page.screenshot()
  await mkdir(PICTURES, { recursive: true })
  await writeFile(join(PICTURES, name), picture)
  if (process.env['PICTURES'] !== undefined) await writeFile(join(OF_THE_DOCS, name), picture)
}
