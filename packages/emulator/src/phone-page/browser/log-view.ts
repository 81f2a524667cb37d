import { bubbleNode, dayNode, serviceNode, type BubbleBlock } from './bubble.ts'
import { button, element, setAttributes } from './element.ts'
import { icon } from './icon.ts'
import { keepChildren } from './keep-children.ts'
import { dayLabel } from './labels.ts'
import { messageBlocks, type Block } from './message-blocks.ts'
import { selectedChat, selectedPerson } from './model.ts'
import type { Page, View } from './page.ts'
import type { Chat, Message } from './shapes.ts'

/** So near the end that the reader is taken along when something new comes. */
const NEAR_END_PX = 120
const NEAR_TOP_PX = 80

/** The messages of the open chat. */
export function createLogView(page: Page): View {
  const list = element('div', { class: 'log-list' })
  const log = element('div', { class: 'log', role: 'log', tabindex: 0 }, list)
  const toEnd = button(
    { class: 'to-end', 'aria-label': 'To the newest message', hidden: true },
    scrollToEnd,
    icon('down'),
  )
  const root = element('div', { class: 'log-frame' }, log, toEnd)
  let shownChat: string | undefined
  let shownLast: number | undefined

  function distanceToEnd(): number {
    return log.scrollHeight - log.scrollTop - log.clientHeight
  }

  function scrollToEnd(): void {
    log.scrollTop = log.scrollHeight
  }

  function showToEnd(): void {
    setAttributes(toEnd, { hidden: distanceToEnd() < NEAR_END_PX })
  }

  log.addEventListener('scroll', () => {
    showToEnd()
    if (log.scrollTop < NEAR_TOP_PX) page.attempt(page.loadOlder)
  })
  // Pictures and the keyboard change the height afterwards; who was at the end stays there.
  let wasAtEnd = true
  new ResizeObserver(() => {
    if (wasAtEnd) scrollToEnd()
  }).observe(list)
  new ResizeObserver(() => {
    if (wasAtEnd) scrollToEnd()
  }).observe(log)

  function update(): void {
    const chat = selectedChat(page.model)
    const person = selectedPerson(page.model)
    if (chat === undefined || person === undefined) {
      shownChat = undefined
      return
    }
    const messages = page.model.threads.get(chat.chat)?.messages ?? []
    const last = messages.at(-1)
    const isOther = shownChat !== chat.chat
    const isOwnNew = last?.from.id === person.id && last.key !== shownLast
    wasAtEnd = isOther || isOwnNew || distanceToEnd() < NEAR_END_PX
    const heightBefore = log.scrollHeight
    const topBefore = log.scrollTop

    setAttributes(log, { 'aria-label': `Messages with ${chat.title}` })
    const blocks = messageBlocks(messages, person.id)
    if (isOther) list.replaceChildren()
    keepChildren(list, blocks.length === 0 ? [emptyBlock] : blocks, keptBlocks(page, chat, messages))

    if (wasAtEnd) scrollToEnd()
    else if (topBefore < NEAR_TOP_PX) log.scrollTop = topBefore + log.scrollHeight - heightBefore
    showToEnd()
    shownChat = chat.chat
    shownLast = last?.key
  }

  log.addEventListener('scroll', () => {
    wasAtEnd = distanceToEnd() < NEAR_END_PX
  })
  return { root, update }
}

/** Stands for a chat in which nothing was said yet. */
const emptyBlock = { kind: 'empty', id: 'empty' } as const

type ShownBlock = Block | typeof emptyBlock

function keptBlocks(page: Page, chat: Chat, messages: readonly Message[]) {
  const isGroup = chat.kind !== 'private'
  const byKey = new Map(messages.map((message) => [message.key, message]))
  const repliedTo = (block: BubbleBlock): Message | undefined => byKey.get(block.messages[0].reply_to ?? -1)
  return {
    id: (block: ShownBlock): string => `${chat.chat} ${block.id}`,
    signature: (block: ShownBlock): string =>
      block.kind === 'bubble'
        ? JSON.stringify([block, repliedTo(block)])
        : block.kind === 'day'
          ? dayLabel(block.dateMs, Date.now())
          : JSON.stringify([block, block.kind === 'empty' ? descriptionOf(page, chat) : '']),
    create(block: ShownBlock): HTMLElement {
      switch (block.kind) {
        case 'day':
          return dayNode(block.dateMs)
        case 'service':
          return serviceNode(block.message)
        case 'empty':
          return emptyNode(page, chat)
        case 'bubble':
          return bubbleNode(page, block, { isGroup, repliedTo: repliedTo(block) })
      }
    },
  }
}

function descriptionOf(page: Page, chat: Chat): string {
  const bot = page.model.bots.get(chat.bot_id ?? 0)
  return bot?.description ?? ''
}

function emptyNode(page: Page, chat: Chat): HTMLElement {
  const description = descriptionOf(page, chat)
  const text =
    chat.kind === 'private'
      ? 'Nothing here yet. A bot may not write first: press Start below, and it learns that you are there.'
      : 'Nothing was said here yet.'
  return element(
    'div',
    { class: 'empty-chat' },
    description === '' ? undefined : element('p', { class: 'bot-description', dir: 'auto' }, description),
    element('p', {}, text),
  )
}
