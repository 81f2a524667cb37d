import type { Clock } from './clock.ts'
import { createDownloads } from './files/downloads.ts'
import type { Downloads } from './files/downloads.ts'
import { createFileStore } from './files/file-store.ts'
import type { FileStore } from './files/file-store.ts'
import { createWebAddresses } from './files/web-addresses.ts'
import type { WebAddresses } from './files/web-addresses.ts'
import { createFaultRules } from './faults/fault-rules.ts'
import type { FaultRules } from './faults/fault-rules.ts'
import { createFloodModel } from './flood/flood-model.ts'
import type { FloodModel } from './flood/flood-model.ts'
import { DEFAULT_FLOOD_SETTINGS } from './flood/flood-settings.ts'
import { createFloodReport } from './flood/flood-report.ts'
import { createMethods } from './methods/all-methods.ts'
import type { Dispatch } from './methods/dispatch.ts'
import { executeWebhookReply } from './methods/webhook-reply.ts'
import type { Random } from './random.ts'
import { createReportKeeper } from './report/report.ts'
import type { ReportKeeper } from './report/report.ts'
import { createRequestLog } from './report/request-log.ts'
import type { RequestLog } from './report/request-log.ts'
import { createSettingsKeeper } from './settings.ts'
import type { SettingsChange, SettingsKeeper } from './settings.ts'
import { createInbox } from './updates/inbox.ts'
import type { Inbox } from './updates/inbox.ts'
import { createActs } from './world/acts.ts'
import type { Acts } from './world/acts.ts'
import { createBotAccounts } from './world/bot-accounts.ts'
import type { BotAccounts } from './world/bot-accounts.ts'
import { createCallbacks } from './world/callbacks.ts'
import type { Callbacks } from './world/callbacks.ts'
import { createChanges } from './world/changes.ts'
import type { Changes } from './world/changes.ts'
import { createGroups } from './world/groups.ts'
import type { Groups } from './world/groups.ts'
import { createPersonAccounts } from './world/person-accounts.ts'
import type { PersonAccounts } from './world/person-accounts.ts'
import { createMessageBook } from './world/post-message.ts'
import type { MessageBook } from './world/post-message.ts'
import type { Bot } from './world/user.ts'
import { createWorld } from './world/world.ts'
import type { World } from './world/world.ts'

/** Telegram without its HTTP side: the world, what happens in it, and the methods bots call. */
export interface Engine {
  readonly clock: Clock
  readonly settings: SettingsKeeper
  readonly world: World
  readonly book: MessageBook
  readonly changes: Changes
  readonly botAccounts: BotAccounts
  readonly personAccounts: PersonAccounts
  readonly acts: Acts
  readonly groups: Groups
  readonly callbacks: Callbacks
  readonly files: FileStore
  readonly downloads: Downloads
  readonly web: WebAddresses
  readonly flood: FloodModel
  readonly faults: FaultRules
  readonly requests: RequestLog
  readonly report: ReportKeeper
  readonly dispatch: Dispatch
}

/** Uploads kept in memory; beyond this the oldest lose their content. */
const MAX_KEPT_FILE_BYTES = 256 * 1024 * 1024

export function createEngine(options: { clock: Clock; random: Random; settings: SettingsChange }): Engine {
  const { clock, random } = options
  const flood = createFloodModel(DEFAULT_FLOOD_SETTINGS)
  const settings = createSettingsKeeper(flood)
  settings.change(options.settings)

  const world = createWorld()
  const changes = createChanges()
  const lifetimeMs = (): number => settings.read().callbackLifetimeMs
  const callbacks = createCallbacks({ clock, random, changes, lifetimeMs })
  const book = createMessageBook({ clock, changes, kept: () => settings.read() })
  const groups = createGroups({ world, book, changes, clock })
  const floodReport = createFloodReport()
  const report = createReportKeeper(floodReport, () => settings.read().keptTexts)
  const parts = {
    clock,
    random,
    world,
    book,
    changes,
    groups,
    callbacks,
    files: createFileStore(MAX_KEPT_FILE_BYTES),
    downloads: createDownloads(),
    web: createWebAddresses(),
    flood,
    report,
  }
  const dispatch = createMethods({
    ...parts,
    floodReport,
    settings: () => settings.read(),
    onSent: (bot, message) => report.sent(bot, message),
  })
  const createBotInbox = (bot: () => Bot): Inbox =>
    createInbox({
      clock,
      random,
      hasPenalties: () => settings.read().penalties,
      retryTimeScale: () => settings.read().retryTimeScale,
      onWebhookReply: (reply) => void executeWebhookReply(dispatch, bot(), reply),
    })

  return {
    ...parts,
    settings,
    dispatch,
    botAccounts: createBotAccounts({ world, changes, random, createInbox: createBotInbox }),
    personAccounts: createPersonAccounts({ world, changes }),
    acts: createActs({ book, groups, changes, clock }),
    faults: createFaultRules(random),
    requests: createRequestLog(() => settings.read().keptRequests),
  }
}
