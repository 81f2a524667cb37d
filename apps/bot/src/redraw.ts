import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '@postino/runtime'

// Edits count as messages, and a chat takes one a second.
const PAUSE_MS = 1_000

/**
 * Draws a message anew, in the background: Telegram takes about one edit a second of a chat, and whoever taps faster
 * wants to see the last state, not each one in between.
 */
export type Redraw = (message: string, edit: () => Promise<unknown>) => void

export function createRedraw(logger: Logger): Redraw {
  const latest = new Map<string, () => Promise<unknown>>()
  const drawing = new Set<string>()

  async function draw(message: string): Promise<void> {
    drawing.add(message)
    for (let edit = latest.get(message); edit !== undefined; edit = latest.get(message)) {
      latest.delete(message)
      try {
        await edit()
      } catch (error) {
        // The ledger has the answer; only the picture of it is old.
        logger.warn({ err: error }, 'bot.redraw_failed')
      }
      await sleep(PAUSE_MS, undefined, { ref: false })
    }
    drawing.delete(message)
  }

  return (message, edit) => {
    latest.set(message, edit)
    if (!drawing.has(message)) void draw(message)
  }
}
