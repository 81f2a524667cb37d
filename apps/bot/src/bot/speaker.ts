import { createFloodWindow, type FloodWindow, type FloodWindowSettings } from '@postino/telegram'
import type { Clock } from './clock.ts'
import { createLines, type Saying } from './lines.ts'

// The last of so many chats is served within a minute and a half. Nobody waits for longer.
const MAX_CHATS = 2_000
const PATIENCE_MS = 90_000

/** Says things in order within a chat, chats in turn, never faster than Telegram takes it. */
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
  /** Answers in how many milliseconds another attempt is worth it, if it is. Must not reject. */
  attempt: (call: () => Promise<unknown>, chatId: number) => Promise<number | undefined>
  /** Nothing waits and nothing is under way any more. */
  onSilent: () => void
}

export function createSpeaker({ clock, pace, attempt, onSilent }: SpeakerDependencies): Speaker {
  const lines = createLines(MAX_CHATS)
  // Made when it is needed, as most of a thousand bots are silent at any time.
  let ownWindow: FloodWindow | undefined
  let cancelTimer: (() => void) | undefined
  let isStopped = false

  const window = () => (ownWindow ??= createFloodWindow(pace))

  /** Starts everything that may be said now, and comes back when more may. */
  function pump(): void {
    cancelTimer?.()
    if (isStopped) return
    const nowMs = clock.nowMs()
    const nextMs = startWhatMay(nowMs)
    cancelTimer = nextMs === Infinity ? undefined : clock.after(nextMs - nowMs, pump)
    if (lines.isEmpty()) onSilent()
  }

  /** When the next one may start; Infinity when nothing waits, or only an answer can tell. */
  function startWhatMay(nowMs: number): number {
    let nextMs = Infinity
    for (const chatId of lines.chats()) {
      const opensInMs = window().opensInMs(nowMs)
      if (opensInMs > 0) return Math.min(nextMs, nowMs + opensInMs)
      const startMs = window().nextStartMs(callTo(chatId), nowMs)
      if (startMs > nowMs) nextMs = Math.min(nextMs, startMs)
      else void talk(chatId)
    }
    return nextMs
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

function callTo(chatId: number) {
  return { chat: String(chatId), chatKind: 'private', cost: 1 } as const
}
