import { exportContact, type Database } from '@postino/database'
import { renderExportHtml } from '@postino/privacy'
import { InputFile } from 'grammy'
import type { ChatContext } from '../bot/say.ts'
import { createGate } from '../serve/create-gate.ts'

// Each looks through what the shop has reported; updates must find a connection meanwhile.
const AT_ONCE = 2

export type HandOutData = (
  context: ChatContext,
  wanted: { contactId: string; language: string; caption: string },
) => void

/**
 * Sends everything that is known of a person into their chat: as a page to be read, and as data for machines. Gathered when the
 * update is kept, and for a chat once at a time, however often the button is pressed.
 */
export function createHandOutData({ database }: { database: Database }): HandOutData {
  const gate = createGate(AT_ONCE)
  const underWay = new Set<string>()

  return (context, { contactId, language, caption }) => {
    const { shop, chat, api, outbox } = context
    const place = `${shop.botId} ${chat.id}`

    async function gather(): Promise<void> {
      const data = await gate(() => exportContact(database, shop.shopId, contactId))
      // Erased meanwhile.
      if (data === undefined) return
      const files = {
        'my-data.html': renderExportHtml(data, language),
        'my-data.json': JSON.stringify(data, undefined, 2),
      }
      for (const [name, content] of Object.entries(files)) {
        const call = () => api.sendDocument(chat.id, new InputFile(Buffer.from(content), name), { caption })
        outbox.say({ chatId: chat.id, name, call })
      }
    }

    async function gatherOnce(): Promise<void> {
      if (underWay.has(place)) return
      underWay.add(place)
      try {
        await gather()
      } finally {
        underWay.delete(place)
      }
    }

    context.afterCommit(() => outbox.answer(gatherOnce))
  }
}
