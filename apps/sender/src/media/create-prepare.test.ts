import type { TelegramFile } from '@postino/database'
import type { MediaFile } from '@postino/domain'
import type { DownloadResult } from '@postino/outgoing'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createPrepare, type Prepared } from './create-prepare.ts'
import { fileKeyOf } from './file-key.ts'
import { createFileLine } from './file-line.ts'
import { createKeptFiles } from './kept-files.ts'
import { createRecentLessons } from './recent-lessons.ts'
import type { MessageWithFiles } from './route-files.ts'
import { createShelf } from './shelf.ts'
import { createTextOnlyChats } from './text-only-chats.ts'
import { createUnreachableHosts } from './unreachable-hosts.ts'

const BYTES = 1_000
let downloads: (PromiseWithResolvers<DownloadResult> & { url: string })[]
let learned: TelegramFile[]
let prepare: (message: MessageWithFiles) => Prepared
let recent: ReturnType<typeof createRecentLessons>
let textOnly: ReturnType<typeof createTextOnlyChats>
let hosts: ReturnType<typeof createUnreachableHosts>

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
  downloads = []
  learned = []
  recent = createRecentLessons()
  hosts = createUnreachableHosts()
  textOnly = createTextOnlyChats()
  const onError = () => undefined
  const shelf = createShelf({
    downloadFile(url) {
      const download = { url, ...Promise.withResolvers<DownloadResult>() }
      downloads.push(download)
      return download.promise
    },
    line: createFileLine({ places: 4, placesPerOwner: 4 }),
    kept: createKeptFiles({ maxBytes: 1_000_000, onError }),
    maxFileBytes: 1_000_000,
    onDownload: () => undefined,
    onError,
  })
  const prepareAtPace = createPrepare({
    shelf,
    recent,
    hosts,
    textOnly,
    async remember(files) {
      recent.note(files)
      learned.push(...files)
    },
  })
  prepare = (one) => prepareAtPace(one, 30)
})

afterEach(() => {
  vi.useRealTimers()
})

function document(name = 'list.csv'): MediaFile {
  return { as: 'document', url: `https://shop.example/${name}`, name }
}

function photo(name = 'a.jpg'): MediaFile {
  return { as: 'photo', url: `https://shop.example/${name}`, name }
}

/** Claimed just now, by bot 2 unless told otherwise; nothing is known of its files. */
function message(media: MediaFile[], botId = '2', shopId = '1'): MessageWithFiles {
  return {
    shopId,
    botId,
    chatId: '501',
    content: { html: 'text', buttons: [], silent: false, media },
    files: media.map((file) => ({
      file,
      key: fileKeyOf({ shopId, botId }, file),
      known: {},
      knownAtMs: Date.now(),
    })),
  }
}

/** Until everything has begun that can. */
async function begun(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0)
}

async function finish(index = 0): Promise<void> {
  await begun()
  const file = { sizeBytes: BYTES, read: async function* () {}, [Symbol.asyncDispose]: async () => undefined }
  downloads[index]?.resolve({ status: 'downloaded', file, contentType: 'text/csv' })
  await vi.advanceTimersByTimeAsync(0)
}

function waiting(prepared: Prepared): Promise<number> {
  if (prepared.status !== 'waiting') throw new Error('it is ready')
  return prepared.dueInMs
}

function ready(prepared: Prepared) {
  if (prepared.status !== 'ready') throw new Error('it is waiting')
  return prepared
}

test('a message without files is ready', () => {
  const { content, parts } = ready(prepare({ ...message([]), files: undefined }))
  expect([content.html, content.media, parts]).toEqual(['text', [], []])
})

test('a file is fetched once for all who need it; the next claim finds it', async () => {
  const waits = [prepare(message([document()])), prepare(message([document()], '3'))].map(waiting)
  await finish()
  expect(await Promise.all(waits)).toEqual([0, 0])
  expect(downloads.map(({ url }) => url)).toEqual(['https://shop.example/list.csv'])
  const [part] = ready(prepare(message([document()]))).content.media ?? []
  expect(part).toMatchObject({ as: 'document', upload: { name: 'list.csv', mime: 'text/csv' } })
})

test('of one bot one message goes ahead with a file, the others wait for what it learns', async () => {
  const first = ready(prepare(message([photo()])))
  const others = [prepare(message([photo()])), prepare(message([photo('b.jpg'), photo()]))].map(waiting)
  // Another bot, or another file, has nothing to wait for.
  ready(prepare(message([photo()], '3')))
  ready(prepare(message([photo('c.jpg')])))
  const claimedBefore = message([photo()])
  vi.advanceTimersByTime(5)
  recent.note([{ ...fileKeyOf({ shopId: '1', botId: '2' }, photo()), fileId: 'AgAD', way: 'url' }])
  first.release(true)
  expect(await Promise.all(others)).toEqual([0, 0])
  // Known to this process, though it was not when the message was claimed.
  expect(ready(prepare(claimedBefore)).content.media).toEqual([{ as: 'photo', fileId: 'AgAD' }])
  ready(prepare(claimedBefore))
})

test('what Postgres knew at the claim counts more than what was learned before it', () => {
  recent.note([{ ...fileKeyOf({ shopId: '1', botId: '2' }, photo()), way: 'link' }])
  vi.advanceTimersByTime(1)
  expect(ready(prepare(message([photo()]))).content.media).toHaveLength(1)
})

