import type { MediaFile } from '@postino/domain'
import { UPLOAD_MAX_BYTES } from '@postino/sender/media/choose-way.ts'
import { expect, test } from 'vitest'
import { createFileServer } from './file-server.ts'
import { createStage } from './pipeline-under-test.ts'
import { callsOf, queueContents, seenBy } from './queued-content.ts'

const stage = await createStage()
const server = await createFileServer()
stage.startSender({ outgoingAllowedHosts: server.host, outgoingAllowHttp: true, callTimeoutSeconds: 20 })

test('a file as large as an upload may be goes up; with one byte more, or with another, it is too much', async () => {
  const bot = await stage.addBot()
  const people = await stage.addPeople(bot, 3)
  const largest = server.add('largest.bin', Buffer.alloc(UPLOAD_MAX_BYTES))
  const larger = server.add('larger.bin', Buffer.alloc(UPLOAD_MAX_BYTES + 1))
  const file = (url: string, name: string): MediaFile => ({ as: 'document', url, name })
  const messages = [
    [file(largest, 'largest')],
    [file(larger, 'larger')],
    [file(server.add('small.bin', 'x'), 'small'), file(largest, 'largest')],
  ]
  const ids: string[] = []
  for (const [index, media] of messages.entries()) {
    ids.push(...(await queueContents(stage, { bot, to: people[index]! }, [{ html: '#', media }])))
    await stage.wake(bot)
    await stage.waitForEnd(ids)
    // So that the last one has to be uploaded as well.
    await stage.database.deleteFrom('telegram_files').where('way', '<>', 'link').execute()
  }
  expect(people.map((person) => seenBy(stage, person))).toEqual([
    ['document: #'],
    ['#\n\nlarger'],
    ['document: #\n\nlargest'],
  ])
  expect(people.flatMap((person) => callsOf(stage, person))).toEqual([
    'sendDocument 200',
    'sendMessage 200',
    'sendDocument 200',
  ])
  const attempts = (await stage.readMessages(ids)).map(({ status, attempts: count }) => `${status} ${count}`)
  expect(attempts).toEqual(['sent 1', 'sent 1', 'sent 1'])
})
