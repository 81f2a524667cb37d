import { insertStarterTemplates } from '@postino/database'
import type { TemplateContent } from '@postino/domain'
import { expect, test } from 'vitest'
import { createFileServer } from './file-server.ts'
import { pictureOf } from './pictures.ts'
import { createStage } from './pipeline-under-test.ts'
import { callsOf, seenBy } from './queued-content.ts'

const stage = await createStage()
const server = await createFileServer()
const bot = await stage.addBot()
stage.startRenderer()
stage.startSender({ outgoingAllowedHosts: server.host, outgoingAllowHttp: true })

const SITE = 'https://shop.example/{{ order.id }}/'
const PHOTO = { type: 'auto', url: `${SITE}photo.jpg` } as const
const VIDEO = { type: 'auto', url: `${SITE}film.mp4` } as const
const SOUND = { type: 'auto', url: `${SITE}sound.mp3` } as const
const PDF = { type: 'auto', url: `${SITE}invoice.pdf?x=1&y`, name: 'Invoice <1> & "2".pdf' } as const
const TABLE = { type: 'auto', url: `${SITE}table.xlsx`, name: '</a><b>.xlsx' } as const
const GIF = { type: 'auto', url: server.add('wave.gif', pictureOf(10, 10)) } as const
const OPEN = { text: 'Open & read', url: `${SITE}?a=1&b="2"` }
const CONFIRM = { text: 'Confirm', action: 'a'.repeat(32) }

const CASES: [string, Partial<TemplateContent>, string, string[]][] = [
  ['a text with buttons', { buttons: [[CONFIRM, OPEN]] }, 'sendMessage', ['Order']],
  [
    'a photo with a button that acts',
    { media: [PHOTO], buttons: [[CONFIRM]] },
    'sendPhoto',
    ['photo: Order'],
  ],
  ['a video nobody may forward', { media: [VIDEO], protect: true }, 'sendVideo', ['video: Order']],
  ['a sound', { media: [SOUND], silent: true }, 'sendAudio', ['audio: Order']],
  ['a document with a hostile name', { media: [PDF] }, 'sendDocument', ['document: Order']],
  ['a GIF', { media: [GIF] }, 'sendDocument', ['document: Order']],
  [
    'a file the shop does not attach',
    { media: [TABLE], buttons: [[CONFIRM]] },
    'sendMessage',
    ['Order\n\n<-a><b>.xlsx'],
  ],
  [
    'an album beside what does not fit it',
    { media: [PHOTO, PDF, VIDEO, TABLE], buttons: [[OPEN]] },
    'sendMediaGroup',
    ['photo: Order\n\nInvoice <1> & "2".pdf\n<-a><b>.xlsx\nOpen & read', 'video: '],
  ],
  [
    'the longest text under a file',
    { text: 'x'.repeat(1_024), media: [PHOTO] },
    'sendPhoto',
    [`photo: ${'x'.repeat(1_024)}`],
  ],
  [
    'a text too long to stand under a file',
    { text: 'x'.repeat(1_025), media: [PHOTO, VIDEO], buttons: [[OPEN]] },
    'sendMessage',
    [`${'x'.repeat(1_025)}\n\nphoto.jpg\nfilm.mp4`],
  ],
  [
    'the longest text with ten links',
    { text: 'x'.repeat(4_096), media: Array.from({ length: 10 }, () => TABLE) },
    'sendMessage',
    [expect.stringMatching(/^x{3900,}…\n\n(?:<-a><b>\.xlsx\n?){10}$/)],
  ],
]

test.concurrent.for(CASES)('%s arrives with one call', async ([name, change, method, seen]) => {
  const content = { text: 'Order', buttons: [], silent: false, ...change }
  const state = name.replaceAll(/\W/g, '_')
  await insertStarterTemplates(stage.database, stage.shopId, [
    { kind: 'order.status_changed', state, locale: 'en', content },
  ])
  const person = await stage.addPerson(bot)
  const ids = await stage.accept([{ to: person, text: state, state }])
  expect(await stage.waitForEnd(ids)).toMatchObject([{ status: 'sent', reason: null, attempts: 1 }])
  expect(callsOf(stage, person)).toEqual([`${method} 200`])
  expect(seenBy(stage, person)).toEqual(seen)
})