test('a file that cannot be had is remembered once for each bot', async () => {
  const waits = [
    prepare(message([document()])),
    prepare(message([document()])),
    prepare(message([document()], '3')),
  ].map(waiting)
  await begun()
  downloads[0]?.resolve({ status: 'failed', reason: 'other_status' })
  expect(await Promise.all(waits)).toEqual([0, 0, 0])
  expect(learned.map(({ botId, way }) => [botId, way])).toEqual([
    ['2', 'link'],
    ['3', 'link'],
  ])
  // And again when that has been forgotten.
  vi.advanceTimersByTime(3_600_000)
  const again = waiting(prepare(message([document()])))
  await begun()
  downloads[1]?.resolve({ status: 'failed', reason: 'other_status' })
  await again
  expect(learned).toHaveLength(3)
})

test('nobody waits longer than twenty seconds; the download goes on', async () => {
  const first = waiting(prepare(message([document()])))
  await vi.advanceTimersByTimeAsync(20_000)
  expect(await first).toBe(1_000)
  const second = waiting(prepare(message([document()])))
  await finish()
  expect(await second).toBe(0)
  expect(downloads).toHaveLength(1)
})

test('when many wait already, the others are put off, further and further, and nothing is fetched for them', async () => {
  const waits = Array.from({ length: 10 }, () => waiting(prepare(message([document()]))))
  const putOff = [1, 2, 3].map(() => waiting(prepare(message([document('other.csv')]))))
  const dues = await Promise.all(putOff)
  await begun()
  expect(dues.map(Math.round)).toEqual([1_033, 1_067, 1_100])
  expect(downloads).toHaveLength(1)
  // Another shop may wait.
  const other = waiting(prepare(message([document('other.csv')], '3', '8')))
  await begun()
  expect(downloads).toHaveLength(2)
  await finish(0)
  await finish(1)
  expect(await Promise.all([...waits, other])).toEqual(Array(11).fill(0))
})

test('uploads beyond what one request holds are links, also when this machine cannot keep them all', async () => {
  const media = [document('a.csv'), document('b.csv')]
  let prepared = prepare(message(media))
  for (let round = 0; prepared.status === 'waiting' && round < 5; round++) {
    await begun()
    for (const { resolve } of downloads) {
      const file = {
        sizeBytes: 30_000_000,
        read: async function* () {},
        [Symbol.asyncDispose]: async () => {},
      }
      resolve({ status: 'downloaded', file, contentType: undefined })
    }
    await prepared.dueInMs
    prepared = prepare(message(media))
  }
  const { content, parts } = ready(prepared)
  expect(parts.map(({ file }) => 'name' in file && file.name)).toEqual(['a.csv'])
  expect(content.html).toContain('<a href="https://shop.example/b.csv">b.csv</a>')
  expect(downloads).toHaveLength(3)
})

test('what is told to be too much beside the others is not even fetched', async () => {
  const media = ['a.csv', 'b.csv', 'c.csv'].map((name) => ({ ...document(name), sizeBytes: 20_000_000 }))
  void waiting(prepare(message(media)))
  await begun()
  expect(downloads.map(({ url }) => url)).toEqual([
    'https://shop.example/a.csv',
    'https://shop.example/b.csv',
  ])
})

test('from a host that refused Telegram three times in a row files are uploaded at once, for an hour', async () => {
  for (const name of ['x', 'y']) hosts.refused([`https://shop.example/${name}`])
  ready(prepare(message([photo('a.jpg')])))
  hosts.fetched(['https://shop.example/z'])
  // An album's files count once.
  hosts.refused(['https://shop.example/1', 'https://shop.example/2', 'https://shop.example/3'])
  ready(prepare(message([photo('e.jpg')])))
  for (const name of ['x', 'y']) hosts.refused([`https://shop.example/${name}`])
  void waiting(prepare(message([photo('b.jpg')])))
  ready(prepare(message([{ as: 'photo', url: 'https://other.example/a.jpg', name: 'a.jpg' }])))
  vi.advanceTimersByTime(3_600_000)
  ready(prepare(message([photo('c.jpg')])))
  // One more refusal is enough then.
  hosts.refused(['https://shop.example/c.jpg'])
  void waiting(prepare(message([photo('d.jpg')])))
})

test('in a chat that takes no files they are links, for ten minutes', () => {
  textOnly.note({ botId: '2', chatId: '501' })
  expect(ready(prepare(message([photo(), document()]))).content).toMatchObject({
    html: expect.stringContaining('list.csv'),
    media: [],
  })
  ready(prepare(message([photo('b.jpg')], '3')))
  vi.advanceTimersByTime(600_000)
  expect(ready(prepare(message([photo('c.jpg')]))).content.media).toHaveLength(1)
})

test('sixteen uploads at a time share the line; the next one waits for any of them', async () => {
  const files = Array.from({ length: 17 }, (_, index) => document(`${index}.csv`))
  const waits = files.map((file, index) => waiting(prepare(message([file], '2', String(index)))))
  for (const index of files.keys()) await finish(index)
  await Promise.all(waits)
  const all = files.map((file, index) => prepare(message([file], '2', String(index))))
  const last = waiting(all.at(-1)!)
  ready(all[3]!).release(true)
  expect(await last).toBe(0)
  ready(prepare(message(files.slice(-1), '2', '16')))
})
