import type { Claim, TelegramFile, TelegramFileKey } from '@postino/database'
import type { MediaFile } from '@postino/domain'
import { createLogger } from '@postino/runtime'
import { expect, test } from 'vitest'
import { fileKeyOf } from './file-key.ts'
import { createPlanFiles } from './plan-files.ts'

const logger = createLogger({ name: 'test', level: 'silent' })
const PHOTO: MediaFile = { as: 'photo', url: 'https://shop.example/a.jpg', name: 'a.jpg' }

function claim(botId: string, media?: MediaFile[]): Claim {
  return { status: 'sending', shopId: '1', botId, content: { media } } as unknown as Claim
}

const CLOSED = { status: 'expired', shopId: '1', botId: '2' } as unknown as Claim

/** What is found, and what was asked for. */
function create(find: (keys: TelegramFileKey[]) => Promise<TelegramFile[]>) {
  const asked: TelegramFileKey[][] = []
  const planFiles = createPlanFiles({
    findFiles(keys) {
      asked.push(keys)
      return find(keys)
    },
    logger,
  })
  return { asked, planFiles }
}

test('claims without files ask for nothing', async () => {
  const { asked, planFiles } = create(async () => [])
  const claims = [claim('2'), claim('2', []), CLOSED]
  expect(await planFiles(claims)).toBe(claims)
  expect(asked).toEqual([])
})

test('all files of all bots are asked for together', async () => {
  const known = { ...fileKeyOf({ shopId: '1', botId: '2' }, PHOTO), fileId: 'AgAD', way: 'url' } as const
  const { asked, planFiles } = create(async () => [known])
  const planned = await planFiles([claim('2', [PHOTO]), CLOSED, claim('2'), claim('3', [PHOTO])])
  expect(asked.map((keys) => keys.map(({ botId }) => botId))).toEqual([['2', '3']])
  const knowledge = planned.map(({ files }) => files?.map((file) => file.known))
  expect(knowledge).toEqual([[known], undefined, undefined, [{}]])
})

test('what was claimed is not lost when nothing can be looked up', async () => {
  const { planFiles } = create(() => Promise.reject(new Error('no Postgres')))
  const planned = await planFiles([claim('2', [PHOTO])])
  expect(planned.map(({ files }) => files?.map((file) => file.known))).toEqual([[{}]])
})
