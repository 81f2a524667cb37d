import type { MediaFile } from '@postino/domain'
import { expect, test } from 'vitest'
import { createStage } from './pipeline-under-test.ts'
import { queueContents } from './queued-content.ts'

const ALBUM: MediaFile[] = Array.from({ length: 10 }, (_, index) => {
  return { as: 'photo', url: `https://shop.example/${index}.jpg`, name: `${index}.jpg` }
})

test('an album dearer than the bot’s limit passes, and a sender that knows nothing of it lets its chat rest all the same', async () => {
  const stage = await createStage({ flood: { bot: { limit: 6 } } })
  const bot = await stage.addBot()
  const [ada, ben] = await stage.addPeople(bot, 2)
  const first = stage.startSender({ limitPerSecond: 6 })
  const ids = await queueContents(stage, { bot, to: ada! }, [{ media: ALBUM }])
  ids.push(...(await queueContents(stage, { bot, to: ben! }, [{ html: '#0' }])))
  await stage.wake(bot)
  await stage.waitForEnd(ids)
  await first.close()

  // What the window knew is gone, as after a crash. Ten photos at one a second: the chat is open again after eight seconds.
  await stage.flushRedis()
  ids.push(...(await queueContents(stage, { bot, to: ada! }, [{ html: '#1' }])))
  ids.push(...(await queueContents(stage, { bot, to: ben! }, [{ html: '#1' }])))
  stage.startSender({ limitPerSecond: 6 })
  await stage.wake(bot)

  const messages = await stage.waitForEnd(ids)
  expect(messages.filter(({ status, attempts }) => status !== 'sent' || attempts !== 1)).toEqual([])
  expect(stage.emulator.report()).toMatchObject({ refusals: 0, duplicate_count: 0 })
}, 40_000)
