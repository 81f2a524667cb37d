import { button, element, setAttributes } from './element.ts'
import { icon } from './icon.ts'
import { previewOf } from './labels.ts'
import { selectedChat } from './model.ts'
import type { Page, View } from './page.ts'
import { createReplyKeyboard } from './reply-keyboard.ts'
import type { Chat, Message } from './shapes.ts'

const MAX_TEXT_CHARS = 4096

/** The field to write in, with the bot's keyboard and its commands. */
export function createComposer(page: Page): View {
  const field = element('textarea', {
    rows: 1,
    maxlength: MAX_TEXT_CHARS,
    'aria-label': 'Message',
    dir: 'auto',
  })
  const send = element('button', { type: 'submit', class: 'send', 'aria-label': 'Send' }, icon('send'))
  const keyboard = createReplyKeyboard(page)
  const commands = element('div', { class: 'commands', id: 'commands', hidden: true })
  const commandsToggle = button(
    { class: 'icon-button', 'aria-label': 'Commands', 'aria-expanded': 'false', 'aria-controls': 'commands' },
    () => showCommands(commands.hidden !== false),
    icon('slash'),
  )
  const replyBar = element('div', { class: 'reply-bar', hidden: true })
  const form = element('form', { class: 'composer' }, commandsToggle, field, keyboard.toggle, send)
  const root = element('div', { class: 'composer-frame' }, commands, replyBar, form, keyboard.root)
  let shownChat = ''

  function showCommands(isShown: boolean): void {
    setAttributes(commands, { hidden: !isShown })
    setAttributes(commandsToggle, { 'aria-expanded': String(isShown) })
  }

  function submit(): void {
    const text = field.value
    if (text.trim() === '') return
    const replyTo = repliedMessage(page)?.key
    field.value = ''
    page.attempt(() => page.acts.send(text, replyTo))
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    submit()
  })
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    submit()
  })

  function update(): void {
    const chat = selectedChat(page.model)
    if (chat === undefined) return
    if (shownChat !== chat.chat) {
      field.value = ''
      showCommands(false)
    }
    shownChat = chat.chat
    const bot = page.model.bots.get(chat.bot_id ?? 0)
    const known = bot?.commands ?? []
    setAttributes(commandsToggle, { hidden: known.length === 0 })
    commands.replaceChildren(
      ...known.map((command) => commandButton(page, command, () => showCommands(false))),
    )
    setAttributes(field, { placeholder: chat.keyboard?.placeholder ?? 'Message' })
    showReply(replyBar, repliedMessage(page))
    keyboard.update()
  }

  return { root, update }
}

function commandButton(
  page: Page,
  { command, description }: { command: string; description: string },
  onDone: () => void,
): HTMLElement {
  return button(
    { class: 'command' },
    () => {
      onDone()
      page.attempt(() => page.acts.send(`/${command}`))
    },
    element('span', { class: 'command-name' }, `/${command}`),
    element('span', { class: 'command-text' }, description),
  )
}

/** A bot that forces a reply gets one to its last message. */
function repliedMessage(page: Page): Message | undefined {
  const chat: Chat | undefined = selectedChat(page.model)
  if (chat?.keyboard?.kind !== 'force_reply') return undefined
  return page.model.threads.get(chat.chat)?.messages.findLast(({ from }) => from.is_bot)
}

function showReply(bar: HTMLElement, message: Message | undefined): void {
  setAttributes(bar, { hidden: message === undefined })
  if (message !== undefined) bar.replaceChildren(element('strong', {}, 'Reply to '), previewOf(message))
}
