import type { Emulator } from '@postino/emulator'
import { readRounds } from '../pipeline/order-event.ts'

/** What is wrong with the texts that stand in chats, which name their rounds; all zero when each came once and in order. */
export interface ChatFlaws {
  missing: number
  doubled: number
  /** Those that stand behind a later one. */
  reordered: number
}

/** Of the people 1 to `chats` with each bot, to each of whom the rounds 1 to `rounds` were told. */
export function inspectChats(
  emulator: Emulator,
  told: { botIds: number[]; chats: number; rounds: number },
): ChatFlaws {
  const flaws = { missing: 0, doubled: 0, reordered: 0 }
  for (const bot of told.botIds) {
    for (let person = 1; person <= told.chats; person++) {
      const { messages } = emulator.chats.messages(`${bot}:${person}`, { limit: 2_000 })
      const rounds = readRounds(messages.flatMap(({ text }) => text ?? []))
      const distinct = new Set(rounds)
      flaws.missing += told.rounds - distinct.size
      flaws.doubled += rounds.length - distinct.size
      flaws.reordered += rounds.filter((round, index) => round < (rounds[index - 1] ?? 0)).length
    }
  }
  return flaws
}
