import { element } from './element.ts'
import { formatDateTime } from './labels.ts'
import type { Page } from './page.ts'
import type { Entity } from './shapes.ts'
import { parseTelegramLink, safeAddress } from './telegram-link.ts'
import { segmentText, type Segment } from './text-segments.ts'

/** A formatted text as nodes. No string from a bot ever becomes markup. */
export function richText(page: Page, text: string, entities: readonly Entity[] = []): Node[] {
  return segmentText(text, entities).map((segment) => renderSegment(page, segment))
}

type EntitySegment = Extract<Segment, { kind: 'entity' }>

function renderSegment(page: Page, segment: Segment): Node {
  if (segment.kind === 'plain') return document.createTextNode(segment.text)
  const inside = (): Node[] => segment.inside.map((inner) => renderSegment(page, inner))
  switch (segment.entity.type) {
    case 'bold':
      return element('strong', {}, ...inside())
    case 'italic':
      return element('em', {}, ...inside())
    case 'underline':
      return element('u', {}, ...inside())
    case 'strikethrough':
      return element('s', {}, ...inside())
    case 'code':
      return element('code', {}, ...inside())
    case 'pre':
      return codeBlock(segment.entity, inside())
    case 'spoiler':
      return spoiler(inside())
    case 'blockquote':
      return element('blockquote', {}, ...inside())
    case 'expandable_blockquote':
      return expandableQuote(inside())
    case 'date_time':
      return dateTime(page, segment)
    default:
      return renderReference(page, segment, inside())
  }
}

/** Entities that lead somewhere. */
function renderReference(page: Page, segment: EntitySegment, inside: Node[]): Node {
  const { entity, text } = segment
  switch (entity.type) {
    case 'text_link':
      return link(page, entity.url ?? '', inside)
    case 'url':
      return link(page, text, inside)
    case 'email':
      return link(page, `mailto:${text}`, inside)
    case 'phone_number':
      return link(page, `tel:${text.replaceAll(/[^+\d]/g, '')}`, inside)
    case 'bot_command':
      return inlineButton(inside, () => page.attempt(() => page.acts.send(text)))
    case 'mention': {
      const bot = [...page.model.bots.values()].find(({ username }) => `@${username}` === text)
      if (bot !== undefined) return inlineButton(inside, () => page.router.openBot(bot.id))
      return element('span', { class: 'reference' }, ...inside)
    }
    default:
      return element('span', { class: `reference reference-${entity.type}` }, ...inside)
  }
}

/** A link into Telegram is followed on this phone; others open a tab of their own; what cannot be opened is only text. */
function link(page: Page, address: string, inside: Node[]): HTMLElement {
  const inTelegram = parseTelegramLink(address)
  const isBotHere = [...page.model.bots.values()].some(({ username }) =>
    isSameName(username, inTelegram?.username),
  )
  if (isBotHere) return inlineButton(inside, () => page.attempt(() => page.router.openLink(address)), address)
  const href = safeAddress(address)
  if (href === undefined) return element('span', { class: 'reference', title: address }, ...inside)
  return element('a', { href, title: href, target: '_blank', rel: 'noopener noreferrer' }, ...inside)
}

function isSameName(left: string, right: string | undefined): boolean {
  return left.toLowerCase() === right?.toLowerCase()
}

function inlineButton(inside: Node[], onPress: () => void, title?: string): HTMLElement {
  const made = element('button', { type: 'button', class: 'inline-link', title }, ...inside)
  made.addEventListener('click', onPress)
  return made
}

function codeBlock({ language }: Entity, inside: Node[]): HTMLElement {
  const label = language === undefined ? undefined : element('span', { class: 'code-language' }, language)
  return element('pre', { tabindex: 0 }, label, element('code', {}, ...inside))
}

/** Covered until it is pressed. */
function spoiler(inside: Node[]): HTMLElement {
  const made = element('span', {
    class: 'spoiler',
    role: 'button',
    tabindex: 0,
    'aria-label': 'Hidden text, show it',
  })
  const cover = element('span', { 'aria-hidden': 'true' }, ...inside)
  made.append(cover)
  function reveal(event: Event): void {
    if (event instanceof KeyboardEvent && event.key !== 'Enter' && event.key !== ' ') return
    if (made.classList.contains('spoiler-open')) return
    event.preventDefault()
    made.classList.add('spoiler-open')
    for (const name of ['role', 'tabindex', 'aria-label']) made.removeAttribute(name)
    cover.removeAttribute('aria-hidden')
  }
  made.addEventListener('click', reveal)
  made.addEventListener('keydown', reveal)
  return made
}

function expandableQuote(inside: Node[]): HTMLElement {
  const toggle = element(
    'button',
    { type: 'button', class: 'quote-toggle', 'aria-expanded': 'false' },
    'Show more',
  )
  const made = element(
    'blockquote',
    { class: 'quote-expandable' },
    element('div', { class: 'quote-text' }, ...inside),
    toggle,
  )
  toggle.addEventListener('click', () => {
    const isOpen = made.classList.toggle('quote-open')
    toggle.setAttribute('aria-expanded', String(isOpen))
    toggle.textContent = isOpen ? 'Show less' : 'Show more'
  })
  return made
}

/** Shown in the person's own language and in the time zone of this browser. */
function dateTime(page: Page, { entity, text }: EntitySegment): HTMLElement {
  const person = page.model.people.get(page.model.personId ?? 0)
  const unixSeconds = entity.unix_time ?? 0
  const iso = new Date(unixSeconds * 1000).toISOString()
  const format = entity.date_time_format ?? ''
  const shown = format === '' ? text : formatDateTime(unixSeconds, format, person?.language_code ?? 'en')
  return element('time', { datetime: iso, title: iso }, shown)
}
