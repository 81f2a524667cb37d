import type { BegunTurn, SendResult } from '@postino/database'
import type { Logger } from '@postino/runtime'
import { sendMessage, type FloodWindow } from '@postino/telegram'
import type { FindBotApi } from './bot-apis.ts'
import type { createFollow } from './follow.ts'
import type { SenderMetrics } from './metrics.ts'
import { callOf, settle, type ClaimedMessage } from './settle.ts'

export interface Delivery {
  begun: BegunTurn
  message: ClaimedMessage
  window: FloodWindow
  /** No further call of this turn: the bot must be silent, or is parked. */
  stopTurn: () => void
}

export type Deliver = (delivery: Delivery) => Promise<void>

export interface DeliverDependencies {
  findBotApi: FindBotApi
  record: (result: SendResult) => Promise<unknown>
  follow: ReturnType<typeof createFollow>
  metrics: SenderMetrics
  logger: Logger
}

/** Calls Telegram for one message, records what came of it, and does what else the answer asks for. */
export function createDeliver({ findBotApi, record, follow, metrics, logger }: DeliverDependencies): Deliver {
  return async function deliver(delivery) {
    const { begun, message, window } = delivery
    const startedAtMs = Date.now()
    const token = window.started(callOf(message), startedAtMs)
    const answer = await sendMessage(findBotApi(begun), message.chatId, message.content)
    const endedAtMs = Date.now()
    window.answered(token, endedAtMs)

    const { result, consequence } = settle(answer, message, Math.random())
    const attempt = {
      startedAtMs,
      endedAtMs,
      outcome: answer.status,
      description: 'description' in answer ? answer.description : undefined,
      retryAfterSeconds: answer.status === 'flooded' ? answer.retryAfterSeconds : undefined,
    }
    // What the answer asks for comes first: once the message is back in the queue the next turn may already look.
    if (consequence !== undefined) await follow(delivery, consequence)
    await record({ ...result, shopId: message.shopId, id: message.id, epoch: begun.epoch, attempt })
    metrics.attempted({ answer, message, startedAtMs, endedAtMs })
    logger.info(
      {
        shop: message.shopId,
        message: message.id,
        outcome: answer.status,
        reason: result.reason,
        durationMs: endedAtMs - startedAtMs,
      },
      'message.attempted',
    )
  }
}
