import {
  finishRendering,
  listPublishedTemplates,
  loadMessagesToRender,
  type Database,
  type MessageToRender,
  type PublishedTemplate,
  type RenderOutcome,
} from '@postino/database'
import type { Logger } from '@postino/runtime'
import type { RenderMessage } from './decide-message.ts'
import { decideMessage } from './decide-message.ts'
import type { RendererMetrics } from './metrics.ts'

export interface RenderMessagesDependencies {
  database: Database
  render: RenderMessage
  wake: (bots: { shopId: string; botId: string }[]) => Promise<void>
  metrics: RendererMetrics
  logger: Logger
}

/**
 * Takes a job of message ids through: loads what they need in two queries, decides each one by itself, moves all of
 * them in one statement, and wakes the bots that have something new to send. Run twice it changes nothing.
 */
export function createRenderMessages(dependencies: RenderMessagesDependencies) {
  const { database, render, wake, metrics, logger } = dependencies

  // One message that breaks in an unforeseen way ends alone; its neighbours go on.
  function decideSafely(
    message: MessageToRender,
    templates: PublishedTemplate[],
    nowMs: number,
  ): RenderOutcome {
    try {
      return decideMessage(message, { templates, render, nowMs })
    } catch (error) {
      logger.error({ err: error, shop: message.shopId, message: message.id }, 'message.render_broke')
      return { status: 'failed', id: message.id, reason: 'template_failed', detail: 'rendering broke' }
    }
  }

  return async function renderMessages(messageIds: string[]): Promise<void> {
    const messages = await loadMessagesToRender(database, messageIds)
    if (messages.length === 0) return
    const templates = await listPublishedTemplates(database, messages)
    const nowMs = Date.now()
    const outcomes = messages.map((message) => decideSafely(message, templates, nowMs))
    const bots = await finishRendering(database, outcomes)
    await wake(bots)
    for (const [index, outcome] of outcomes.entries())
      metrics.rendered(messages[index]?.kind ?? 'other', outcome)
  }
}
