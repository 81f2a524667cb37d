import { button, element } from './element.ts'
import type { Chat } from './shapes.ts'

type Question = { title: string; text: string; yes: string }

/** Questions that have to be answered before anything else. */
export type Dialogs = {
  root: HTMLElement
  alert: (title: string, text: string) => void
  /** Resolves to `false` when the question was waved away. */
  confirm: (question: Question) => Promise<boolean>
  /** Throws when no group was chosen. */
  chooseGroup: (groups: Chat[]) => Promise<Chat | undefined>
  /** Shows something large. */
  show: (content: HTMLElement, label: string) => void
}

export function createDialogs(): Dialogs {
  const root = element('div', { class: 'dialogs' })

  /** Resolves to the value of the button that closed the dialog, '' when it was waved away. */
  function ask(title: HTMLElement, ...content: HTMLElement[]): Promise<string> {
    title.id = 'dialog-title'
    const dialog = element('dialog', { class: 'dialog', 'aria-labelledby': title.id }, title, ...content)
    root.append(dialog)
    dialog.addEventListener('click', (event) => {
      if (event.target === dialog) dialog.close('')
      const value = event.target instanceof Element ? event.target.closest('button')?.value : undefined
      if (value !== undefined) dialog.close(value)
    })
    dialog.showModal()
    return new Promise((resolve) => {
      dialog.addEventListener('close', () => {
        dialog.remove()
        resolve(dialog.returnValue)
      })
    })
  }

  return {
    root,
    alert(title, text) {
      const ok = element('div', { class: 'dialog-buttons' }, choice('OK', 'ok', 'button-strong'))
      void ask(heading(title), element('p', { dir: 'auto' }, text), ok)
    },
    async confirm({ title, text, yes }) {
      const choices = [choice('Cancel', ''), choice(yes, 'yes', 'button-strong')]
      const buttons = element('div', { class: 'dialog-buttons' }, ...choices)
      return (await ask(heading(title), element('p', {}, text), buttons)) === 'yes'
    },
    async chooseGroup(groups) {
      const hint =
        groups.length === 0 ? 'This person is in no group yet.' : 'The bot is added to the group you choose.'
      const choices = groups.map((group) => choice(group.title, group.chat))
      const answer = await ask(
        heading('Add to a group'),
        element('p', {}, hint),
        ...choices,
        choice('Cancel', ''),
      )
      if (answer === '') throw new Error('No group was chosen.')
      return groups.find(({ chat }) => chat === answer)
    },
    show(content, label) {
      void ask(element('h2', { class: 'visually-hidden' }, label), content, choice('Close', ''))
    },
  }
}

function heading(title: string): HTMLElement {
  return element('h2', {}, title)
}

function choice(text: string, value: string, kind = 'button-quiet'): HTMLButtonElement {
  const made = button({ class: `button ${kind}` }, () => undefined, text)
  made.value = value
  return made
}
