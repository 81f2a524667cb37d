import type { Clock } from './clock.ts'
import { createDownloads } from './files/downloads.ts'
import type { Downloads } from './files/downloads.ts'
import { createFileStore } from './files/file-store.ts'
import type { FileStore } from './files/file-store.ts'
import { createResolveMedia } from './files/resolve-media.ts'
import { createWebAddresses } from './files/web-addresses.ts'
import type { WebAddresses } from './files/web-addresses.ts'
import { createFaultRules } from './faults/fault-rules.ts'
import type { FaultRules } from './faults/fault-rules.ts'
import { createFloodModel } from './flood/flood-model.ts'
import type { FloodModel } from './flood/flood-model.ts'
import { createFloodReport } from './flood/flood-report.ts'
import { changeFloodSettings } from './flood/flood-settings.ts'
import { createAnswerCallbackQuery } from './methods/answer-callback-query.ts'
import { createBotCommands } from './methods/bot-commands.ts'
import { createBotProfile } from './methods/bot-profile.ts'
import { createChatMethods } from './methods/chats.ts'
import { createDeleteMessage } from './methods/delete-message.ts'
import { createDispatch } from './methods/dispatch.ts'
import type { Dispatch } from './methods/dispatch.ts'
import { createEditMessage } from './methods/edit-message.ts'
import { createFloodGate } from './methods/flood-gate.ts'
import { createGetFile } from './methods/get-file.ts'
import type { Methods } from './methods/method.ts'
import { createSendMediaGroup } from './methods/send-media-group.ts'
import { createSendMedia } from './methods/send-media.ts'
import { createSendMessage } from './methods/send-message.ts'
import { createSend } from './methods/send.ts'
import { createSession } from './methods/session.ts'
import { createUpdateMethods } from './methods/updates.ts'
import { createUploadGate } from './methods/upload-gate.ts'
import { executeWebhookReply } from './methods/webhook-reply.ts'
import type { Random } from './random.ts'
import { createReportKeeper } from './report/report.ts'
import type { ReportKeeper } from './report/report.ts'
import { createRequestLog } from './report/request-log.ts'
import type { RequestLog } from './report/request-log.ts'
import { DEFAULT_SETTINGS } from './settings.ts'
import type { Settings, SettingsChange } from './settings.ts'
import { createInbox } from './updates/inbox.ts'
import { createAccounts } from './world/accounts.ts'
import type { Accounts } from './world/accounts.ts'
import { createActs } from './world/acts.ts'
import type { Acts } from './world/acts.ts'
import { createCallbacks } from './world/callbacks.ts'
import type { Callbacks } from './world/callbacks.ts'
import { createChanges } from './world/changes.ts'
import type { Changes } from './world/changes.ts'
import { createGroups } from './world/groups.ts'
import type { Groups } from './world/groups.ts'
import { createMessageBook } from './world/post-message.ts'
import type { MessageBook } from './world/post-message.ts'
import { createWorld } from './world/world.ts'
import type { World } from './world/world.ts'

/** Telegram without its HTTP side: the world, what happens in it, and the methods bots call. */
export interface Engine {
  readonly clock: Clock
  readonly world: World
  readonly book: MessageBook
  readonly changes: Changes
  readonly accounts: Accounts
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
  settings(): Settings
  changeSettings(change: SettingsChange): void
  stop(): void
}

/** Uploads kept in memory; beyond this the oldest lose their content. */
const MAX_KEPT_FILE_BYTES = 256 * 1024 * 1024

export function createEngine(options: { clock: Clock; random: Random; settings: SettingsChange }): Engine {
  const { clock, random } = options
  const flood = createFloodModel(changeFloodSettings(DEFAULT_SETTINGS.flood, options.settings.flood ?? {}))
  const { flood: _given, ...given } = options.settings
  let own: Omit<Settings, 'flood'> = { ...DEFAULT_SETTINGS, ...given }
  const settings = (): Settings => ({ ...own, flood: flood.settings() })

  const world = createWorld()
  const changes = createChanges()
  const book = createMessageBook({ clock, changes, keptPerChat: () => own.keptMessagesPerChat })
  const groups = createGroups({ world, book, changes, clock })
  const acts = createActs({ book, groups, changes, clock })
  const callbacks = createCallbacks({ clock, random, changes, lifetimeMs: () => own.callbackLifetimeMs })
  const files = createFileStore(MAX_KEPT_FILE_BYTES)
  const downloads = createDownloads()
  const web = createWebAddresses()
  const floodReport = createFloodReport()
  const report = createReportKeeper(floodReport)

  const gate = createFloodGate({ clock, model: flood, report: floodReport })
  const session = createSession({ clock })
  const resolveMedia = createResolveMedia({ files, web })
  const send = createSend({ world, book, random, gate, onSent: report.sent })
  const methods: Methods = {
    ...createBotProfile({ changes }),
    ...createBotCommands({ world, changes }),
    ...createUpdateMethods({ clock, isLocal: () => own.localWebhooks, hasPenalties: () => own.penalties }),
    ...createSendMessage({ world, send }),
    ...createSendMedia({ world, send, resolveMedia }),
    ...createSendMediaGroup({ world, send, resolveMedia }),
    ...createEditMessage({ world, book, gate }),
    ...createDeleteMessage({ world, book, clock }),
    ...createAnswerCallbackQuery({ callbacks }),
    ...createChatMethods({ world, groups, changes }),
    ...createGetFile({ files, downloads }),
    ...session.methods,
  }
  const dispatch = createDispatch({ methods, session, uploadGate: createUploadGate(clock, flood) })

  const accounts = createAccounts({
    world,
    changes,
    random,
    createInbox: (bot) =>
      createInbox({
        clock,
        random,
        hasPenalties: () => own.penalties,
        retryTimeScale: () => own.retryTimeScale,
        onWebhookReply: (reply) => void executeWebhookReply(dispatch, bot(), reply),
      }),
  })

  return {
    clock,
    world,
    book,
    changes,
    accounts,
    acts,
    groups,
    callbacks,
    files,
    downloads,
    web,
    flood,
    faults: createFaultRules(random),
    requests: createRequestLog(() => own.keptRequests),
    report,
    dispatch,
    settings,
    changeSettings({ flood: floodChange, ...change }) {
      own = { ...own, ...change }
      if (floodChange !== undefined) flood.set(floodChange)
    },
    stop() {
      for (const bot of world.bots.values()) bot.inbox.deleteWebhook()
    },
  }
}
