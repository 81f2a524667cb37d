import { listBotsOfShop, type Bot } from '@postino/database'
import { startLink } from '@postino/invitation'
import { z } from 'zod'
import { operation, type Operation } from '../../operation/operation.ts'
import type { RouteDependencies } from '../route-dependencies.ts'
import { replacementOperations } from './replacement-operations.ts'

const botsSchema = z
  .strictObject({
    items: z.array(
      z
        .strictObject({
          id: z.string(),
          username: z.string().meta({ examples: ['bottega_faenza_bot'] }),
          name: z.string(),
          url: z.string().meta({ description: 'Opens it in Telegram' }),
          status: z.enum(['active', 'paused', 'broken', 'archived']),
          broken_reason: z.string().meta({ description: 'Why Telegram refuses it' }).optional(),
        })
        .meta({ id: 'Bot' }),
    ),
  })
  .meta({ id: 'BotList' })

export function botOperations(dependencies: RouteDependencies): Operation[] {
  const { ask } = dependencies
  const listBots = operation({
    method: 'GET',
    path: '/v1/bots',
    operationId: 'listBots',
    tag: 'Bots',
    summary: 'The shop’s bots',
    description: 'All of them, in the order they were added in. Their tokens are shown nowhere.',
    scope: 'settings:read',
    answers: { 200: { description: 'The bots', schema: botsSchema } },
    async handle({ shopId }) {
      const bots = await ask((database) => listBotsOfShop(database, shopId))
      return { status: 200, json: { items: bots.map(showBot) } }
    },
  })

  return [listBots, ...replacementOperations(dependencies)]
}

function showBot({ id, username, name, status, brokenReason }: Bot): object {
  const url = startLink(username)
  return { id, username, name, url, status, broken_reason: brokenReason ?? undefined }
}
