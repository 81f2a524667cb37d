import {
  beginTurns,
  claimMessages,
  createKeyring,
  findNextDueMs,
  giveUpSending,
  parseSecretKeys,
  recordResults,
  type Database,
} from '@postino/database'
import {
  createTurnState,
  createTurnWorker,
  type JobWorker,
  type JobWorkerSettings,
  type RedisConnection,
} from '@postino/queues'
import { MAX_MEDIA } from '@postino/domain'
import type { Config, Logger, Metrics } from '@postino/runtime'
import type { TelegramTransport } from '@postino/telegram'
import { createBegin, createFindNextDue, createGiveUp } from './statements/begin.ts'
import { createBotApis } from './call/bot-apis.ts'
import { createClaimBudget } from './turn/claim-budget.ts'
import { createCallSlots } from './turn/call-slots.ts'
import { createCallTelegram } from './call/call-telegram.ts'
import { createClaim } from './statements/claim.ts'
import { createDeliver } from './call/deliver.ts'
import { createFollow } from './call/follow.ts'
import { createFollowUps } from './call/follow-ups.ts'
import { createMedia } from './media/create-media.ts'
import { createSenderMetrics } from './metrics.ts'
import { createPatience } from './statements/patience.ts'
import { createGiveBack, createRecord } from './statements/record.ts'
import { createRunTurn } from './turn/run-turn.ts'
import type { senderSettings } from './settings.ts'
import { createTakeTurn } from './turn/take-turn.ts'
import { createTurnPlaces } from './turn/turn-places.ts'
import { createWindowMemory } from './turn/window-memory.ts'

export interface SenderDependencies {
  config: Omit<Config<typeof senderSettings>, 'databaseUrl' | 'redisUrl' | 'poolMax'>
  database: Database
  redis: RedisConnection
  transport: TelegramTransport
  /** Names the clock of this machine: what another one saved is trusted a little less. */
  clockId: string
  metrics: Metrics
  logger: Logger
  onError: (error: Error) => void
  /** How soon the turns of a dead sender are taken over; the defaults are the queue's. */
  recovery?: Pick<JobWorkerSettings, 'lockDurationMs' | 'stalledIntervalMs'>
}

/** The sender: a worker that gives bots their turns. */
export function createSender(dependencies: SenderDependencies): JobWorker {
  const { config, database, redis, transport, clockId, logger, onError, recovery } = dependencies
  const { telegramApiRoot: apiRoot, callTimeoutSeconds: timeoutSeconds, limitPerSecond } = config
  const resendAfterMs = config.resendSeconds * 1_000
  const metrics = createSenderMetrics(dependencies.metrics)
  const keyring = createKeyring(parseSecretKeys(config.secretKeys))
  const patiently = createPatience({ logger })

  const record = createRecord({
    write: (results) => recordResults(database, results, resendAfterMs),
    patiently,
  })
  const claim = createClaim((requests) => claimMessages(database, requests))
  const media = createMedia({ config, database, patiently, metrics, logger })
  const slots = createCallSlots(config.connections)
  const callTelegram = createCallTelegram({ logger })
  const deliver = createDeliver({
    callTelegram: (...call) => slots.hold(callTelegram(...call)),
    media,
    follow: createFollow({ followUps: createFollowUps(database, patiently), metrics, logger }),
    record,
    metrics,
    logger,
  })
  const places = createTurnPlaces(config.turns)
  const takeTurn = createTakeTurn({
    begin: createBegin((bots) => beginTurns(database, bots)),
    giveUp: createGiveUp((turns) => giveUpSending(database, turns, resendAfterMs)),
    findBotApi: createBotApis({ keyring, transport, apiRoot, timeoutSeconds }),
    windows: createWindowMemory({
      turnState: createTurnState({ redis, shards: config.shards }),
      settings: { limitPerSecond, clockId, largestCost: MAX_MEDIA },
    }),
    runTurn: createRunTurn({
      claim: async (request) => media.planFiles(await claim(request)),
      deliver,
      slots,
      budget: createClaimBudget(),
      places,
      giveBack: createGiveBack(record),
      metrics,
    }),
    findNextDueMs: createFindNextDue((botIds) => findNextDueMs(database, botIds)),
    metrics,
  })

  const worker = createTurnWorker({
    ...recovery,
    redis,
    shards: config.shards,
    serve: config.serve,
    concurrency: config.turns,
    process: (bot, signal) => places.hold(takeTurn(bot, signal)),
    onFailed: ({ turn, error, failures }) =>
      logger.error({ err: error, shop: turn?.shopId, bot: turn?.botId, failures }, 'turn.failed'),
    onError,
  })

  return {
    run: worker.run,
    async close() {
      places.close()
      // What waits for a file goes back into the queue now, so that the turns can end.
      await Promise.all([worker.close(), media.close()])
    },
  }
}
