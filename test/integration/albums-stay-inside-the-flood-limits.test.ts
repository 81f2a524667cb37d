import type { MediaFile } from '@postino/domain'
import { expect, test } from 'vitest'
import { createStage } from './pipeline-under-test.ts'
import { queueContents } from './queued-content.ts'

function photos(count: number): MediaFile[] {
  return Array.from({ length: count }, (_, index) => {
    return { as: 'photo', url: `https://shop.example/${index}.jpg`, name: `${index}.jpg` }
  })
}

test('albums to people and groups are counted by their files, and none is refused', async () => {
  const stage = await createStage({})
  const bot = await stage.addBot()
  const group = await stage.addGroup(bot)
  const people = await stage.addPeople(bot, 8)
  const ids: string[] = []
  const [ada, ...others] = people
  // One a second after the first three: the text has to wait.
  ids.push(...(await queueContents(stage, { bot, to: ada! }, [{ media: photos(4) }, { html: 'after' }])))
  for (const to of others) ids.push(...(await queueContents(stage, { bot, to }, [{ media: photos(10) }])))
  ids.push(...(await queueContents(stage, { bot, to: group }, [{ media: photos(4) }, { media: photos(10) }])))
  stage.startSender()
  await stage.wake(bot)

  const messages = await stage.waitForEnd(ids, { timeoutMs: 30_000 })
  expect(messages.filter(({ status, attempts }) => status !== 'sent' || attempts !== 1)).toEqual([])
  const { refusals, peak_per_second: peak } = stage.emulator.report()
  expect(refusals).toBe(0)
  expect(peak).toBeLessThanOrEqual(30)
}, 40_000)
