import type { SendResult } from '@postino/database'
import type { Logger } from '@postino/runtime'
import { sendMethodOf } from '@postino/telegram'
import type { Answer, CallTelegram } from './call-telegram.ts'
import type { Follow } from './follow.ts'
import type { Learned, Media } from '../media/create-media.ts'
import type { SenderMetrics } from '../metrics.ts'
import type { RunningTurn } from './running-turn.ts'
import { callOf, type ClaimedMessage } from '../claimed-message.ts'
import { isUnknownRefusal, settle } from './settle.ts'

/**
 * Calls Telegram for one message; one whose file is not at hand waits for it and goes back into the queue uncalled. Rejects
 * when what came of it could not be recorded.
 */
export type Deliver = (turn: RunningTurn, message: ClaimedMessage) => Promise<void>

export interface DeliverDependencies {
  callTelegram: CallTelegram
  media: Pick<Media, 'prepare' | 'learn' | 'remember'>
  follow: Follow
  record: (result: SendResult) => Promise<unknown>
  metrics: SenderMetrics
  logger: Logger
}

const NOTHING: Learned = { lessons: [], hasAnotherWay: false }

/** Calls Telegram for one message, does what the answer asks for, and records what came of it. */
export function createDeliver(dependencies: DeliverDependencies): Deliver {
  const { callTelegram, media, follow, record, metrics, logger } = dependencies

  return async function deliver(turn, message) {
    const prepared = media.prepare(message, turn.window.limitPerSecond(Date.now()))
    if (prepared.status === 'waiting') return await putBack(turn, message, prepared.dueInMs)
    const { content, parts, release } = prepared
    const isPaid = turn.begun.paidPerSecond !== undefined
    const startedAtMs = Date.now()
    // In the same breath as the window was asked: see claim-and-start.ts.
    const token = turn.window.started(callOf(message), startedAtMs)
    const { shopId, id, epoch, chatId, attempts } = message
    const answer = await callTelegram(turn.api, { shopId, id, chatId, content }, { paidBroadcast: isPaid })
    const endedAtMs = Date.now()
    turn.window.answered(token, endedAtMs)

    const isPaymentRefused = isPaid && isUnknownRefusal(answer)
    const { lessons, hasAnotherWay } = isPaymentRefused ? NOTHING : media.learn(answer, parts, message)
    const circumstances = { attempts, chatId, isPaid, hasAnotherWay }
    const { result, consequence } = settle(answer, circumstances, Math.random())
    // What others read goes by the clock of Postgres: this machine's may be off.
    const { least: behindMs } = turn.begun.clockBehindMs
    const times = { startedAtMs: startedAtMs + behindMs, endedAtMs: endedAtMs + behindMs }
    const attempt = attemptOf(answer, times)
    metrics.attempted({ answer, message, method: sendMethodOf(content), ...times })
    try {
      // What the answer asks for comes first: once the message is back in the queue the next turn may already look.
      if (lessons.length > 0) await media.remember(lessons)
      if (consequence !== undefined) await follow(turn, message, consequence)
    } finally {
      // Who waits for what was learned here finds it kept by now.
      release(answer.status === 'sent')
      // And what is known of the message is kept, whatever became of the rest.
      await record({ ...result, shopId, id, epoch, attempt })
    }
    if (result.status === 'queued' || result.status === 'unknown') turn.leaveTimed()
    metrics.settled(result.status, result.reason)
    if (!logger.isLevelEnabled('debug')) return
    logger.debug(
      {
        shop: shopId,
        message: id,
        attempt: attempts + 1,
        outcome: answer.status,
        reason: result.reason,
        files: parts.map(({ way }) => way),
        durationMs: endedAtMs - startedAtMs,
      },
      'message.attempted',
    )
  }

  async function putBack(turn: RunningTurn, message: ClaimedMessage, ready: Promise<number>): Promise<void> {
    let dueInMs = 0
    try {
      dueInMs = await ready
    } finally {
      const { shopId, id, epoch } = message
      await record({ shopId, id, epoch, status: 'queued', dueInMs, countsAsAttempt: false })
      turn.leaveTimed()
    }
  }
}

function attemptOf(answer: Answer, times: { startedAtMs: number; endedAtMs: number }): SendResult['attempt'] {
  return {
    ...times,
    outcome: answer.status,
    description: 'description' in answer ? answer.description : undefined,
    retryAfterSeconds: answer.status === 'flooded' ? answer.retryAfterSeconds : undefined,
  }
}
