import { wordingFor, type Purpose } from '@postino/domain'
import { escapeHtml } from '@postino/telegram'
import { InlineKeyboard } from 'grammy'
import { findTexts, type Language } from './texts/find-texts.ts'

export const CONSENT_CALLBACK = /^consent:(grant|withdraw):([a-z_]+)$/
export const CONSENT_DONE_CALLBACK = 'consent:done'

/** The question and its switches: one purpose a line, its words above, nothing on that the contact did not switch on. */
export function consentScreen(screen: {
  shopName: string
  language: Language
  offered: readonly Purpose[]
  granted: readonly Purpose[]
}): { html: string; keyboard: InlineKeyboard } {
  const texts = findTexts(screen.language)
  const keyboard = new InlineKeyboard()
  const lines = screen.offered.map((purpose) => {
    const wording = wordingFor(purpose, screen.language)
    const isOn = screen.granted.includes(purpose)
    keyboard
      .text(`${isOn ? '✅' : '⬜'} ${wording.title}`, `consent:${isOn ? 'withdraw' : 'grant'}:${purpose}`)
      .row()
    return `${isOn ? '✅' : '⬜'} <b>${escapeHtml(wording.title)}</b>\n${escapeHtml(wording.text)}`
  })
  keyboard.text(texts.done, CONSENT_DONE_CALLBACK)
  const html = [
    escapeHtml(texts.consentTitle(screen.shopName)),
    ...lines,
    `${escapeHtml(texts.consentHow)}\n${escapeHtml(texts.consentFooter)}`,
  ].join('\n\n')
  return { html, keyboard }
}

/** What is said when the contact has chosen: what will come, and how to leave. */
export function consentSummary(summary: {
  shopName: string
  language: Language
  granted: readonly Purpose[]
}): string {
  const texts = findTexts(summary.language)
  if (summary.granted.length === 0) return escapeHtml(texts.doneNothing(summary.shopName))
  const lines = summary.granted.map(
    (purpose) => `• ${escapeHtml(wordingFor(purpose, summary.language).title)}`,
  )
  return [
    escapeHtml(texts.doneSummary(summary.shopName)),
    lines.join('\n'),
    escapeHtml(texts.consentFooter),
  ].join('\n\n')
}
