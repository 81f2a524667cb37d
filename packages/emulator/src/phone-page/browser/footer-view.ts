import { createComposer } from './composer.ts'
import { button, element } from './element.ts'
import { selectedChat } from './model.ts'
import type { Page, View } from './page.ts'
import type { Chat } from './shapes.ts'

/** Below the messages: Start, Unblock, a reason why nothing can be said, or the field to write in. */
export function createFooterView(page: Page): View {
  const composer = createComposer(page)
  const root = element('footer', { class: 'chat-footer' })
  let shown = ''

  function update(): void {
    const chat = selectedChat(page.model)
    if (chat === undefined) return
    const { kind, make } = footerFor(page, chat, composer.root)
    // The field keeps its text and its focus while messages come in.
    if (shown !== kind) root.replaceChildren(make())
    shown = kind
    if (kind === 'composer') composer.update()
  }

  return { root, update }
}

type Footer = { kind: string; make: () => HTMLElement }

function footerFor(page: Page, chat: Chat, composer: HTMLElement): Footer {
  if (chat.migrated_to !== undefined) {
    const { migrated_to: target } = chat
    return {
      kind: `moved ${chat.chat}`,
      make: () => wideButton('Go to the supergroup', () => page.router.go(page.model.personId, target)),
    }
  }
  if (chat.deleted === true) return { kind: 'deleted', make: () => note('This group was deleted.') }
  if (chat.kind === 'channel') return { kind: 'channel', make: () => note('Only the channel writes here.') }
  if (chat.kind !== 'private') return { kind: 'composer', make: () => composer }
  if (chat.state === 'blocked') {
    return {
      kind: `blocked ${chat.chat}`,
      make: () => wideButton('Unblock', () => page.attempt(page.acts.unblock)),
    }
  }
  if (chat.state === 'new' || chat.start_parameter !== undefined) {
    return { kind: `start ${chat.chat} ${chat.start_parameter ?? ''}`, make: () => startFooter(page, chat) }
  }
  return { kind: 'composer', make: () => composer }
}

function startFooter(page: Page, chat: Chat): HTMLElement {
  const start = wideButton('Start', () => page.attempt(page.acts.start))
  if (chat.start_parameter === undefined) return start
  const parameter = element('code', {}, chat.start_parameter)
  return element('div', {}, start, element('p', { class: 'start-parameter' }, 'The link brings ', parameter))
}

function wideButton(text: string, onPress: () => void): HTMLElement {
  return button({ class: 'wide-button' }, onPress, text)
}

function note(text: string): HTMLElement {
  return element('p', { class: 'footer-note' }, text)
}
