import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder } from '../support/make-folder.ts'
import { typeCommand, typeHere } from './command-line.ts'

function folderOf(files: Record<string, string>): string {
  const folder = makeFolder()
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

const GOOD = 'text: |\n  Ordine {{ order.number }}\n'

test('[U18] a folder of texts is checked without a database and without a shop: by file, line and column', async () => {
  const folder = folderOf({
    'order.status_changed/shipped.it.yaml':
      'text: |\n  Ciao,\n\n  il tuo ordine {{ order.numero }} <b>parte\nsilent: si\n',
    'order.status_changed/paid.it.yaml':
      '# ours\ntext: |\n  Ciao,\n\n    il tuo ordine {{ order.numero }}\nbuttons:\n  - - text: "Vedi"\n      url: http://shop.example\n',
    'order.status_changed/default.it.yaml': GOOD,
    'order.status_changed/Default.it.yaml': GOOD,
  })
  const { code, out, err } = await typeCommand(['template', 'check', folder])
  expect(out.split('\n')).toEqual([
    expect.stringMatching(/^\/\S+\/order\.status_changed\/Default\.it\.yaml:1:1 error rename it/),
    expect.stringMatching(
      /^\/\S+\/order\.status_changed\/paid\.it\.yaml:5:22 error `order\.numero` does not exist .*Did you mean `order\.number`\?$/,
    ),
    expect.stringMatching(/^\/\S+\/order\.status_changed\/paid\.it\.yaml:8:12 (?:error|warning) .*https/),
    expect.stringMatching(
      /^\/\S+\/order\.status_changed\/shipped\.it\.yaml:5:1 error silent must be true or false, not text\.$/,
    ),
  ])
  expect({ code, err }).toEqual({
    code: 1,
    err: expect.stringMatching(/^postino: \d errors?, \d warnings? in .*: mend what stands above$/),
  })
})

test('warnings fail a check when it is strict; a good folder passes it', async () => {
  const folder = folderOf({
    'order.status_changed/default.it.yaml': GOOD,
    'order.status_changed/paid.it.yaml': GOOD,
    'order.status_changed/default.en.yaml': 'text: |\n  Order {{ order.number }}\n',
  })
  const lax = await typeHere(['template', 'check', folder, '--json'])
  expect(lax.code).toBe(0)
  expect(JSON.parse(lax.out)).toEqual([
    {
      path: 'order.status_changed/paid.en.yaml',
      line: 1,
      column: 1,
      severity: 'warning',
      code: 'missing_locale',
      message: expect.stringContaining('no text in English'),
    },
  ])
  const strict = await typeHere(['template', 'check', folder, '--strict'])
  expect(strict).toMatchObject({ code: 1, err: expect.stringContaining('0 errors, 1 warning in') })
  const good = folderOf({ 'order.status_changed/default.it.yaml': GOOD })
  expect(await typeHere(['template', 'check', good, '--strict'])).toEqual({
    code: 0,
    out: '1 text checked: 0 errors, 0 warnings.',
    err: '',
  })
})

test('the texts every shop begins with pass a strict check', async () => {
  const folder = join(makeFolder(), 'texts')
  await typeHere(['template', 'starters', '--locale', 'de', '--into', folder])
  const { code, out } = await typeHere(['template', 'check', folder, '--strict'])
  expect({ code, out }).toEqual({
    code: 0,
    out: expect.stringMatching(/^\d+ texts checked: 0 errors, 0 warnings\.$/),
  })
})

test('what is no folder of texts is told in a line, with the way out', async () => {
  expect(await typeHere(['template', 'check', '/nowhere'])).toEqual({
    code: 1,
    out: '',
    err: expect.stringMatching(/^postino: \/nowhere cannot be read \(ENOENT[^\n]*\)/),
  })
  expect((await typeHere(['template', 'check', makeFolder()])).err).toMatch(
    /has no templates: make some with postino template pull or starters$/,
  )
})
