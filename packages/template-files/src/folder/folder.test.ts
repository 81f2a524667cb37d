import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { writeTemplate } from '../write-template.ts'
import { readFolder, readTemplateFile } from './read-folder.ts'
import { hashOf, readSeenWords, SEEN_FILE, writeSeenWords } from './seen-words.ts'
import { writeFile } from './write-file.ts'

const made: string[] = []
afterAll(() => made.forEach((folder) => rmSync(folder, { recursive: true })))

const SHIPPED = 'order.status_changed/shipped.it.yaml'
const CONTENT = { text: 'Ciao', buttons: [], silent: false }

function makeFolder(files: Record<string, string> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'template-files-'))
  made.push(folder)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

async function issuesOf(folder: string): Promise<string[]> {
  const { issues } = await readFolder(folder)
  return issues.map(({ path, line, column, message }) => `${path}:${line}:${column} ${message}`)
}

test('what is written into a folder is read from it, in the order of the paths', async () => {
  const folder = makeFolder()
  const paths = [SHIPPED, 'cart.abandoned/default.uk.yaml']
  for (const path of paths) await writeFile(folder, path, writeTemplate({ ...CONTENT, text: path }))
  const { files, issues } = await readFolder(folder)
  expect(issues).toEqual([])
  expect(files).toMatchObject([
    { path: paths[1], kind: 'cart.abandoned', state: '', locale: 'uk', content: { text: paths[1] } },
    { path: paths[0], kind: 'order.status_changed', state: 'shipped', locale: 'it' },
  ])
  expect(readdirSync(join(folder, 'cart.abandoned'))).toEqual(['default.uk.yaml'])
})

test('hidden files and what is no YAML are left alone; what could be a template under a wrong name is told', async () => {
  const folder = makeFolder({
    'README.md': 'ours',
    '.git/config.yaml': 'x',
    '.hidden.yaml': 'x',
    'docs/notes.txt': 'x',
    'order.status_changed/README.md': 'x',
    'order.status_changed/.shipped.it.yaml.swp': 'x',
    'order.status_changed/shipped.it.yml': 'text: a',
    'order.status_changed/Paid.it.yaml': 'text: a',
    'order.status_changed/more/a.it.yaml': 'text: a',
    'order.status_change/paid.it.yaml': 'text: a',
    'paid.it.yaml': 'text: a',
    [SHIPPED]: 'txt: a',
  })
  expect(await issuesOf(folder)).toEqual([
    expect.stringMatching(/^order\.status_change:1:1 "order\.status_change" is no event kind: choose from/),
    expect.stringMatching(/^order\.status_changed\/more:1:1 a folder has no place here/),
    expect.stringMatching(/^paid\.it\.yaml:1:1 .*move it there/),
    expect.stringMatching(/^order\.status_changed\/Paid\.it\.yaml:1:1 rename it %50aid\.it\.yaml/),
    expect.stringMatching(/^order\.status_changed\/shipped\.it\.yaml:1:1 text is missing/),
    expect.stringMatching(/^order\.status_changed\/shipped\.it\.yaml:1:1 The file has no field "txt"/),
    expect.stringMatching(/^order\.status_changed\/shipped\.it\.yml:1:1 a file is called by its state/),
  ])
})

test('nothing is read or written through a symbolic link, and nothing but plain files is read', async () => {
  const outside = makeFolder({ 'secret.yaml': 'text: secret', 'kind/paid.it.yaml': 'text: secret' })
  const folder = makeFolder({ [SHIPPED]: 'text: a' })
  symlinkSync(join(outside, 'secret.yaml'), join(folder, 'order.status_changed/paid.it.yaml'))
  symlinkSync(join(outside, 'kind'), join(folder, 'cart.abandoned'))
  const socket = createServer().listen(join(folder, 'order.status_changed/refunded.it.yaml'))
  await once(socket, 'listening')
  const { files, issues } = await readFolder(folder)
  expect(files.map(({ path }) => path)).toEqual([SHIPPED])
  expect(issues.map(({ path }) => path)).toEqual([
    'cart.abandoned',
    'order.status_changed/paid.it.yaml',
    'order.status_changed/refunded.it.yaml',
  ])
  expect(JSON.stringify(issues)).not.toContain('secret')
  const refunded = await readTemplateFile(folder, 'order.status_changed/refunded.it.yaml')
  expect(refunded).toMatchObject({
    status: 'refused',
    issues: [{ message: expect.stringContaining('no plain file') }],
  })
  socket.close()
  expect(await readTemplateFile(folder, 'order.status_changed/paid.it.yaml')).toMatchObject({
    status: 'refused',
  })
  await expect(writeFile(folder, 'cart.abandoned/paid.it.yaml', 'x')).rejects.toThrow('is a symbolic link')
  await writeFile(folder, 'order.status_changed/paid.it.yaml', 'text: b')
  expect(readFileSync(join(outside, 'secret.yaml'), 'utf8')).toBe('text: secret')
  expect(readFileSync(join(outside, 'kind/paid.it.yaml'), 'utf8')).toBe('text: secret')
})

test('a folder remembers what it has seen, a line for each file', async () => {
  const folder = makeFolder()
  const fresh = await readSeenWords(folder)
  expect(fresh.hashes.size).toBe(0)
  const hashes = new Map([
    [SHIPPED, [hashOf(CONTENT)]],
    ['cart.abandoned/default.uk.yaml', [hashOf(CONTENT), hashOf({ ...CONTENT, silent: true })]],
  ])
  await writeSeenWords(folder, { folder: fresh.folder, hashes })
  expect(await readSeenWords(folder)).toEqual({ folder: fresh.folder, hashes })
  expect(readFileSync(join(folder, SEEN_FILE), 'utf8').split('\n')[4]).toBe(
    `    "${SHIPPED}": ["${hashOf(CONTENT)}"]`,
  )
  writeFileSync(join(folder, SEEN_FILE), '<<<<<<< ours')
  await expect(readSeenWords(folder)).rejects.toThrow(/take it from git again, or remove it and pull/)
})

test('the hash of a content says nothing of the order of its fields', () => {
  expect(hashOf({ silent: false, buttons: [], text: 'Ciao' })).toBe(hashOf(CONTENT))
  expect(hashOf({ ...CONTENT, text: 'Ciao!' })).not.toBe(hashOf(CONTENT))
})
