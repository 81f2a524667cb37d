import { PURPOSES, wordingFor, wordingHash, type Purpose, type Wording } from '@postino/domain'
import { escapeHtml } from '@postino/telegram'
import { InlineKeyboard } from 'grammy'
import { findTexts, isSpoken, type Language } from '../texts/find-texts.ts'

export const GRANT_CALLBACK = /^consent:grant:([a-z_]+):([a-z-]+):([0-9a-f]+)$/
export const WITHDRAW_CALLBACK = /^consent:withdraw:([a-z_]+)$/
export const DONE_CALLBACK = 'consent:done'

export interface Choices {
  /** What the contact was asked. */
  offered: readonly Purpose[]
  /** What the contact agrees to now. */
  granted: readonly Purpose[]
}

/** The question and its switches: one purpose a line, its words above, nothing on that the contact did not switch on. */
export function consentScreen(screen: { shopName: string; language: Language; choices: Choices }): {
  html: string
  keyboard: InlineKeyboard
} {
  const { shopName, language, choices } = screen
  const texts = findTexts(language)
  const keyboard = new InlineKeyboard()
  const lines = shownPurposes(choices).map((purpose) => {
    const wording = wordingFor(purpose, language)
    const isOn = choices.granted.includes(purpose)
    const label = `${isOn ? '✅' : '⬜'} ${wording.title}`
    keyboard.text(label, isOn ? `consent:withdraw:${purpose}` : grantCallback(wording)).row()
    return `${isOn ? '✅' : '⬜'} <b>${escapeHtml(wording.title)}</b>\n${escapeHtml(wording.text)}`
  })
  keyboard.text(texts.done, DONE_CALLBACK)
  const parts = [
    escapeHtml(texts.consentTitle(shopName)),
    ...lines,
    escapeHtml(texts.consentHow),
    escapeHtml(texts.consentFooter),
  ]
  return { html: parts.join('\n\n'), keyboard }
}

/** What is said when the contact has chosen: what will come, and how to leave. */
export function consentSummary(summary: { shopName: string; language: Language; choices: Choices }): string {
  const { shopName, language, choices } = summary
  const texts = findTexts(language)
  const purposes = PURPOSES.filter((purpose) => choices.granted.includes(purpose))
  if (purposes.length === 0) return escapeHtml(texts.doneNothing(shopName))
  const lines = purposes.map((purpose) => `✅ ${escapeHtml(wordingFor(purpose, language).title)}`)
  return [escapeHtml(texts.doneSummary(shopName)), lines.join('\n'), escapeHtml(texts.consentFooter)].join(
    '\n\n',
  )
}

/**
 * The words that stood above a button that grants; undefined when nobody could have read them: the button is made up, or
 * the words have changed since the screen was drawn.
 */
export function wordingShown(match: string | RegExpMatchArray): Wording | undefined {
  const [, name, locale, stamp] = match
  const purpose = findPurpose(name)
  if (purpose === undefined || locale === undefined || !isSpoken(locale)) return undefined
  const wording = wordingFor(purpose, locale)
  return stampOf(wording) === stamp ? wording : undefined
}

export function findPurpose(name: string | undefined): Purpose | undefined {
  return PURPOSES.find((known) => known === name)
}

/** What is on can always be switched off here, whoever asked for it. Always in the same order. */
function shownPurposes({ offered, granted }: Choices): Purpose[] {
  return PURPOSES.filter((purpose) => offered.includes(purpose) || granted.includes(purpose))
}

// A tap agrees to the words on the screen, not to those of a newer version or of the language the contact has by then.
function grantCallback(wording: Wording): string {
  return `consent:grant:${wording.id}:${wording.locale}:${stampOf(wording)}`
}

const STAMP_CHARS = 12

function stampOf(wording: Wording): string {
  return wordingHash(wording).slice(0, STAMP_CHARS)
}
