import { element } from './element.ts'
import { initialsOf } from './labels.ts'

const COLOURS = 8

/** A round picture for somebody who has none: initials on one of a few colours, always the same one. */
export function avatar(name: string, id: number): HTMLElement {
  const colour = `avatar-${Math.abs(id) % COLOURS}`
  return element('span', { class: `avatar ${colour}`, 'aria-hidden': 'true' }, initialsOf(name) || '·')
}
