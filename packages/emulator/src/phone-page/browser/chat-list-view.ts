import { writeAddress } from './address.ts'
import { avatar } from './avatar.ts'
import { element, hiddenText, setAttributes } from './element.ts'
import { icon } from './icon.ts'
import { keepChildren } from './keep-children.ts'
import { previewOf, shortDate } from './labels.ts'
import { chatsOf, personName, privateChat, selectedChat, selectedPerson } from './model.ts'
import type { Page, View } from './page.ts'
import type { Bot, Chat, Person } from './shapes.ts'

/** The chats of the chosen person, and the bots that this person never met. */
export function createChatListView(page: Page): View {
  const { model } = page
  const picture = element('span', { class: 'chat-picture' })
  const title = element('h2', { class: 'chat-title', dir: 'auto' })
  const subtitle = element('p', { class: 'chat-subtitle' })
  const search = element('input', {
    type: 'search',
    'aria-label': 'Search chats and bots',
    placeholder: 'Search',
  })
  search.addEventListener('input', () => {
    model.search = search.value
    page.render()
  })
  const header = element(
    'header',
    { class: 'bar' },
    picture,
    element('div', { class: 'bar-text' }, title, subtitle),
  )
  const list = element('ul', { class: 'chat-list', 'aria-label': 'Chats' })
  const others = element('ul', { class: 'chat-list', 'aria-label': 'Bots not started yet' })
  const othersPart = element('div', {}, element('h3', { class: 'list-heading' }, 'Not started yet'), others)
  const nothing = element('p', { class: 'list-note' })
  const searchBar = element('label', { class: 'search' }, icon('search'), search)
  const scroller = element('div', { class: 'list-scroller', tabindex: -1 }, list, othersPart, nothing)
  const root = element(
    'section',
    { class: 'screen chats', 'aria-label': 'Chats' },
    header,
    searchBar,
    scroller,
  )

  function update(): void {
    const person = selectedPerson(model)
    setAttributes(root, { hidden: person === undefined || selectedChat(model) !== undefined })
    if (person === undefined) return
    picture.replaceChildren(avatar(personName(person), person.id))
    title.textContent = personName(person)
    subtitle.textContent = subtitleOf(person)
    const chats = chatsOf(model, person.id).filter((chat) =>
      matches(model.search, [chat.title, botName(page, chat)]),
    )
    const bots = unmetBots(page, person).filter((bot) => matches(model.search, [bot.name, bot.username]))
    keepChildren(list, chats, keptChats(page, person))
    keepChildren(others, bots, keptBots(page, person))
    setAttributes(list, { hidden: chats.length === 0 })
    setAttributes(othersPart, { hidden: bots.length === 0 })
    setAttributes(nothing, { hidden: chats.length + bots.length > 0 })
    nothing.textContent =
      model.search === ''
        ? 'There is no bot yet. Add one, or start the program that uses this emulator.'
        : 'Nothing found.'
  }

  return { root, update }
}

function subtitleOf(person: Person): string {
  if (person.deactivated) return 'deleted account'
  return [person.username === '' ? '' : `@${person.username}`, person.phone_number]
    .filter(Boolean)
    .join(' · ')
}

function botName(page: Page, chat: Chat): string {
  return page.model.bots.get(chat.bot_id ?? 0)?.username ?? ''
}

function matches(search: string, names: string[]): boolean {
  const wanted = search.trim().toLowerCase()
  return wanted === '' || names.some((name) => name.toLowerCase().includes(wanted))
}

/** More are found by their link. */
const MAX_UNMET_BOTS = 100

function unmetBots({ model }: Page, person: Person): Bot[] {
  const chats = model.chats.get(person.id)
  const unmet = [...model.bots.values()].filter((bot) => chats?.has(privateChat(bot.id, person.id)) !== true)
  return unmet.slice(0, MAX_UNMET_BOTS)
}

function keptChats(page: Page, person: Person) {
  const unread = (chat: Chat): number => page.model.unread.get(person.id)?.get(chat.chat) ?? 0
  return {
    id: (chat: Chat): string => `${person.id} ${chat.chat}`,
    signature: (chat: Chat): string =>
      JSON.stringify([
        chat.title,
        chat.state,
        chat.start_parameter,
        chat.last_message,
        unread(chat),
        dateOf(chat),
      ]),
    create: (chat: Chat): HTMLElement => chatRow(page, { person, chat, unread: unread(chat) }),
  }
}

function dateOf({ last_message: last }: Chat): string {
  return last === null ? '' : shortDate(last.date * 1000, Date.now())
}

function chatRow(page: Page, row: { person: Person; chat: Chat; unread: number }): HTMLElement {
  const { person, chat, unread } = row
  const badge =
    unread === 0
      ? undefined
      : element(
          'span',
          { class: 'badge' },
          String(unread),
          hiddenText(unread === 1 ? ' unread message' : ' unread messages'),
        )
  const link = rowLink(page, person, chat.chat)
  link.append(
    avatar(chat.title, chat.bot_id ?? Number(chat.chat)),
    element('span', { class: 'row-title', dir: 'auto' }, chat.title),
    element('span', { class: 'row-date' }, dateOf(chat)),
    element('span', { class: 'row-text', dir: 'auto' }, previewLine(person, chat)),
  )
  if (badge !== undefined) link.append(badge)
  return element('li', {}, link)
}

function previewLine(person: Person, chat: Chat): string {
  if (chat.state === 'blocked') return 'Blocked'
  if (chat.start_parameter !== undefined) return 'Press Start'
  const { last_message: last } = chat
  if (last === null) return chat.state === 'new' ? 'Press Start' : ''
  const isOwn = last.from.id === person.id && last.service === undefined
  return isOwn ? `You: ${previewOf(last)}` : previewOf(last)
}

function keptBots(page: Page, person: Person) {
  return {
    id: (bot: Bot): string => `${person.id} ${bot.id}`,
    signature: (bot: Bot): string => `${bot.name} ${bot.username}`,
    create(bot: Bot): HTMLElement {
      const link = rowLink(page, person, privateChat(bot.id, person.id))
      link.append(
        avatar(bot.name, bot.id),
        element('span', { class: 'row-title', dir: 'auto' }, bot.name),
        element('span', { class: 'row-text' }, `@${bot.username}`),
      )
      return element('li', {}, link)
    },
  }
}

/** A real link, so that it can be opened in a tab of its own, copied and reached with the keyboard. */
function rowLink(page: Page, person: Person, chat: string): HTMLElement {
  const link = element('a', { class: 'chat-row', href: writeAddress(person.id, chat) })
  link.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    page.router.go(person.id, chat)
  })
  return link
}
