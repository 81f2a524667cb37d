import assert from 'node:assert/strict'
import {
  isRefusedValue,
  type FinishedRendering,
  type MessageToRender,
  type RenderOutcome,
} from '@postino/database'
import { createQuietUntil } from '@postino/domain'
import type { Logger } from '@postino/runtime'
import { decideMessage, type Decision, type RenderMessage } from './decide-message.ts'
import { createLocaleChains } from './locale-chains.ts'
import type { RendererMetrics } from './metrics.ts'
import { textKey, type KnownShop } from './shop-cache.ts'

export interface RenderMessagesDependencies {
  /** Those of the messages that still wait to be rendered. */
  load: (messageIds: string[]) => Promise<MessageToRender[]>
  /** Their shops, by id. */
  findShops: (messages: MessageToRender[]) => Promise<Map<string, KnownShop>>
  /** Moves messages to where they belong now, all or none. */
  finish: (outcomes: RenderOutcome[]) => Promise<FinishedRendering>
  wake: (bots: FinishedRendering['bots']) => Promise<void>
  render: RenderMessage
  metrics: RendererMetrics
  logger: Logger
}

/**
 * Takes message ids through: loads what they need in one query, and what is not known yet of their shops in another, decides
 * each one by itself, moves them together, and wakes the bots that have something to send. Run twice it changes nothing.
 */
export function createRenderMessages(dependencies: RenderMessagesDependencies) {
  const { load, findShops, finish, wake, render, metrics, logger } = dependencies
  const [quietUntil, localesFor] = [createQuietUntil(), createLocaleChains()]

  // One message that breaks in an unforeseen way ends alone; its neighbours go on.
  function decideSafely(message: MessageToRender, shop: KnownShop | undefined): Decision {
    try {
      assert(shop !== undefined, 'a message has a shop')
      const { settings, policy } = shop
      const templates = shop.texts.get(textKey(message)) ?? []
      return decideMessage(
        { ...message, shop: settings },
        { templates, render, quietUntil, localesFor, policy },
      )
    } catch (error) {
      logger.error({ err: error, shop: message.shopId, message: message.id }, 'message.render_broke')
      return broken(message.id)
    }
  }

  async function finishSafely(outcomes: Decision[]): Promise<Finished> {
    try {
      return { outcomes, ...(await finish(outcomes)) }
    } catch (error) {
      if (!isRefusedValue(error)) throw error
      // One of them holds what Postgres cannot store; which one, each by itself will show.
      const each: Finished[] = []
      for (const outcome of outcomes) each.push(await finishAlone(outcome))
      return {
        outcomes: each.flatMap((one) => one.outcomes),
        bots: each.flatMap((one) => one.bots),
        superseded: each.flatMap((one) => one.superseded),
      }
    }
  }

  async function finishAlone(outcome: Decision): Promise<Finished> {
    try {
      return { outcomes: [outcome], ...(await finish([outcome])) }
    } catch (error) {
      if (!isRefusedValue(error)) throw error
      logger.error({ err: error, message: outcome.id }, 'message.render_not_stored')
      const outcomes = [{ ...broken(outcome.id), revision: outcome.revision }]
      return { outcomes, ...(await finish(outcomes)) }
    }
  }

  return async function renderMessages(messageIds: string[]): Promise<void> {
    const messages = await load(messageIds)
    if (messages.length === 0) return
    const shops = await findShops(messages)
    const decisions = messages.map((message) => ({
      ...decideSafely(message, shops.get(message.shopId)),
      revision: message.revision,
      hasNumber: message.hasNumber,
    }))
    const { outcomes, bots, superseded } = await finishSafely(decisions)
    for (const [index, outcome] of outcomes.entries()) {
      metrics.rendered(messages[index]?.kind ?? 'other', outcome)
    }
    for (const { reason } of superseded) metrics.superseded(reason)
    await wake(bots)
  }
}

interface Finished extends FinishedRendering {
  /** As they were stored, in the order they were given. */
  outcomes: Decision[]
}

function broken(id: string): RenderOutcome {
  return { status: 'failed', id, reason: 'internal_error', detail: 'rendering broke' }
}
