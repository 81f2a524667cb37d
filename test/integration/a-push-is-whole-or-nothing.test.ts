import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findTemplate, saveDraft } from '@postino/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { waitForBlocked } from './database-under-test.ts'
import { openTextsOnTheCommandLine } from './texts-on-the-command-line.ts'

const { db, shopId, ok, pulled, type, publishElsewhere } = await openTextsOnTheCommandLine()
const CART = { kind: 'cart.abandoned', state: '', locale: 'it' } as const
const WORDS = '{{ cart.recovery_url }} /stop'
await publishElsewhere(CART, `Ciao ${WORDS}`)
const folder = await pulled()

async function said() {
  const found = await findTemplate(db, shopId, CART)
  return { published: found?.published?.content.text, draft: found?.draft?.content.text }
}

/** Runs a push that waits, in its middle, for somebody who is just changing a text it comes to last. */
async function pushBeside(meanwhile: () => Promise<unknown>) {
  writeFileSync(join(folder, 'cart.abandoned/default.it.yaml'), `text: ${JSON.stringify(`Mio ${WORDS}`)}\n`)
  const shipped = join(folder, 'order.status_changed/shipped.it.yaml')
  writeFileSync(shipped, 'text: "{{ order.number }}"\n')
  const name = { kind: 'order.status_changed', state: 'shipped', locale: 'it' } as const
  return await db.transaction().execute(async (trx) => {
    const content = { text: 'Altro', buttons: [], silent: false }
    await saveDraft(trx, shopId, { template: name, content }, () => ({ checkerVersion: 1, findings: [] }))
    const pushing = type(`template push bottega ${folder} --publish`)
    await waitForBlocked(db)
    await meanwhile()
    return { pushing }
  })
}

test('whoever changes a text while a folder is pushed keeps it, and nothing of the folder is there', async () => {
  const { pushing } = await pushBeside(async () => undefined)
  expect(await pushing).toEqual({
    code: 1,
    out: '',
    err: 'postino: somebody changed order.status_changed shipped it at this moment, so nothing was pushed: try again',
  })
  expect(await said()).toMatchObject({ published: `Ciao ${WORDS}` })
})

test('when the database goes away in the middle nothing is half done, and a line says so', async () => {
  const { pushing } = await pushBeside(() =>
    sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'postino-cli'`.execute(db),
  )
  const { code, err } = await pushing
  expect({ code, lines: err.split('\n') }).toEqual({
    code: 1,
    lines: [expect.stringContaining('try again a little later')],
  })
  expect(await said()).toMatchObject({ published: `Ciao ${WORDS}` })
  expect(await ok(`template push bottega ${folder} --publish --force`)).toContain('cart.abandoned')
})
