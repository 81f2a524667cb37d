import type { Emulator } from '@postino/emulator'

/** What one bot's messages came to, as the emulator saw it. */
export interface Deliveries {
  botId: number
  /** When each accepted call was carried out, on the emulator's clock, rising. */
  arrivalsMs: number[]
  refusedMs: number[]
  /** Of each chat the rounds in the order in which they stand there. */
  rounds: number[][]
}

const PAGE = 1_000

/** The whole log of calls and all chats; the emulator's settings must keep as many. */
export function readDeliveries(emulator: Emulator, bots: { botIds: number[]; people: number }): Deliveries[] {
  const calls = Map.groupBy(listSends(emulator), ({ bot_id: botId }) => botId)
  return bots.botIds.map((botId) => {
    const own = calls.get(botId) ?? []
    return {
      botId,
      arrivalsMs: own.filter(({ status }) => status === 200).map(({ at_ms: atMs }) => atMs),
      refusedMs: own.filter(({ status }) => status === 429).map(({ at_ms: atMs }) => atMs),
      rounds: Array.from({ length: bots.people }, (_, index) =>
        readRounds(emulator, `${botId}:${index + 1}`),
      ),
    }
  })
}

function listSends(emulator: Emulator) {
  const sends = []
  let after = 0
  for (;;) {
    const { requests } = emulator.requests({ after, limit: PAGE })
    if (requests.length === 0) break
    after = requests.at(-1)?.serial ?? Number.POSITIVE_INFINITY
    sends.push(...requests.filter(({ method }) => method.toLowerCase() === 'sendmessage'))
  }
  // Logged when answered.
  return sends.toSorted((a, b) => a.at_ms - b.at_ms)
}

function readRounds(emulator: Emulator, chat: string): number[] {
  return emulator.chats
    .messages(chat, { limit: PAGE })
    .messages.flatMap(({ text }) => /order (\d+)/.exec(text ?? '')?.[1] ?? [])
    .map(Number)
}
