import {
  endBotReplacement,
  findReplacementProgress,
  listBotsOfShop,
  startBotReplacement,
  type Database,
  type ReplacementProgress,
} from '@postino/database'
import { invalidBody, notFound } from '@postino/http'
import { operation, type Operation } from '../../operation/operation.ts'
import { conflict, CONSOLE_PROBLEMS } from '../../problems.ts'
import type { RouteDependencies } from '../route-dependencies.ts'
import { chooseBot } from '../optin-links/choose-bot.ts'
import { replacementInputSchema, replacementSchema } from './replacement-schema.ts'

const PATH = '/v1/bots/{id}/replacement'

export function replacementOperations(dependencies: RouteDependencies): Operation[] {
  return [getOperation(dependencies), startOperation(dependencies), endOperation(dependencies)]
}

function getOperation({ ask }: RouteDependencies): Operation {
  return operation({
    method: 'GET',
    path: PATH,
    operationId: 'getReplacement',
    tag: 'Bots',
    summary: 'How far a bot has been replaced',
    description: 'The youngest replacement of this bot, also when it has ended.',
    scope: 'settings:read',
    answers: { 200: { description: 'How far it is', schema: replacementSchema } },
    async handle({ shopId, params }) {
      return {
        status: 200,
        json: showProgress(await ask((database) => getProgress(database, shopId, params.id))),
      }
    },
  })
}

function startOperation({ ask }: RouteDependencies): Operation {
  return operation({
    method: 'POST',
    path: PATH,
    operationId: 'startReplacement',
    tag: 'Bots',
    summary: 'Let another bot take a bot’s place',
    description:
      'The old bot sends everybody who may be written to a link to the new one, at its own pace. Registrations and consents stay: whoever presses START there is served by the new bot.',
    scope: 'settings:write',
    body: replacementInputSchema,
    answers: {
      200: { description: 'That is under way already', schema: replacementSchema },
      201: { description: 'It has begun', schema: replacementSchema },
    },
    problems: [CONSOLE_PROBLEMS.conflict],
    async handle({ shopId, params: { id: oldBotId }, body }) {
      const started = await ask(async (database) => {
        const newBotId = await getNewBot(database, shopId, { oldBotId, username: body.new_bot })
        return await startBotReplacement(database, shopId, { oldBotId, newBotId })
      })
      if (started.status === 'other') {
        throw conflict('Another bot is taking its place: end that first, by DELETE.')
      }
      const progress = await ask((database) => getProgress(database, shopId, oldBotId))
      return { status: started.status === 'started' ? 201 : 200, json: showProgress(progress) }
    },
  })
}

function endOperation({ ask }: RouteDependencies): Operation {
  return operation({
    method: 'DELETE',
    path: PATH,
    operationId: 'endReplacement',
    tag: 'Bots',
    summary: 'Invite nobody more',
    description: 'Whoever was invited can still come by that link, while it lasts.',
    scope: 'settings:write',
    answers: { 200: { description: 'How far it came', schema: replacementSchema } },
    async handle({ shopId, params: { id: oldBotId } }) {
      const progress = await ask(async (database) => {
        await endBotReplacement(database, shopId, oldBotId)
        return await getProgress(database, shopId, oldBotId)
      })
      return { status: 200, json: showProgress(progress) }
    },
  })
}

/** The bot a body names, which must not be on its way out itself. */
async function getNewBot(
  database: Database,
  shopId: string,
  { oldBotId, username }: { oldBotId: string; username: string },
): Promise<string> {
  const bots = await listBotsOfShop(database, shopId)
  if (!bots.some(({ id }) => id === oldBotId)) throw notFound()
  const { id } = await chooseBot(database, shopId, { username, preferred: undefined, field: 'new_bot' })
  if (id === oldBotId) {
    const detail = 'new_bot is the bot that is to be replaced: name another one.'
    throw invalidBody([{ pointer: '/new_bot', code: 'the_same', detail }])
  }
  const own = await findReplacementProgress(database, shopId, id)
  if (own !== undefined && own.endedAt === null) {
    throw conflict(
      `The bot ${username} is being replaced itself: end that first, or take the bot that replaces it.`,
    )
  }
  return id
}

async function getProgress(database: Database, shopId: string, botId: string): Promise<ReplacementProgress> {
  const progress = await findReplacementProgress(database, shopId, botId)
  if (progress === undefined) throw notFound()
  return progress
}

function showProgress(progress: ReplacementProgress): object {
  return {
    id: progress.id,
    old_bot_id: progress.oldBotId,
    new_bot_id: progress.newBotId,
    started_at: progress.startedAt,
    invited_at: progress.invitedAt ?? undefined,
    ended_at: progress.endedAt ?? undefined,
    total: progress.total,
    moved: progress.moved,
    left: progress.left,
    groups: progress.groups,
    invited: progress.invited,
    waiting: progress.waiting,
    not_invited: progress.notInvited,
  }
}
