import { avatar } from './avatar.ts'
import { createChatMenu } from './chat-menu.ts'
import { button, element, setAttributes } from './element.ts'
import { createFooterView } from './footer-view.ts'
import { icon } from './icon.ts'
import { createLogView } from './log-view.ts'
import { selectedChat } from './model.ts'
import type { Page, View } from './page.ts'
import type { Chat } from './shapes.ts'

/** One chat: who it is with, what was said, and what can be said. */
export function createChatView(page: Page): View {
  const { model, router } = page
  const back = button(
    { class: 'icon-button', 'aria-label': 'Back to the chats' },
    () => router.go(model.personId),
    icon('back'),
  )
  const picture = element('span', { class: 'chat-picture' })
  const title = element('h2', { class: 'chat-title', dir: 'auto' })
  const subtitle = element('p', { class: 'chat-subtitle' })
  const menu = createChatMenu(page)
  const header = element(
    'header',
    { class: 'bar' },
    back,
    picture,
    element('div', { class: 'bar-text' }, title, subtitle),
    menu.root,
  )
  const log = createLogView(page)
  const footer = createFooterView(page)
  const root = element(
    'section',
    { class: 'screen chat', 'aria-label': 'Chat' },
    header,
    log.root,
    footer.root,
  )
  let shownPicture = ''

  function update(): void {
    const chat = selectedChat(model)
    setAttributes(root, { hidden: chat === undefined })
    if (chat !== undefined) {
      const id = chat.bot_id ?? Number(chat.chat)
      if (shownPicture !== `${chat.title} ${id}`) picture.replaceChildren(avatar(chat.title, id))
      shownPicture = `${chat.title} ${id}`
      title.textContent = chat.title
      subtitle.textContent = describe(page, chat)
      setAttributes(subtitle, { 'data-typing': isTyping(page, chat) })
    }
    menu.update()
    footer.update()
    log.update()
  }

  return { root, update }
}

function isTyping(page: Page, chat: Chat): boolean {
  return (page.model.typingUntilMs.get(chat.chat) ?? 0) > Date.now()
}

function describe(page: Page, chat: Chat): string {
  if (isTyping(page, chat)) return 'typing…'
  if (chat.migrated_to !== undefined) return 'became a supergroup'
  if (chat.deleted === true) return 'deleted'
  if (chat.kind === 'channel') return 'channel'
  if (chat.members !== undefined)
    return chat.members.length === 1 ? '1 member' : `${chat.members.length} members`
  const username = page.model.bots.get(chat.bot_id ?? 0)?.username ?? ''
  return chat.state === 'blocked' ? `@${username} · blocked` : `@${username} · bot`
}
