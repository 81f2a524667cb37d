import { avatar } from './avatar.ts'
import { element, hiddenText } from './element.ts'
import { icon } from './icon.ts'
import { inlineKeyboard } from './inline-keyboard.ts'
import { clockTime, dayLabel, previewOf } from './labels.ts'
import { mediaNode } from './media.ts'
import type { Block } from './message-blocks.ts'
import type { Page } from './page.ts'
import { richText } from './rich-text.ts'
import type { Message } from './shapes.ts'

export type BubbleBlock = Extract<Block, { kind: 'bubble' }>

/** What a bubble shows that is not in its own messages. */
export type BubbleContext = { isGroup: boolean; repliedTo: Message | undefined }

export function dayNode(dateMs: number): HTMLElement {
  return element('div', { class: 'day' }, element('span', {}, dayLabel(dateMs, Date.now())))
}

export function serviceNode(message: Message): HTMLElement {
  return element('div', { class: 'service' }, element('span', { dir: 'auto' }, message.service?.text ?? ''))
}

export function bubbleNode(page: Page, block: BubbleBlock, context: BubbleContext): HTMLElement {
  const [first] = block.messages
  const captioned = block.messages.find(({ caption }) => caption !== undefined)
  const text = first.text ?? captioned?.caption
  const entities = first.text === undefined ? captioned?.caption_entities : first.entities
  const showsName = context.isGroup && !block.isOwn && block.isFirst
  const bubble = element(
    'div',
    { class: 'bubble' },
    showsName ? senderName(first) : hiddenText(block.isOwn ? 'You:' : `${first.from.name}:`),
    context.repliedTo === undefined ? undefined : replyQuote(context.repliedTo),
    mediaPart(page, block),
    first.contact === undefined ? undefined : contactCard(first.contact),
    text === undefined
      ? undefined
      : element('div', { class: 'text', dir: 'auto' }, ...richText(page, text, entities)),
    metaLine(block),
  )
  const isMediaOnly = text === undefined && first.media !== undefined && first.media.kind !== 'document'
  const classes = [
    'message',
    block.isOwn ? 'message-own' : 'message-other',
    block.isFirst ? 'message-first' : '',
    block.isLast ? 'message-last' : '',
    isMediaOnly ? 'message-media' : '',
  ]
  const picture = context.isGroup && !block.isOwn ? senderPicture(first, block.isLast) : undefined
  const body = element(
    'div',
    { class: 'message-body' },
    bubble,
    inlineKeyboard(page, block.messages.at(-1) ?? first),
  )
  return element('div', { class: classes.join(' '), 'data-key': first.key }, picture, body)
}

function senderName(message: Message): HTMLElement {
  return element(
    'div',
    { class: `sender sender-${Math.abs(message.from.id) % 8}`, dir: 'auto' },
    message.from.name,
  )
}

function senderPicture(message: Message, isShown: boolean): HTMLElement {
  return isShown ? avatar(message.from.name, message.from.id) : element('span', { class: 'avatar-gap' })
}

function replyQuote(message: Message): HTMLElement {
  return element(
    'div',
    { class: 'reply' },
    element('span', { class: 'reply-name' }, message.from.name),
    element('span', { class: 'reply-text', dir: 'auto' }, previewOf(message)),
  )
}

function mediaPart(page: Page, block: BubbleBlock): HTMLElement | undefined {
  const nodes = block.messages.map((message) => mediaNode(page, message)).filter((node) => node !== undefined)
  if (nodes.length <= 1) return nodes[0]
  const isGrid = block.messages.every(({ media }) => media?.kind === 'photo' || media?.kind === 'video')
  return element(
    'div',
    { class: isGrid ? `album album-${Math.min(nodes.length, 10)}` : 'file-list' },
    ...nodes,
  )
}

function contactCard(contact: Readonly<Record<string, unknown>>): HTMLElement {
  const part = (name: string): string => (typeof contact[name] === 'string' ? contact[name] : '')
  const name = `${part('first_name')} ${part('last_name')}`.trim()
  return element(
    'div',
    { class: 'contact' },
    avatar(name, name.length),
    element(
      'span',
      { class: 'contact-text' },
      element('span', { class: 'contact-name', dir: 'auto' }, name),
      element('span', { class: 'contact-phone' }, part('phone_number')),
    ),
  )
}

function metaLine(block: BubbleBlock): HTMLElement {
  const [first] = block.messages
  const isEdited = block.messages.some(({ edit_date: editDate }) => editDate !== undefined)
  const date = new Date(first.date * 1000)
  return element(
    'div',
    { class: 'meta' },
    first.silent === true ? element('span', { title: 'Sent without a sound' }, icon('silent')) : undefined,
    isEdited ? element('span', {}, 'edited') : undefined,
    element(
      'time',
      { datetime: date.toISOString(), title: date.toLocaleString() },
      clockTime(date.getTime()),
    ),
    block.isOwn ? icon('check') : undefined,
  )
}
