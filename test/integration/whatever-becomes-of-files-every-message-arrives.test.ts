import type { MediaFile } from '@postino/domain'
import { expect, test } from 'vitest'
import { createFileServer } from './file-server.ts'
import { createStage } from './pipeline-under-test.ts'
import { pictureOf } from './pictures.ts'
import { queueContents } from './queued-content.ts'

const REFUSALS = [
  'Bad Request: wrong remote file identifier specified: Wrong string length',
  'Bad Request: failed to get HTTP URL content',
  'Bad Request: wrong type of the web page content',
  'Bad Request: PHOTO_INVALID_DIMENSIONS',
  'Bad Request: wrong file identifier/HTTP URL specified',
  'Bad Request: file must be non-empty',
  'Bad Request: failed to send message #1 with the error message "WEBPAGE_CURL_FAILED"',
  'Bad Request: failed to send message #2 with the error message "MEDIA_EMPTY"',
  'Bad Request: NOBODY_KNOWS_WHAT',
]

test('every message arrives once and in order, whatever Telegram and the file servers say to its files', async () => {
  const stage = await createStage()
  const { emulator } = stage
  const server = await createFileServer()
  for (const method of ['sendPhoto', 'sendVideo', 'sendDocument', 'sendMediaGroup']) {
    for (const description of REFUSALS) {
      const fault = { kind: 'error', code: 400, description } as const
      emulator.faults.add({ match: { method }, fault, probability: 0.04 })
    }
    emulator.faults.add({
      match: { method },
      fault: { kind: 'error', code: 429, retry_after: 1 },
      probability: 0.02,
    })
  }
  const sources = [
    (name: string) => `https://shop.example/${name}`,
    (name: string) => server.add(name, pictureOf(640, 480)),
    (name: string) => server.add(name, (response) => void response.writeHead(500).end()),
    (name: string) => `http://${server.host}/nowhere-${name}`,
  ]
  let names = 0
  function anyFile(as: MediaFile['as']): MediaFile {
    const name = `${(names += 1)}.${as === 'video' ? 'mp4' : 'png'}`
    const source = sources[Math.floor(Math.random() * sources.length)]!
    return { as, url: source(name), name }
  }
  const forms = [
    () => [anyFile('photo')],
    () => [anyFile('document')],
    () => [anyFile('photo'), anyFile('video')],
    () => [{ as: 'photo', url: 'https://shop.example/logo.png', name: 'logo.png' } as const],
    () => undefined,
  ]
  const bot = await stage.addBot()
  const people = await stage.addPeople(bot, 20)
  const ids: string[] = []
  for (const to of people) {
    const contents = [0, 1, 2].map((index) => ({
      html: `#${index}`,
      media: forms[Math.floor(Math.random() * forms.length)]!(),
    }))
    ids.push(...(await queueContents(stage, { bot, to }, contents)))
  }
  for (const name of ['one', 'other']) {
    stage.startSender({ outgoingAllowedHosts: server.host, outgoingAllowHttp: name === 'one' })
  }
  await stage.wake(bot)

  const messages = await stage.waitForEnd(ids, { timeoutMs: 40_000 })
  expect(messages.filter(({ status, resends }) => status !== 'sent' || resends > 0)).toEqual([])
  for (const { chat } of people) {
    const shown = emulator.chats.messages(chat, { limit: 100 }).messages
    const numbers = shown.flatMap(({ text, caption }) => /^#\d/.exec(text ?? caption ?? '')?.[0] ?? [])
    expect(numbers).toEqual(['#0', '#1', '#2'])
  }
}, 60_000)
