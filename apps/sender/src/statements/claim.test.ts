import type { Claim, ClaimRequest } from '@postino/database'
import { expect, test } from 'vitest'
import { createClaim } from './claim.ts'

function request(botId: string, epoch: string): ClaimRequest {
  return { shopId: '1', botId, epoch, take: 8, busyChats: [] }
}

const SEEN = { seen: 1, isTalking: false }

function closed(botId: string, epoch: string): Claim {
  return {
    status: 'expired',
    shopId: '1',
    botId,
    epoch,
    id: botId,
    lane: 0,
    reason: 'deadline_passed',
    ...SEEN,
  }
}

test('claims that come together share a statement, and each turn gets its own', async () => {
  const statements: number[] = []
  const claim = createClaim(async (requests) => {
    statements.push(requests.length)
    return [closed('2', '4'), closed('3', '9')]
  })
  const claims = await Promise.all([
    claim(request('3', '9')),
    claim(request('2', '4')),
    claim(request('5', '1')),
  ])
  expect(claims).toEqual([[closed('3', '9')], [closed('2', '4')], []])
  expect(statements).toEqual([3])
})

test('of two turns of one bot in this process only the one it was claimed for gets a message', async () => {
  const claim = createClaim(async () => [closed('2', '5')])
  const claims = await Promise.all([claim(request('2', '4')), claim(request('2', '5'))])
  expect(claims).toEqual([[], [closed('2', '5')]])
})
