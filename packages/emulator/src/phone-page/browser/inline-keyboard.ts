import type { ButtonPlace } from './api.ts'
import { element } from './element.ts'
import { icon } from './icon.ts'
import type { Page } from './page.ts'
import type { InlineButton, Message } from './shapes.ts'
import { parseTelegramLink, safeAddress } from './telegram-link.ts'

/** The buttons below a message. */
export function inlineKeyboard(page: Page, message: Message): HTMLElement | undefined {
  const rows = message.inline_keyboard
  if (rows === undefined || rows.length === 0) return undefined
  const made = rows.map((buttons, row) =>
    element(
      'div',
      { class: 'inline-row' },
      ...buttons.map((inline, column) => inlineKey(page, message, { inline, place: { row, column } })),
    ),
  )
  return element(
    'div',
    { class: 'inline-keyboard', role: 'group', 'aria-label': 'Buttons of the message' },
    ...made,
  )
}

type Key = { inline: InlineButton; place: ButtonPlace }

function inlineKey(page: Page, message: Message, key: Key): HTMLElement {
  const { inline } = key
  const address = inline.url ?? inline.login_url?.url ?? inline.web_app?.url
  const className = `inline-key ${inline.style === undefined ? '' : `inline-key-${inline.style}`}`
  if (address !== undefined) return linkKey(page, inline.text, { address, className })
  const made = element('button', { type: 'button', class: className }, inline.text)
  if (inline.copy_text !== undefined) made.append(icon('copy'))
  made.addEventListener('click', () => pressKey(page, message, { ...key, made }))
  return made
}

/** Opens a tab of its own, and says where it leads; a link to a bot that lives here is followed on this phone. */
function linkKey(page: Page, text: string, to: { address: string; className: string }): HTMLElement {
  const { address, className } = to
  const username = parseTelegramLink(address)?.username.toLowerCase()
  const isBotHere = [...page.model.bots.values()].some((bot) => bot.username.toLowerCase() === username)
  const href = safeAddress(address)
  if (isBotHere || href === undefined) {
    const made = element(
      'button',
      { type: 'button', class: className, title: address },
      text,
      icon('outside'),
    )
    const follow = (): void => page.attempt(() => page.router.openLink(address))
    made.addEventListener('click', isBotHere ? follow : () => page.toasts.toast(`Not opened: ${address}`))
    return made
  }
  const attributes = { class: className, href, title: href, target: '_blank', rel: 'noopener noreferrer' }
  const made = element('a', attributes, text, icon('outside'))
  made.addEventListener('click', () => page.toasts.toast(`Opened ${href}`))
  return made
}

function pressKey(page: Page, message: Message, key: Key & { made: HTMLButtonElement }): void {
  const { made, inline, place } = key
  if (made.getAttribute('aria-busy') === 'true') return
  made.setAttribute('aria-busy', 'true')
  page.attempt(async () => {
    try {
      const pressed = await page.acts.press(message, place)
      if (pressed.pressed === 'copy') await copyText(page, pressed.text)
      if (pressed.pressed === 'url') page.toasts.toast(pressed.url)
      if (pressed.pressed !== 'callback') return
      if (pressed.answer === null) page.answers.expect(pressed.callback_query_id, inline.text)
      else page.answers.show(inline.text, pressed.answer)
    } finally {
      made.removeAttribute('aria-busy')
    }
  })
}

async function copyText(page: Page, text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    page.toasts.toast(`Copied: ${text}`)
  } catch {
    // The browser may forbid it; the text can then at least be read.
    page.toasts.toast(text)
  }
}
