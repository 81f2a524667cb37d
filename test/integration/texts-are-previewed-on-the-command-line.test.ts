import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { acceptEvents } from '@postino/database'
import { exampleEvent } from '@postino/domain'
import { newEvent } from '@postino/ingest/accept/new-event.ts'
import { expect, test } from 'vitest'
import { makeFolder } from '../support/make-folder.ts'
import { typeHere } from './command-line.ts'
import { openTextsOnTheCommandLine } from './texts-on-the-command-line.ts'

const { db, shopId, ok, fails, draftElsewhere } = await openTextsOnTheCommandLine()
const SHIPPED = 'order.status_changed/shipped.it.yaml'

async function folderOfTexts(): Promise<string> {
  const folder = join(makeFolder(), 'texts')
  await ok(`template starters --into ${folder}`)
  return folder
}

test('[PASS-21] a file is shown as Telegram will show it, without a database and without a shop', async () => {
  const folder = await folderOfTexts()
  const { code, out, err } = await typeHere(['template', 'preview', join(folder, SHIPPED)])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out.split('\n')).toEqual(
    expect.arrayContaining([
      SHIPPED,
      '│ 📦 Giulia, il tuo ordine *2025/1143* è partito!',
      '  [ Segui il pacco ] https://corriere-adriatico.example/segui/CA202511190042',
      'On a locked phone: 📦 Giulia, il tuo ordine 2025/1143 è partito!',
      expect.stringMatching(/^text, \d+ of 4096 characters\.$/),
    ]),
  )
})

test('every language is shown side by side, and what is wrong is told by line and column', async () => {
  const folder = await folderOfTexts()
  writeFileSync(
    join(folder, SHIPPED),
    'text: |\n  <b>Ciao</b> <tg-spoiler>{{ order.number }}</tg-spoiler>\n  <a href="{{ order.url | default("") }}">Vedi</a> {{ note }}\npreview: Novità\nsilent: true\n',
  )
  const { out } = await typeHere(['template', 'preview', join(folder, SHIPPED), '--all-locales'])
  expect(out.match(/^order\.status_changed\/shipped\.[a-z]{2}\.yaml$/gm)).toHaveLength(7)
  expect(out).toContain('On a locked phone: Novità\n')
  expect(out).toMatch(/text, \d+ of 4096 characters, silent\.\n.*shipped\.it\.yaml:3:52 error .*note/)
  writeFileSync(join(folder, SHIPPED), 'text: Ciao {{ order.totale }}\n')
  const failed = await typeHere(['template', 'preview', join(folder, SHIPPED)])
  expect(failed.out).toMatch(/^Nothing would be sent: .*order\.totale.*\n.*shipped\.it\.yaml:1:\d+ error/m)
  writeFileSync(join(folder, SHIPPED), 'txt: Ciao\n')
  const broken = await typeHere(['template', 'preview', join(folder, SHIPPED)])
  expect(broken).toMatchObject({
    code: 1,
    err: expect.stringMatching(/is no template:\n {2}1:1 text is missing/),
  })
})

test('a shop’s own text is shown, its draft first, with its last event, with a file of one, or with an example', async () => {
  const name = { kind: 'order.status_changed', state: 'shipped', locale: 'it' } as const
  await draftElsewhere(name, 'Bozza {{ order.number }}, {{ shop.name }}')
  const line = 'template preview bottega order.status_changed shipped'
  expect(await ok(line)).toMatch(
    /^order\.status_changed shipped it, version 2, draft\n│ Bozza 2025\/1143, Bottega$/m,
  )
  expect(await fails(`${line} --event last`)).toMatch(/has reported no such event lately/)

  const example = exampleEvent({ kind: 'order.status_changed', state: 'shipped', nowMs: Date.now() })
  const given = {
    ...example,
    id: 'e-1',
    data: { ...example.data, order: { ...Object(example.data).order, number: 'N\u009b1' } },
  }
  const file = join(makeFolder(), 'event.json')
  writeFileSync(file, JSON.stringify(given))
  expect(readFileSync(file, 'utf8')).toContain('\u009b')
  // What would steer a terminal does not.
  expect(await ok(`${line} --event ${file}`)).toMatch(/^│ Bozza N\ufffd?1, Bottega$/m)
  await acceptEvents(db, [newEvent({ shopId, receivedOver: 'http', event: { ...example, id: 'e-2' } })])
  expect(JSON.parse(await ok(`${line} --event last --json`))).toMatchObject([
    { status: 'shown', eventId: 'e-2', locale: 'it', text: 'Bozza 2025/1143, Bottega', findings: [] },
  ])
  expect(await fails('template preview bottega order.status_changed lost --locale it')).toMatch(
    /has no text order\.status_changed lost it/,
  )
  expect(await fails('template preview bottega order.shipped')).toMatch(/kinds are order\.status_changed/)
})
