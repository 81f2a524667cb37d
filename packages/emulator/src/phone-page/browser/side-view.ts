import { writeAddress } from './address.ts'
import { avatar } from './avatar.ts'
import { button, element, hiddenText, setAttributes } from './element.ts'
import { icon } from './icon.ts'
import { keepChildren } from './keep-children.ts'
import { personName, unreadOf } from './model.ts'
import type { Page, View } from './page.ts'
import type { Bot, Person } from './shapes.ts'

/** Beside the phone: whose phone it is, links to open on it, and the bots that live here. */
export function createSideView(page: Page): View {
  const { model } = page
  const people = element('ul', { class: 'people' })
  const bots = element('ul', { class: 'bots' })
  const more = element('p', { class: 'side-more' })
  const connection = element('p', { class: 'connection', role: 'status' })
  const botsPart = element(
    'details',
    { class: 'side-part bots-part' },
    element('summary', {}, 'Bots'),
    bots,
    oneLineForm({ label: 'Name of a new bot', action: 'Add' }, (name) =>
      page.attempt(() => addBot(page, name)),
    ),
  )
  const root = element(
    'aside',
    { class: 'side', 'aria-label': 'People and links' },
    element('p', { class: 'side-title' }, element('span', { class: 'logo' }), 'Postino phone'),
    element('p', { class: 'side-hint' }, 'Made-up people, real bots. Choose whose phone you hold.'),
    element('nav', { 'aria-label': 'People' }, people, more),
    element(
      'details',
      { class: 'side-part add-part' },
      element('summary', {}, 'Add a person'),
      oneLineForm({ label: 'First name', action: 'Add' }, (name) =>
        page.attempt(() => addPerson(page, name)),
      ),
    ),
    element(
      'div',
      { class: 'side-part link-part' },
      oneLineForm({ label: 'Open a t.me link', action: 'Open', placeholder: 'https://t.me/…' }, (link) =>
        page.attempt(() => page.router.openLink(link)),
      ),
    ),
    botsPart,
    connection,
  )

  function update(): void {
    keepChildren(people, shownOf([...model.people.values()], model.personId), keptPeople(page))
    keepChildren(bots, shownOf([...model.bots.values()], undefined), keptBots(page))
    const hidden = model.people.size - MAX_SHOWN
    more.textContent = hidden > 0 ? `And ${hidden} more: /?person=… shows any of them.` : ''
    setAttributes(root, { 'data-chat-open': model.chat !== undefined })
    connection.textContent = model.connection === 'lost' ? 'The emulator does not answer. Trying again…' : ''
  }

  return { root, update }
}

/** A load test makes thousands; nobody reads a list that long. */
const MAX_SHOWN = 100

function shownOf<Item extends { id: number }>(items: Item[], chosenId: number | undefined): Item[] {
  return items.filter(({ id }, index) => index < MAX_SHOWN || id === chosenId)
}

async function addPerson(page: Page, firstName: string): Promise<void> {
  const person = await page.api.addPerson(firstName)
  page.model.people.set(person.id, person)
  page.router.go(person.id)
}

async function addBot(page: Page, name: string): Promise<void> {
  const bot = await page.api.addBot(name)
  page.model.bots.set(bot.id, bot)
}

type OneLine = { label: string; action: string; placeholder?: string }

let fieldCount = 0

/** A label, a field and a button. */
export function oneLineForm(
  { label, action, placeholder }: OneLine,
  onSubmit: (text: string) => void,
): HTMLElement {
  const id = `field-${++fieldCount}`
  const field = element('input', { id, type: 'text', autocomplete: 'off', placeholder, required: true })
  const form = element(
    'form',
    { class: 'one-line' },
    element('label', { for: id }, label),
    element(
      'div',
      { class: 'one-line-row' },
      field,
      element('button', { class: 'button button-strong' }, action),
    ),
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const text = field.value.trim()
    field.value = ''
    if (text !== '') onSubmit(text)
  })
  return form
}

function keptPeople(page: Page) {
  const { model } = page
  return {
    id: (person: Person): string => String(person.id),
    signature: (person: Person): string =>
      JSON.stringify([
        personName(person),
        person.deactivated,
        unreadOf(model, person.id),
        person.id === model.personId,
      ]),
    create: (person: Person): HTMLElement => personRow(page, person),
  }
}

function personRow(page: Page, person: Person): HTMLElement {
  const { model } = page
  const unread = unreadOf(model, person.id)
  const badge =
    unread === 0 ? undefined : element('span', { class: 'badge' }, String(unread), hiddenText(' unread'))
  const link = element(
    'a',
    {
      class: 'person',
      href: writeAddress(person.id, undefined),
      'aria-current': person.id === model.personId ? 'true' : undefined,
    },
    avatar(personName(person), person.id),
    element(
      'span',
      { class: 'person-name', dir: 'auto' },
      person.first_name,
      element('span', { class: 'person-last' }, ` ${person.last_name}`),
    ),
    badge,
  )
  link.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    page.router.go(person.id)
  })
  return element('li', {}, link)
}

function keptBots(page: Page) {
  return {
    id: (bot: Bot): string => String(bot.id),
    signature: (bot: Bot): string => JSON.stringify([bot.name, bot.username, bot.token]),
    create: (bot: Bot): HTMLElement => botRow(page, bot),
  }
}

function botRow(page: Page, bot: Bot): HTMLElement {
  const copy = (what: string, text: string): HTMLElement =>
    button(
      { class: 'copy', title: text },
      () => page.attempt(() => copyText(page, what, text)),
      icon('copy'),
      what,
    )
  return element(
    'li',
    { class: 'bot' },
    element('span', { class: 'bot-name', dir: 'auto' }, bot.name),
    element('span', { class: 'bot-username' }, `@${bot.username}`),
    element(
      'span',
      { class: 'bot-copies' },
      copy('link', bot.link),
      bot.token === '' ? undefined : copy('token', bot.token),
    ),
  )
}

async function copyText(page: Page, what: string, text: string): Promise<void> {
  await navigator.clipboard.writeText(text)
  page.toasts.toast(`The ${what} is copied.`)
}
