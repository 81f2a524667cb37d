import { ownMarkup } from './markup.ts'

export const PLANE =
  'M5.4 11.6 18 6.7c.6-.2 1.1.1.9 1l-2.1 10c-.2.7-.6.9-1.2.6l-3.2-2.4-1.6 1.5c-.2.2-.3.3-.7.3l.3-3.3 6-5.4c.2-.2 0-.4-.4-.1l-7.4 4.6-3.1-1c-.7-.2-.7-.7-.1-.9z'

/** A paper plane in Telegram's blue, for beside its name. */
export const TELEGRAM_LOGO = ownMarkup(
  `<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="12" fill="#2298d8"/><path fill="#fff" d="${PLANE}"/></svg>`,
)

/** The same plane by itself, in the colour of the text beside it. */
export const PAPER_PLANE = ownMarkup(
  `<svg viewBox="4 5 16 14" aria-hidden="true"><path fill="currentColor" d="${PLANE}"/></svg>`,
)

export const TICK = ownMarkup(
  '<svg viewBox="0 0 20 20" aria-hidden="true"><path fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round" d="m4 10.5 4 4 8-9"/></svg>',
)
