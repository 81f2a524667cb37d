import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findTemplate, saveDraft, unpublish } from '@postino/database'
import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { makeFolder } from '../support/make-folder.ts'
import { waitForBlocked } from './database-under-test.ts'
import { openTextsOnTheCommandLine } from './texts-on-the-command-line.ts'

const { db, shopId, ok, fails, type, publishElsewhere, draftElsewhere } = await openTextsOnTheCommandLine()
const CART = { kind: 'cart.abandoned', state: '', locale: 'it' } as const
const DUE = { kind: 'activity.due', state: '', locale: 'it' } as const
const WORDS = '{{ cart.recovery_url }} /stop'

let folder: string
beforeEach(async () => {
  folder = join(makeFolder(), 'texts')
  await sql`delete from template_versions where status = 'draft'`.execute(db)
  await publishElsewhere(CART, `Ciao ${WORDS}`)
  await ok(`template pull bottega ${folder}`)
})

function write(text: string, where = folder): void {
  writeFileSync(join(where, 'cart.abandoned/default.it.yaml'), `text: ${JSON.stringify(text)}\n`)
}

async function said() {
  const found = await findTemplate(db, shopId, CART)
  return { published: found?.published?.content.text, draft: found?.draft?.content.text }
}

test('what somebody put in force since the folder was pulled is not written over, unless one insists', async () => {
  await publishElsewhere(CART, `Nuovo ${WORDS}`)
  write(`Mio ${WORDS}`)
  for (const way of ['', ' --publish', ' --publish --dry-run'])
    expect(await fails(`template push bottega ${folder}${way}`)).toMatch(
      /^postino: somebody changed texts .*template pull, or .*--force:\n {2}cart\.abandoned\/default\.it\.yaml: version \d+ of \S+ by api_key:7Yk2pQ9xLm is not in the folder$/,
    )
  expect(await said()).toEqual({ published: `Nuovo ${WORDS}`, draft: undefined })
  await ok(`template push bottega ${folder} --publish --force`)
  expect(await said()).toEqual({ published: `Mio ${WORDS}`, draft: undefined })
})

test('a draft somebody writes is not written over; a text put in force leaves it alone; elsewhere it hinders nobody', async () => {
  await draftElsewhere(CART, 'In prova')
  expect(await ok(`template push bottega ${folder}`)).toContain('Saved as drafts 0 texts')
  write(`Mio ${WORDS}`)
  expect(await fails(`template push bottega ${folder}`)).toMatch(
    /a draft \d+ of \S+ by api_key:7Yk2pQ9xLm is not in/,
  )
  await ok(`template push bottega ${folder} --publish`)
  expect(await said()).toEqual({ published: `Mio ${WORDS}`, draft: 'In prova' })
  await ok(`template pull bottega ${folder} --drafts`)
  write(`In prova ${WORDS}`)
  await ok(`template push bottega ${folder}`)
  expect(await said()).toEqual({ published: `Mio ${WORDS}`, draft: `In prova ${WORDS}` })
})

test('a copy of the folder goes on where the folder pushed before, as a CI does that keeps nothing', async () => {
  const copy = join(makeFolder(), 'texts')
  cpSync(folder, copy, { recursive: true })
  write(`Uno ${WORDS}`)
  await ok(`template push bottega ${folder} --publish`)
  write(`Due ${WORDS}`, copy)
  await ok(`template push bottega ${copy} --publish`)
  expect(await said()).toMatchObject({ published: `Due ${WORDS}` })
})

test('another folder is somebody else: what it brought is fetched first', async () => {
  const other = join(makeFolder(), 'texts')
  await ok(`template pull bottega ${other}`)
  write(`Altro ${WORDS}`, other)
  await ok(`template push bottega ${other} --publish`)
  write(`Mio ${WORDS}`)
  expect(await fails(`template push bottega ${folder} --publish`)).toMatch(
    /by folder:[0-9a-f]{16} is not in the folder/,
  )
  write(`Ciao ${WORDS}`)
  await ok(`template pull bottega ${folder}`)
  expect(readFileSync(join(folder, 'cart.abandoned/default.it.yaml'), 'utf8')).toContain('Altro')
})

test('what somebody took out of force does not come back by itself, and nothing unknown goes out of force', async () => {
  await publishElsewhere({ ...DUE, locale: 'sv' }, 'Ny {{ activity.title }}')
  expect(await fails(`template push bottega ${folder} --publish --unpublish-missing`)).toMatch(
    /activity\.due sv: version 1 of \S+ by api_key:7Yk2pQ9xLm is not in the folder$/,
  )
  const due = await findTemplate(db, shopId, DUE)
  await unpublish(db, shopId, { template: { id: due?.id ?? '' } })
  expect(await fails(`template push bottega ${folder} --publish`)).toMatch(
    /activity\.due\/default\.it\.yaml: was taken out of force in the shop$/,
  )
  await ok(`template push bottega ${folder} --publish --force`)
  expect((await findTemplate(db, shopId, DUE))?.published).toBeDefined()
})

/** Runs a push that waits, in its middle, for somebody who is just changing a text it comes to last. */
async function pushBeside(meanwhile: () => Promise<unknown>) {
  write(`Mio ${WORDS}`)
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
