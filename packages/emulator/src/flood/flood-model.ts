import { createBurstAllowance } from './burst-allowance.ts'
import { createColdBotLimit } from './cold-bot-limit.ts'
import type {
  ColdBotDecision,
  FloodCall,
  FloodDecision,
  FloodScope,
  UploadDecision,
} from './flood-decision.ts'
import {
  changeFloodSettings,
  type FloodSettings,
  type FloodSettingsChange,
  type PenaltySettings,
} from './flood-settings.ts'
import { createPenalty, type Penalty } from './penalty.ts'
import { createRemembered } from './remembered.ts'
import { createSlidingWindow, type Pacer } from './sliding-window.ts'
import { createUploadThrottle } from './upload-throttle.ts'

export type FloodModel = {
  arrive: (call: FloodCall) => FloodDecision
  /** A call that uploads files of `sizeBytes` together, before `arrive`. */
  arriveUpload: (upload: { botId: number; sizeBytes: number; nowMs: number }) => UploadDecision
  /** The first call ever of a bot, from `address`. */
  arriveColdBot: (call: { address: string; nowMs: number }) => ColdBotDecision
  settings: () => FloodSettings
  /** A change of a limit begins with empty windows; penalties under way go on. */
  set: (change: FloodSettingsChange) => void
  /** Forgets every call and every penalty; settings stay. */
  reset: () => void
}

/** More chats than a test ever writes to at once; beyond it the chat that was quiet longest is forgotten. */
const MAX_REMEMBERED = 200_000

type Subject = { scope: FloodScope; pacer: Pacer; penalty: Penalty }

/**
 * Telegram's flood control in one place: limits, hidden waits and penalties. Pure: time is an argument, nothing waits.
 * A call costs a constant; memory is bounded.
 */
export function createFloodModel(initial: FloodSettings): FloodModel {
  let settings = initial
  const subjectsOf = (scope: FloodScope, createPacer: () => Pacer): Subjects =>
    createSubjects({ scope, createPacer, penalty: () => settings.penalty })
  const bots = subjectsOf('bot', () => createSlidingWindow(settings.bot))
  const paidBots = subjectsOf('bot', () => createSlidingWindow(settings.paid))
  const privateChats = subjectsOf('chat', () => createBurstAllowance(settings.privateChat))
  const groups = subjectsOf('group', () => createSlidingWindow(settings.group))
  const uploads = createUploadThrottle(() => settings.uploadThrottle)
  const coldBots = createColdBotLimit(() => settings.coldBots)

  return {
    arrive(call) {
      if (!settings.enabled) return { status: 'pass' }
      const bot = (call.paid ? paidBots : bots).get(call.botId, call.nowMs)
      const chats = call.chatKind === 'private' ? privateChats : groups
      const chat = chats.get(`${call.botId} ${call.chatId}`, call.nowMs)
      return decide({ ...call, bot, chat, hiddenWaitMaxMs: settings.hiddenWaitMaxMs })
    },
    arriveUpload: uploads.arrive,
    arriveColdBot: coldBots.arrive,
    settings: () => settings,
    set(change) {
      settings = changeFloodSettings(settings, change)
      if (change.bot !== undefined) bots.renewPacers()
      if (change.paid !== undefined) paidBots.renewPacers()
      if (change.privateChat !== undefined) privateChats.renewPacers()
      if (change.group !== undefined) groups.renewPacers()
      if (change.coldBots !== undefined) coldBots.reset()
    },
    reset() {
      for (const forgetful of [bots, paidBots, privateChats, groups, uploads, coldBots]) forgetful.reset()
    },
  }
}

type Arrival = { cost: number; nowMs: number; bot: Subject; chat: Subject; hiddenWaitMaxMs: number }

function decide({ cost, nowMs, bot, chat, hiddenWaitMaxMs }: Arrival): FloodDecision {
  const punished = [bot, chat].find(({ penalty }) => penalty.leftMs(nowMs) > 0)
  if (punished !== undefined) {
    return {
      status: 'refuse',
      ...punished.penalty.disobey(nowMs),
      insidePenalty: true,
      scope: punished.scope,
    }
  }
  const passesBotAt = bot.pacer.earliest(cost, nowMs)
  const passesAt = chat.pacer.earliest(cost, passesBotAt)
  const waitMs = passesAt - nowMs
  if (waitMs > hiddenWaitMaxMs) {
    const offender = passesBotAt >= chat.pacer.earliest(cost, nowMs) ? bot : chat
    const punishment = offender.penalty.punish(waitMs, nowMs)
    return { status: 'refuse', ...punishment, insidePenalty: false, scope: offender.scope }
  }
  bot.pacer.take(cost, passesBotAt)
  chat.pacer.take(cost, passesAt)
  return waitMs > 0 ? { status: 'hold', holdMs: Math.ceil(waitMs) } : { status: 'pass' }
}

type Subjects = {
  get: (key: string | number, nowMs: number) => Subject
  renewPacers: () => void
  reset: () => void
}

/** The bots, or the chats of one kind, with what each has used up and what it is punished with. */
function createSubjects(options: {
  scope: FloodScope
  createPacer: () => Pacer
  penalty: () => PenaltySettings
}): Subjects {
  const { scope, createPacer, penalty } = options
  const subjects = createRemembered<Subject>({
    create: () => ({ scope, pacer: createPacer(), penalty: createPenalty(penalty) }),
    forgottenAt: (subject) => Math.max(subject.pacer.idleAt(), subject.penalty.forgottenAt()),
    maxSize: MAX_REMEMBERED,
  })
  return {
    get: subjects.get,
    renewPacers() {
      for (const subject of subjects.values()) subject.pacer = createPacer()
    },
    reset: subjects.clear,
  }
}
