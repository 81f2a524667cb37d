import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findTemplate, unpublish } from '@postino/database'
import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { makeFolder } from '../support/make-folder.ts'
import { openTextsOnTheCommandLine } from './texts-on-the-command-line.ts'

const { db, shopId, ok, fails, publishElsewhere, draftElsewhere } = await openTextsOnTheCommandLine()
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

test('a folder goes on from draft to draft, and puts the last one in force', async () => {
  for (const text of ['Uno', 'Due', 'Tre']) {
    write(`${text} ${WORDS}`)
    await ok(`template push bottega ${folder}`)
  }
  expect(await said()).toEqual({ published: `Ciao ${WORDS}`, draft: `Tre ${WORDS}` })
  await ok(`template push bottega ${folder} --publish`)
  expect(await said()).toEqual({ published: `Tre ${WORDS}`, draft: undefined })
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
