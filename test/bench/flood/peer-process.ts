import { autoRetry } from '@grammyjs/auto-retry'
import { apiThrottler } from '@grammyjs/transformer-throttler'
import { Api, GrammyError } from 'grammy'
import type { Peer, PeerLoad } from './peers.ts'

// As bots are written: all chats at once, within a chat one message after the other, the plugins as their pages show them.

const [peer, load] = process.argv.slice(2) as [Peer, string]
const { apiRoot, tokens, chats, perChat }: PeerLoad = JSON.parse(load)

await Promise.all(tokens.map((token) => broadcast(createApi(token))))

function createApi(token: string): Api {
  const api = new Api(token, { apiRoot })
  // The one installed last is called first, so that what is tried again waits for its turn in the throttler again.
  if (peer !== 'auto-retry') api.config.use(apiThrottler())
  if (peer !== 'transformer-throttler') api.config.use(autoRetry())
  return api
}

async function broadcast(api: Api): Promise<void> {
  await Promise.all(Array.from({ length: chats }, (_, index) => writeTo(api, index + 1)))
}

async function writeTo(api: Api, chatId: number): Promise<void> {
  for (let round = 1; round <= perChat; round++) {
    try {
      await api.sendMessage(chatId, `Your order <b>${round}</b> is on its way`, { parse_mode: 'HTML' })
    } catch (error) {
      // A refusal that the plugins let through is a message lost: the bench counts them at the receiver.
      if (!(error instanceof GrammyError)) throw error
    }
  }
}
