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

  /** Answers them as they were stored, in their order; `moved` has what was moved, also when the rest could not be. */
  async function finishSafely(outcomes: Decision[], moved: FinishedRendering[]): Promise<Decision[]> {
    async function finishOrThrow(some: Decision[]): Promise<Decision[]> {
      const finished = await finish(some)
      moved.push(finished)
      if (finished.failure !== undefined) throw finished.failure
      return some
    }

    async function finishAlone(outcome: Decision): Promise<Decision[]> {
      try {
        return await finishOrThrow([outcome])
      } catch (error) {
        if (!isRefusedValue(error)) throw error
        logger.error({ err: error, message: outcome.id }, 'message.render_not_stored')
        return await finishOrThrow([{ ...broken(outcome.id), revision: outcome.revision }])
      }
    }

    try {
      return await finishOrThrow(outcomes)
    } catch (error) {
      if (!isRefusedValue(error)) throw error
      // One of them holds what Postgres cannot store; which one, each by itself will show.
      const stored: Decision[] = []
      for (const outcome of outcomes) stored.push(...(await finishAlone(outcome)))
      return stored
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
    const moved: FinishedRendering[] = []
    try {
      const outcomes = await finishSafely(decisions, moved)
      for (const [index, outcome] of outcomes.entries()) {
        metrics.rendered(messages[index]?.kind ?? 'other', outcome)
      }
    } finally {
      for (const { reason } of moved.flatMap(({ superseded }) => superseded)) metrics.superseded(reason)
      // Those that were queued have something to send, also where the job fails and comes again for the others.
      const bots = moved.flatMap((finished) => finished.bots)
      if (bots.length > 0) await wake(bots)
    }
  }
}

function broken(id: string): RenderOutcome {
  return { status: 'failed', id, reason: 'internal_error', detail: 'rendering broke' }
}
