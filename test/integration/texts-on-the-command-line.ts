import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LOCAL_SETTINGS_FILE } from '@postino/cli/surroundings.ts'
import { findShopBySlug, publishContent, saveDraft, type TemplateName } from '@postino/database'
import { judgeTemplate } from '@postino/templates'
import { sql } from 'kysely'
import { expect } from 'vitest'
import { makeFolder } from '../support/make-folder.ts'
import { typeHere } from './command-line.ts'
import { openTestDatabase } from './database-under-test.ts'

/** The shop `bottega` with the texts a shop begins with, and the command line that works with it. */
export async function openTextsOnTheCommandLine() {
  const { url, db } = await openTestDatabase()
  const settings = makeFolder()
  writeFileSync(join(settings, LOCAL_SETTINGS_FILE), `DATABASE_URL=${url}\n`)

  /** What a command line comes to. */
  const type = (line: string) => typeHere(['--local', settings, ...line.split(' ')])

  /** What one prints that ends well. */
  async function ok(line: string): Promise<string> {
    const { code, out, err } = await type(line)
    expect({ line, code, err: code === 0 ? '' : err }).toEqual({ line, code: 0, err: '' })
    return out
  }

  /** What one says that fails. */
  async function fails(line: string): Promise<string> {
    const { code, out, err } = await type(line)
    expect({ line, code, out }).toMatchObject({ line, code: 1 })
    return err
  }

  await ok('shop create bottega --name Bottega --locale it')
  const shopId = (await findShopBySlug(db, 'bottega'))?.id ?? ''
  // One language suffices, and is checked sooner.
  await sql`delete from template_versions where template_id in (select id from templates where locale <> 'it')`.execute(
    db,
  )
  await sql`delete from templates where locale <> 'it'`.execute(db)
  const contentOf = (text: string) => ({ text, buttons: [], silent: false })

  return {
    /** A folder with all the shop says. */
    pulled: async (): Promise<string> => {
      const folder = join(makeFolder(), 'texts')
      await ok(`template pull bottega ${folder}`)
      return folder
    },
    db,
    url,
    shopId,
    type,
    ok,
    fails,
    /** As somebody does in the console. */
    publishElsewhere: (template: TemplateName, text: string) =>
      publishContent(
        db,
        shopId,
        { template, content: contentOf(text), author: 'api_key:7Yk2pQ9xLm' },
        judgeTemplate,
      ),
    draftElsewhere: (template: TemplateName, text: string) =>
      saveDraft(
        db,
        shopId,
        { template, content: contentOf(text), author: 'api_key:7Yk2pQ9xLm' },
        judgeTemplate,
      ),
  }
}

/** Changes a file of a folder as somebody does in an editor. */
export function edit(folder: string, path: string, change: (text: string) => string): void {
  writeFileSync(join(folder, path), change(readFileSync(join(folder, path), 'utf8')))
}
