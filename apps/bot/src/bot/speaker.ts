import type { ReplySlot } from '@postino/database'
import { createFloodWindow, type FloodWindow, type FloodWindowSettings } from '@postino/telegram'
import type { Clock } from './clock.ts'
import { createLines, type Saying } from './lines.ts'

// The last of so many chats is served within a minute and a half, unless a bulk is sent meanwhile.
const MAX_CHATS = 2_000
const PATIENCE_MS = 90_000
// Later than that, as after a process was frozen, a slot may be another one's.
const SLOT_LASTS_MS = 250

/** Says things in order within a chat, chats in turn, each in a slot of its bot, never faster than Telegram takes it. */
export interface Speaker {
  /** False when too much waits already. */
  say: (saying: Saying) => boolean
  /** Nothing for so long. */
  pause: (forMs: number) => void
  /** Begins nothing more. */
  stop: () => void
  isSilent: () => boolean
}

export interface SpeakerDependencies {
  clock: Clock
  pace: FloodWindowSettings
  /** Asks for the bot's next slot, to say something in this chat. Must not reject. */
  takeSlot: (chatId: number) => Promise<ReplySlot>
  /** Answers in how many milliseconds another attempt is worth it, if it is. Must not reject. */
  attempt: (call: () => Promise<unknown>, chatId: number) => Promise<number | undefined>
  /** Nothing waits and nothing is under way any more. */
  onSilent: () => void
}

export function createSpeaker(dependencies: SpeakerDependencies): Speaker {
  const { clock, pace, takeSlot, attempt, onSilent } = dependencies
  const lines = createLines(MAX_CHATS)
  // Made when it is needed, as most of a thousand bots are silent at any time.
  let ownWindow: FloodWindow | undefined
  let cancelTimer: (() => void) | undefined
  let hasSlot = false
  let isStopped = false

  const window = () => (ownWindow ??= createFloodWindow(pace))

  /** Asks for a slot when something may be said, and comes back when more may. */
  function pump(): void {
    // With a slot the timer is the slot's, and whoever uses it comes back.
    if (isStopped || hasSlot) return
    cancelTimer?.()
    const nowMs = clock.nowMs()
    const next = findNext(lines.chats(), window(), nowMs)
    if (next.chatId !== undefined) void useSlot(next.chatId)
    else if (next.atMs !== Infinity) cancelTimer = clock.after(next.atMs - nowMs, pump)
    if (lines.isEmpty()) onSilent()
  }

  async function useSlot(chatId: number): Promise<void> {
    hasSlot = true
    const slot = await takeSlot(chatId)
    if (isStopped) return
    const nowMs = clock.nowMs()
    if (slot.status === 'cooling') {
      hasSlot = false
      const untilMs = nowMs + slot.leftMs
      if (slot.scope === 'bot') window().floodedBot(untilMs)
      else window().floodedChat(String(chatId), untilMs)
      return pump()
    }
    cancelTimer = clock.after(slot.inMs, () => {
      hasSlot = false
      // Without a pause after the look: the window counts the call before anybody asks it again.
      if (mayTalk(chatId, nowMs + slot.inMs)) void talk(chatId)
      pump()
    })
  }

  /** It may, unless the bot or the chat was silenced since the slot was asked for, or the slot's time has passed. */
  function mayTalk(chatId: number, slotMs: number): boolean {
    const nowMs = clock.nowMs()
    return nowMs - slotMs <= SLOT_LASTS_MS && window().nextStartMs(callTo(chatId), nowMs) <= nowMs
  }

  async function talk(chatId: number): Promise<void> {
    const saying = lines.begin(chatId)
    if (saying === undefined) return
    const token = window().started(callTo(chatId), clock.nowMs())
    const againInMs = await attempt(saying.call, chatId)
    const nowMs = clock.nowMs()
    window().answered(token, nowMs)
    const againAtMs = againInMs === undefined ? undefined : nowMs + againInMs
    if (againAtMs !== undefined) window().floodedChat(String(chatId), againAtMs)
    const again = againAtMs !== undefined && againAtMs - saying.askedAtMs <= PATIENCE_MS
    lines.ended(saying, { again })
    pump()
  }

  return {
    say(saying) {
      const isTaken = lines.add(saying, clock.nowMs())
      if (isTaken) pump()
      return isTaken
    },
    pause: (forMs) => window().floodedBot(clock.nowMs() + forMs),
    stop() {
      isStopped = true
      cancelTimer?.()
    },
    isSilent: () => lines.isEmpty(),
  }
}

/** The chat in which something may be said now, else when; Infinity when nothing waits, or only an answer can tell. */
function findNext(
  chats: Iterable<number>,
  window: FloodWindow,
  nowMs: number,
): { chatId?: number; atMs: number } {
  let atMs = Infinity
  for (const chatId of chats) {
    const opensInMs = window.opensInMs(nowMs)
    if (opensInMs > 0) return { atMs: nowMs + opensInMs }
    const startMs = window.nextStartMs(callTo(chatId), nowMs)
    if (startMs <= nowMs) return { chatId, atMs: nowMs }
    atMs = Math.min(atMs, startMs)
  }
  return { atMs }
}

function callTo(chatId: number) {
  return { chat: String(chatId), chatKind: 'private', cost: 1 } as const
}
