import { setTimeout as sleep } from 'node:timers/promises'
import {
  claimMessages,
  recordResults,
  type BegunTurn,
  type Claim,
  type ClaimRequest,
  type Database,
  type SendResult,
} from '@postino/database'
import type { Logger } from '@postino/runtime'
import { createGather } from './gather.ts'
import type { ClaimedMessage } from './settle.ts'
import { RESEND_AFTER_MS } from './take-turn.ts'

// A result that is not recorded becomes an unknown outcome, so a Postgres that is away is worth some patience.
const RECORD_TRIES = 60
const RECORD_PAUSE_MS = 1_000

/** Claims of different bots that come together share a statement. */
export function createClaim(database: Database) {
  return createGather<ClaimRequest, Claim[]>(
    async (requests) => {
      const claims = await claimMessages(database, requests)
      const ofBot = Map.groupBy(claims, (claim) => claim.botId)
      return requests.map((request) => ofBot.get(request.botId) ?? [])
    },
    { maxItems: 100, flushes: 2 },
  )
}

/** Results that come together share a statement; while Postgres is away they wait. */
export function createRecord(database: Database, logger: Logger) {
  return createGather<SendResult, true>(
    async (results) => {
      for (let tried = 1; ; tried++) {
        try {
          await recordResults(database, results, RESEND_AFTER_MS)
          return results.map(() => true)
        } catch (error) {
          if (tried === RECORD_TRIES) throw error
          logger.warn({ err: error, results: results.length, tried }, 'results.not_recorded')
          await sleep(RECORD_PAUSE_MS)
        }
      }
    },
    { maxItems: 500, flushes: 2 },
  )
}

/** Puts a message back that was claimed and not called for: the turn was over before its time came. */
export function createGiveBack(record: (result: SendResult) => Promise<unknown>) {
  return async (begun: BegunTurn, { shopId, id }: ClaimedMessage): Promise<void> => {
    await record({ shopId, id, epoch: begun.epoch, status: 'queued', dueInMs: 0, countsAsAttempt: false })
  }
}
