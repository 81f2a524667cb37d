import type { MessageToRender, PublishedTemplate, RenderOutcome } from '@postino/database'
import type { Logger } from '@postino/runtime'
import { decideMessage, type RenderMessage } from './decide-message.ts'
import type { RendererMetrics } from './metrics.ts'

type Bot = { shopId: string; botId: string }

export interface RenderMessagesDependencies {
  /** Those of the messages that still wait to be rendered. */
  load: (messageIds: string[]) => Promise<MessageToRender[]>
  listTemplates: (wanted: { shopId: string; kind: string }[]) => Promise<PublishedTemplate[]>
  /** Moves messages to where they belong now, all or none; answers the bots that have something to send. */
  finish: (outcomes: RenderOutcome[]) => Promise<Bot[]>
  wake: (bots: Bot[]) => Promise<void>
  render: RenderMessage
  metrics: RendererMetrics
  logger: Logger
}

/**
 * Takes a job of message ids through: loads what they need in two queries, decides each one by itself, moves all of
 * them in one statement, and wakes the bots that have something to send. Run twice it changes nothing.
 */
export function createRenderMessages(dependencies: RenderMessagesDependencies) {
  const { load, listTemplates, finish, wake, render, metrics, logger } = dependencies

  // One message that breaks in an unforeseen way ends alone; its neighbours go on.
  function decideSafely(
    message: MessageToRender,
    context: { templates: PublishedTemplate[]; nowMs: number },
  ): RenderOutcome {
    try {
      return decideMessage(message, { ...context, render })
    } catch (error) {
      logger.error({ err: error, shop: message.shopId, message: message.id }, 'message.render_broke')
      return broken(message.id)
    }
  }

  async function finishSafely(outcomes: RenderOutcome[]): Promise<Bot[]> {
    try {
      return await finish(outcomes)
    } catch (error) {
      if (!isRefusedValue(error)) throw error
      const [outcome] = outcomes
      if (outcome === undefined || outcome.status === 'failed') throw error
      if (outcomes.length === 1) {
        logger.error({ err: error, message: outcome.id }, 'message.render_not_stored')
        return await finish([broken(outcome.id)])
      }
      // One of them holds what Postgres cannot store; which one, each by itself will show.
      const bots: Bot[] = []
      for (const each of outcomes) bots.push(...(await finishSafely([each])))
      return bots
    }
  }

  return async function renderMessages(messageIds: string[]): Promise<void> {
    const messages = await load(messageIds)
    if (messages.length === 0) return
    const templates = await listTemplates(kindsOf(messages))
    const context = { templates, nowMs: Date.now() }
    const outcomes = messages.map((message) => decideSafely(message, context))
    const bots = await finishSafely(outcomes)
    for (const [index, outcome] of outcomes.entries()) {
      metrics.rendered(messages[index]?.kind ?? 'other', outcome)
    }
    await wake(bots)
  }
}

function broken(id: string): RenderOutcome {
  return { status: 'failed', id, reason: 'internal_error', detail: 'rendering broke' }
}

/** Each shop and kind once, and nothing else of the messages. */
function kindsOf(messages: MessageToRender[]): { shopId: string; kind: string }[] {
  return [...new Map(messages.map(({ shopId, kind }) => [`${shopId} ${kind}`, { shopId, kind }])).values()]
}

/** Whether Postgres refuses a value, by its SQLSTATE: data exceptions, broken constraints, exceeded limits. */
function isRefusedValue(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && /^(?:22|23|54)[0-9A-Z]{3}$/.test(code)
}
