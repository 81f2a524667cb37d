import type { LimitState } from './adaptive-limit.ts'
import type { AnsweredCost } from './answer-log.ts'
import type { ChatKind } from './chat-kind.ts'

/** What has to survive from one owner of a bot to the next. */
export interface SavedWindow {
  /** When, by the saving owner's system clock. All instants below are on that clock, however it was corrected since. */
  savedMs: number
  clockId: string
  limit: LimitState
  slotMs: number
  coolUntilMs: number
  filledMs: number
  answers: AnsweredCost[]
  chats: SavedChat[]
}

export interface SavedChat {
  chat: string
  kind: ChatKind
  /** Of its bucket, at `contentMs`. */
  content: number
  contentMs: number
  answers: AnsweredCost[]
  coolUntilMs: number
}

const VERSION = 2
const KINDS: readonly ChatKind[] = ['private', 'group', 'channel']

/**
 * One short text per bot: about 10 characters for each answer of the last second and 30 for each chat of the last three.
 * Instants are written as their distance from `savedMs`.
 *
 * @param steadyMs the same moment as `savedMs` on the clock of all instants given, but for the cooling ones
 */
export function encodeWindow(saved: SavedWindow, steadyMs: number): string {
  const { savedMs, limit } = saved
  const write = (distanceMs: number) => (Number.isFinite(distanceMs) ? Math.ceil(distanceMs) : null)
  const ago = (instantMs: number) => write(instantMs - steadyMs)
  const left = (untilMs: number) => write(untilMs - savedMs)
  const pairs = (answers: AnsweredCost[]) =>
    answers.flatMap(({ answeredMs, cost }) => [ago(answeredMs), cost])
  return JSON.stringify([
    VERSION,
    savedMs,
    saved.clockId,
    [limit.share, limit.provenShare, limit.refusedShare, limit.failures, ago(limit.changedMs)],
    ago(saved.slotMs),
    left(saved.coolUntilMs),
    ago(saved.filledMs),
    pairs(saved.answers),
    saved.chats.map((chat) => [
      chat.chat,
      KINDS.indexOf(chat.kind),
      // Rounded up: a bucket may be thought fuller than it is, never emptier.
      Math.ceil(chat.content * 1_000) / 1_000,
      ago(chat.contentMs),
      left(chat.coolUntilMs),
      pairs(chat.answers),
    ]),
  ])
}

/** Undefined for whatever `encodeWindow` of this version has not written: then nothing is known. */
export function decodeWindow(text: string): SavedWindow | undefined {
  try {
    return readWindow(JSON.parse(text))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof UnreadableError) return undefined
    throw error
  }
}

class UnreadableError extends Error {
  override readonly name = 'UnreadableError'
}

function readWindow(value: unknown): SavedWindow {
  const [version, saved, clockId, limit, slot, cool, filled, answers, chats] = readArray(value)
  if (version !== VERSION) throw new UnreadableError('another version')
  const savedMs = readNumber(saved)
  const instant = (distance: unknown) => (distance === null ? -Infinity : savedMs + readNumber(distance))
  const readAnswers = (list: unknown): AnsweredCost[] => {
    const numbers = readArray(list)
    return numbers.flatMap((distance, index) =>
      index % 2 === 0 ? [{ answeredMs: instant(distance), cost: readNumber(numbers[index + 1]) }] : [],
    )
  }
  return {
    savedMs,
    clockId: readString(clockId),
    limit: readLimit(limit, instant),
    slotMs: instant(slot),
    coolUntilMs: instant(cool),
    filledMs: instant(filled),
    answers: readAnswers(answers),
    chats: readArray(chats).map((entry) => {
      const [chat, kindIndex, content, contentAt, coolUntil, chatAnswers] = readArray(entry)
      const kind = KINDS[readNumber(kindIndex)]
      if (kind === undefined) throw new UnreadableError('no kind of chat')
      return {
        chat: readString(chat),
        kind,
        content: readNumber(content),
        contentMs: instant(contentAt),
        answers: readAnswers(chatAnswers),
        coolUntilMs: instant(coolUntil),
      }
    }),
  }
}

function readLimit(value: unknown, instant: (distance: unknown) => number): LimitState {
  const [share, provenShare, refusedShare, failures, changed] = readArray(value)
  return {
    share: readNumber(share),
    provenShare: readNumber(provenShare),
    refusedShare: readNumber(refusedShare),
    failures: readNumber(failures),
    changedMs: instant(changed),
  }
}

function readArray(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new UnreadableError('not a list')
  return value
}

function readNumber(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new UnreadableError('not a number')
  return value
}

function readString(value: unknown): string {
  if (typeof value !== 'string') throw new UnreadableError('not a text')
  return value
}
