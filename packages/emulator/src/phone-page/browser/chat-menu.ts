import { button, element, setAttributes } from './element.ts'
import { icon } from './icon.ts'
import { selectedChat } from './model.ts'
import type { Page, View } from './page.ts'
import type { Chat } from './shapes.ts'

type Item = { text: string; isHarsh?: boolean; act: () => Promise<unknown> }

/** The menu of a chat. Arrow keys move in it, Escape and a press elsewhere close it. */
export function createChatMenu(page: Page): View {
  const list = element('div', {
    class: 'menu',
    role: 'menu',
    id: 'chat-menu',
    'aria-label': 'Chat',
    hidden: true,
  })
  const opener = button(
    { class: 'icon-button', 'aria-label': 'Chat menu', 'aria-haspopup': 'menu', 'aria-expanded': 'false' },
    () => (list.hidden ? open() : close()),
    icon('menu'),
  )
  setAttributes(opener, { 'aria-controls': 'chat-menu' })
  const root = element('div', { class: 'menu-holder' }, opener, list)

  function open(): void {
    const chat = selectedChat(page.model)
    if (chat === undefined) return
    list.replaceChildren(...itemsFor(page, chat).map((item) => menuItem(item)))
    list.hidden = false
    setAttributes(opener, { 'aria-expanded': 'true' })
    list.querySelector('button')?.focus()
  }

  function close(): void {
    if (list.hidden) return
    const hadFocus = list.contains(document.activeElement)
    list.hidden = true
    setAttributes(opener, { 'aria-expanded': 'false' })
    if (hadFocus) opener.focus()
  }

  function menuItem(item: Item): HTMLElement {
    const kind = item.isHarsh === true ? 'menu-item menu-item-harsh' : 'menu-item'
    return button(
      { class: kind, role: 'menuitem', tabindex: -1 },
      () => {
        close()
        page.attempt(item.act)
      },
      item.text,
    )
  }

  root.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close()
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step === 0 || list.hidden) return
    event.preventDefault()
    const items = [...list.querySelectorAll('button')]
    const at = items.findIndex((candidate) => candidate === document.activeElement)
    items[(at + step + items.length) % items.length]?.focus()
  })
  root.addEventListener('focusout', (event) => {
    if (!(event.relatedTarget instanceof Node) || !root.contains(event.relatedTarget)) close()
  })

  return {
    root,
    update() {
      setAttributes(opener, { hidden: selectedChat(page.model) === undefined })
    },
  }
}

function itemsFor(page: Page, chat: Chat): Item[] {
  const { acts, model, router } = page
  if (chat.kind !== 'private') {
    return [{ text: 'Leave the group', isHarsh: true, act: () => askAndDo(page, leaving(chat, acts.leave)) }]
  }
  const share: Item = { text: 'Share my phone number', act: acts.sendOwnContact }
  const block: Item = {
    text: 'Stop and block the bot',
    isHarsh: true,
    act: () => askAndDo(page, blocking(chat, acts.stop)),
  }
  const unblock: Item = { text: 'Unblock the bot', act: acts.unblock }
  const forget: Item = {
    text: 'Delete the chat',
    isHarsh: true,
    act: async () => {
      const isWanted = await page.dialogs.confirm({
        title: 'Delete the chat?',
        text: `Everything said with ${chat.title} goes from this phone, and Start has to be pressed again.`,
        yes: 'Delete',
      })
      if (!isWanted) return
      await acts.deleteChat()
      model.threads.delete(chat.chat)
      router.go(model.personId)
    },
  }
  if (chat.state === 'blocked') return [unblock, forget]
  return chat.state === 'started' ? [share, block, forget] : [block, forget]
}

type Question = { title: string; text: string; yes: string; act: () => Promise<unknown> }

function blocking(chat: Chat, act: () => Promise<unknown>): Question {
  const text = `${chat.title} can no longer write to you, and is told so.`
  return { title: 'Stop and block?', text, yes: 'Block', act }
}

function leaving(chat: Chat, act: () => Promise<unknown>): Question {
  return {
    title: 'Leave the group?',
    text: `You will no longer see what is said in ${chat.title}.`,
    yes: 'Leave',
    act,
  }
}

async function askAndDo(page: Page, { act, ...question }: Question): Promise<void> {
  if (await page.dialogs.confirm(question)) await act()
}
