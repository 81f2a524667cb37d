import type { VersionToRecheck } from '@postino/database'
import { expect, test } from 'vitest'
import { createRecheck, type RecheckDependencies } from './recheck.ts'

const VERSIONS = Array.from({ length: 45 }, (_, index): VersionToRecheck => ({
  shopId: '1',
  templateId: String(index),
  version: 1,
  kind: 'cart.abandoned',
  state: '',
  locale: 'it',
  status: 'published',
  content: {},
  fingerprint: 'x',
}))

function prepare(change: Partial<RecheckDependencies> = {}) {
  const told: string[] = []
  const recheck = createRecheck({
    list: async ({ after, limit }) => {
      const from = after === undefined ? 0 : Number(after.templateId) + 1
      return VERSIONS.slice(from, from + limit)
    },
    judge: () => ({ checkerVersion: 2, findings: [] }),
    save: async () => true,
    rechecked: ({ templateId }) => void told.push(templateId),
    failed: ({ templateId }) => void told.push(`failed ${templateId}`),
    ...change,
  })
  return { recheck, told }
}

test('all are judged once, page by page', async () => {
  const { recheck, told } = prepare()
  await recheck.run()
  expect(told).toEqual(VERSIONS.map(({ templateId }) => templateId))
})

test('what somebody else was faster with is not told', async () => {
  const { recheck, told } = prepare({ save: async ({ templateId }) => templateId === '7' })
  await recheck.run()
  expect(told).toEqual(['7'])
})

test('a version the checker breaks on keeps no other from being judged', async () => {
  const judge = ({ templateId }: VersionToRecheck) => {
    if (templateId === '3') throw new Error('broken')
    return { checkerVersion: 2, findings: [] }
  }
  const { recheck, told } = prepare({ judge })
  await recheck.run()
  expect(told).toHaveLength(45)
  expect(told[3]).toBe('failed 3')
})

test('it stops after the version under way', async () => {
  const { recheck, told } = prepare({
    rechecked: ({ templateId }) => {
      told.push(templateId)
      if (templateId === '4') recheck.stop()
    },
  })
  await recheck.run()
  expect(told).toEqual(['0', '1', '2', '3', '4'])
})
