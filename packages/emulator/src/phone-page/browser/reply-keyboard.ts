import { button, element, setAttributes } from './element.ts'
import { icon } from './icon.ts'
import { selectedChat } from './model.ts'
import type { Page, View } from './page.ts'
import type { Keyboard, ReplyButton } from './shapes.ts'

/** The keyboard that a bot put below the field. One that is meant for one use hides itself after it. */
export function createReplyKeyboard(page: Page): View & { toggle: HTMLElement } {
  const root = element('div', { class: 'reply-keyboard', role: 'group', 'aria-label': 'Keyboard of the bot' })
  const toggle = button(
    { class: 'icon-button', 'aria-label': 'Keyboard of the bot', 'aria-expanded': 'true' },
    () => show(root.hidden !== false),
    icon('keyboard'),
  )
  let shown = ''

  function show(isShown: boolean): void {
    setAttributes(root, { hidden: !isShown })
    setAttributes(toggle, { 'aria-expanded': String(isShown) })
  }

  function update(): void {
    const chat = selectedChat(page.model)
    const keyboard = chat?.keyboard?.kind === 'reply' ? chat.keyboard : undefined
    setAttributes(toggle, { hidden: keyboard === undefined })
    const signature = JSON.stringify([chat?.chat, keyboard])
    if (signature === shown) return
    shown = signature
    show(keyboard !== undefined)
    root.replaceChildren(...rowsOf(page, keyboard, () => show(keyboard?.one_time !== true)))
  }

  return { root, toggle, update }
}

function rowsOf(
  page: Page,
  keyboard: Extract<Keyboard, { kind: 'reply' }> | undefined,
  onUse: () => void,
): HTMLElement[] {
  return (keyboard?.rows ?? []).map((row) =>
    element(
      'div',
      { class: 'reply-row' },
      ...row.map((key) => {
        const kind = key.style === undefined ? '' : `reply-key-${key.style}`
        const press = (): void => {
          onUse()
          page.attempt(() => pressKey(page, key))
        }
        return button(
          { class: `reply-key ${kind}` },
          press,
          key.text,
          key.request_contact ? icon('phone') : undefined,
        )
      }),
    ),
  )
}

async function pressKey(page: Page, key: ReplyButton): Promise<void> {
  if (key.request_contact !== true) {
    await page.acts.send(key.text)
    return
  }
  const person = page.model.people.get(page.model.personId ?? 0)
  const isWanted = await page.dialogs.confirm({
    title: 'Share your phone number?',
    text: `The bot will know your number${person === undefined ? '' : `, ${person.phone_number}`}.`,
    yes: 'Share',
  })
  if (isWanted) await page.acts.shareContact()
}
