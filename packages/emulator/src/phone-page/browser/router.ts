import { readAddress, writeAddress } from './address.ts'
import type { Api } from './api.ts'
import type { Loader } from './loader.ts'
import { privateChat, type Model } from './model.ts'
import type { Chat } from './shapes.ts'
import { parseTelegramLink } from './telegram-link.ts'
import { putChat } from './updates.ts'

export type Router = {
  /** Shows a person's phone, and a chat on it; the address bar follows. */
  go: (personId: number | undefined, chat?: string) => void
  openBot: (botId: number) => void
  /** Does as the address bar says. */
  followAddress: () => void
  /** Opens a t.me link as the chosen person: the bot's chat, with Start to be pressed. */
  openLink: (link: string) => Promise<void>
}

export function createRouter(dependencies: {
  api: Api
  model: Model
  loader: Loader
  /** The open chat counts as read while somebody looks at the page. */
  markRead: () => void
  /** Runs what may take a while, says what went wrong, and shows the model afterwards. */
  attempt: (act: () => Promise<unknown>) => void
  /** Lets the person choose a group for a bot; `undefined`: none. */
  chooseGroup: (groups: Chat[]) => Promise<Chat | undefined>
}): Router {
  const { api, model, loader, attempt, markRead, chooseGroup } = dependencies

  function show(personId: number | undefined, chat: string | undefined): void {
    model.personId = personId
    model.chat = chat
    attempt(async () => {
      if (personId !== undefined && !model.chats.has(personId)) await loader.loadChats(personId)
      await loader.loadThread()
      markRead()
    })
  }

  function go(personId: number | undefined, chat?: string): void {
    const address = writeAddress(personId, chat)
    if (address !== `${location.pathname}${location.search}`) history.pushState(null, '', address)
    show(personId, chat)
  }

  async function openLink(link: string): Promise<void> {
    const { personId } = model
    if (personId === undefined) throw new Error('There is nobody yet whose phone could open the link.')
    const group = await groupFor(personId, link)
    const { chat } = await api.openLink(personId, {
      link,
      ...(group === undefined ? {} : { chat: group.chat }),
    })
    putChat(model, chat)
    go(personId, chat.chat)
  }

  async function groupFor(personId: number, link: string): Promise<Chat | undefined> {
    if (parseTelegramLink(link)?.startsGroup !== true) return undefined
    const chats = [...(model.chats.get(personId)?.values() ?? [])]
    return chooseGroup(chats.filter(({ kind }) => kind === 'group' || kind === 'supergroup'))
  }

  return {
    go,
    openLink,
    openBot(botId) {
      const { personId } = model
      if (personId !== undefined) go(personId, privateChat(botId, personId))
    },
    followAddress() {
      const address = readAddress(location)
      const [firstId] = model.people.keys()
      const wanted =
        address.personId !== undefined && model.people.has(address.personId) ? address.personId : undefined
      show(wanted ?? model.personId ?? firstId, address.chat)
      const { link } = address
      if (link === undefined) return
      history.replaceState(null, '', writeAddress(model.personId, undefined))
      attempt(() => openLink(link))
    },
  }
}
