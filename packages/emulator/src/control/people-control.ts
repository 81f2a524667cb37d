import { ActError } from '../world/act-error.ts'
import { getBot } from '../world/bot-accounts.ts'
import { getPerson } from '../world/person-accounts.ts'
import type { NewPerson, PersonAccounts } from '../world/person-accounts.ts'
import type { Acts } from '../world/acts.ts'
import type { Callbacks } from '../world/callbacks.ts'
import type { Groups } from '../world/groups.ts'
import type { Contact } from '../world/message.ts'
import type { MessageBook } from '../world/post-message.ts'
import { pressButton } from '../world/press-button.ts'
import type { ButtonChoice, Pressed } from '../world/press-button.ts'
import type { Person } from '../world/user.ts'
import { chatsOfPerson } from '../world/world.ts'
import type { World } from '../world/world.ts'
import { getChat, getGroup, getMessage } from './find.ts'
import { resolveLink, resolveStart } from './links.ts'
import type { StartChoice } from './links.ts'
import { viewPerson } from './view-accounts.ts'
import { viewChat } from './view-chat.ts'
import { viewMessage } from './view-message.ts'
import type { ChatView, MessageView, PersonView } from './views.ts'

/** A bot, by id or username. */
export type BotReference = number | string

/** People and everything they do. Ids are the people's; impossible acts throw an ActError. */
export interface PeopleControl {
  add(person?: NewPerson): PersonView
  list(): PersonView[]
  get(id: number): PersonView
  change(id: number, change: Omit<NewPerson, 'id'>): PersonView
  chats(id: number): ChatView[]
  openLink(id: number, act: { link: string; chat?: string }): { chat: ChatView }
  start(id: number, choice: StartChoice): { message: MessageView }
  send(id: number, act: { chat: string; text: string; reply_to?: number }): { message: MessageView }
  press(
    id: number,
    act: { chat?: string; message: number; button: ButtonChoice; wait_ms?: number },
  ): Promise<Pressed>
  /** Without a contact: presses the keyboard's contact button. With one: forwards it, whosever it is. */
  shareContact(id: number, act: { chat: string; contact?: Contact }): { message: MessageView }
  stop(id: number, act: { bot: BotReference }): { chat: ChatView }
  unblock(id: number, act: { bot: BotReference }): { chat: ChatView }
  allowWriting(id: number, act: { bot: BotReference }): { message: MessageView }
  deleteChat(id: number, act: { bot: BotReference }): { chat: ChatView }
  leave(id: number, act: { chat: string }): { chat: ChatView }
  deactivate(id: number): PersonView
}

const DEFAULT_WAIT_MS = 5000

export function createPeopleControl(dependencies: {
  world: World
  book: MessageBook
  personAccounts: PersonAccounts
  acts: Acts
  groups: Groups
  callbacks: Callbacks
}): PeopleControl {
  const { world, book, personAccounts, acts, groups, callbacks } = dependencies
  const person = (id: number): Person => getPerson(world, id)

  return {
    add: (newPerson = {}) => viewPerson(personAccounts.add(newPerson)),
    list: () => [...world.people.values()].map(viewPerson),
    get: (id) => viewPerson(person(id)),
    change: (id, change) => viewPerson(personAccounts.change(person(id), change)),
    chats: (id) => newestFirst(chatsOfPerson(world, person(id)).map(viewChat)),
    openLink(id, { link, chat }) {
      const { bot, start } = resolveLink(world, link)
      if (start.kind === 'start') return { chat: viewChat(acts.openChat(person(id), bot, start.parameter)) }
      if (chat === undefined)
        throw new ActError(400, 'a startgroup link needs "chat", the group that is chosen')
      const group = getGroup(world, chat)
      acts.openInGroup(person(id), bot, { group, link: start })
      return { chat: viewChat(group) }
    },
    start(id, choice) {
      const who = person(id)
      const { bot, parameter } = resolveStart(world, who, choice)
      return { message: viewMessage(acts.start(who, bot, parameter)) }
    },
    send(id, { chat, text, reply_to: replyKey }) {
      const replyTo = replyKey === undefined ? undefined : getMessage(book, replyKey)
      return { message: viewMessage(acts.send(person(id), getChat(world, chat), { text, replyTo })) }
    },
    press(id, { message, button, wait_ms: waitMs = DEFAULT_WAIT_MS }) {
      const press = { person: person(id), message: getMessage(book, message), choice: button, waitMs }
      return pressButton(callbacks, press)
    },
    shareContact(id, { chat, contact }) {
      const place = getChat(world, chat)
      const message =
        contact === undefined
          ? acts.shareOwnContact(person(id), place)
          : acts.forwardContact(person(id), place, contact)
      return { message: viewMessage(message) }
    },
    stop: (id, { bot }) => ({ chat: viewChat(acts.block(person(id), getBot(world, bot))) }),
    unblock: (id, { bot }) => ({ chat: viewChat(acts.unblock(person(id), getBot(world, bot))) }),
    allowWriting: (id, { bot }) => ({
      message: viewMessage(acts.allowWriting(person(id), getBot(world, bot))),
    }),
    deleteChat(id, { bot }) {
      const chat = getChat(world, `${getBot(world, bot).id}:${person(id).id}`)
      acts.clearChat(chat)
      return { chat: viewChat(chat) }
    },
    leave(id, { chat }) {
      const group = getGroup(world, chat)
      groups.leave(group, person(id))
      return { chat: viewChat(group) }
    },
    deactivate: (id) => viewPerson(personAccounts.deactivate(person(id))),
  }
}

function newestFirst(chats: ChatView[]): ChatView[] {
  return chats.toSorted((left, right) => (right.last_message?.key ?? 0) - (left.last_message?.key ?? 0))
}
