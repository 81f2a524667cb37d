import type { SendResult } from '@postino/database'
import type { Logger } from '@postino/runtime'
import type { Answer, CallTelegram } from './call-telegram.ts'
import type { Follow } from './follow.ts'
import type { SenderMetrics } from './metrics.ts'
import type { RunningTurn } from './turn.ts'
import { callOf, settle, type ClaimedMessage } from './settle.ts'

/** Calls Telegram for one message. Rejects when what came of it could not be recorded. */
export type Deliver = (turn: RunningTurn, message: ClaimedMessage) => Promise<void>

export interface DeliverDependencies {
  callTelegram: CallTelegram
  follow: Follow
  record: (result: SendResult) => Promise<unknown>
  metrics: SenderMetrics
  logger: Logger
}

/** Calls Telegram for one message, does what the answer asks for, and records what came of it. */
export function createDeliver(dependencies: DeliverDependencies): Deliver {
  const { callTelegram, follow, record, metrics, logger } = dependencies

  return async function deliver(turn, message) {
    const startedAtMs = Date.now()
    // In the same breath as the window was asked: see claim-and-start.ts.
    const token = turn.window.started(callOf(message), startedAtMs)
    const answer = await callTelegram(turn.api, message)
    const endedAtMs = Date.now()
    turn.window.answered(token, endedAtMs)

    const { result, consequence } = settle(answer, message, Math.random())
    const attempt = attemptOf(answer, { startedAtMs, endedAtMs })
    metrics.attempted({ answer, message, startedAtMs, endedAtMs })
    try {
      // What the answer asks for comes first: once the message is back in the queue the next turn may already look.
      if (consequence !== undefined) await follow(turn, message, consequence)
    } finally {
      // And what is known of the message is kept, whatever became of the rest.
      const { shopId, id, epoch } = message
      await record({ ...result, shopId, id, epoch, attempt })
    }
    if (result.status === 'queued' || result.status === 'unknown') turn.leaveTimed()
    metrics.settled(result.status, result.reason)
    logger.debug(
      {
        shop: message.shopId,
        message: message.id,
        attempt: message.attempts + 1,
        outcome: answer.status,
        reason: result.reason,
        durationMs: endedAtMs - startedAtMs,
      },
      'message.attempted',
    )
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
