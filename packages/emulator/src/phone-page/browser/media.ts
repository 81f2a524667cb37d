import { button, element } from './element.ts'
import { icon } from './icon.ts'
import { durationLabel, sizeLabel } from './labels.ts'
import type { Page } from './page.ts'
import type { Media, Message } from './shapes.ts'

/** A photo, a film, or a file with its name and size. */
export function mediaNode(page: Page, message: Message): HTMLElement | undefined {
  const { media } = message
  if (media === undefined) return undefined
  if (media.kind === 'photo') return photo(page, message, media)
  if (media.kind === 'video' || media.kind === 'animation') return film(media)
  return file(media)
}

function photo(page: Page, message: Message, media: Media): HTMLElement {
  const label = message.caption === undefined ? 'Photo' : `Photo: ${message.caption}`
  const image = (): HTMLElement =>
    element('img', {
      src: media.url,
      alt: label,
      width: media.width,
      height: media.height,
      decoding: 'async',
    })
  const open = (): void => page.dialogs.show(element('div', { class: 'photo-large' }, image()), label)
  return button({ class: 'photo' }, open, image())
}

function film(media: Media): HTMLElement {
  const name = media.kind === 'animation' ? 'GIF' : 'Video'
  const length = media.duration === undefined ? '' : ` ${durationLabel(media.duration)}`
  return element(
    'a',
    { class: 'film', href: media.url, target: '_blank', rel: 'noopener noreferrer' },
    element('span', { class: 'film-play' }, icon('play')),
    element('span', { class: 'film-label' }, `${name}${length} · ${sizeLabel(media.file_size)}`),
  )
}

function file(media: Media): HTMLElement {
  const isAudio = media.kind === 'audio'
  const name = media.file_name ?? (isAudio ? 'Audio' : 'File')
  const length = media.duration === undefined ? '' : `${durationLabel(media.duration)} · `
  return element(
    'a',
    { class: 'file', href: media.url, download: name, target: '_blank', rel: 'noopener noreferrer' },
    element('span', { class: 'file-icon' }, icon(isAudio ? 'note' : 'file')),
    element(
      'span',
      { class: 'file-text' },
      element('span', { class: 'file-name' }, name),
      element('span', { class: 'file-size' }, `${length}${sizeLabel(media.file_size)}`),
    ),
  )
}
