import {
  PURPOSES,
  wordingHash,
  wordingInForce,
  type KeptWording,
  type Purpose,
  type Wording,
} from '@postino/domain'
import { escapeHtml } from '@postino/telegram'
import { InlineKeyboard } from 'grammy'
import type { ServedShop } from '../bot/bot-context.ts'
import type { Screen } from '../bot/say.ts'
import { findTexts, isSpoken, type Language } from '../texts/find-texts.ts'

export const GRANT_CALLBACK = /^consent:grant:([a-z_]+):([a-z-]+):([0-9a-f]+)$/
export const WITHDRAW_CALLBACK = /^consent:withdraw:([a-z_]+)$/
export const DONE_CALLBACK = 'consent:done'
export const PHONE_CALLBACK = 'phone:ask'

export interface Choices {
  /** What the contact was asked. */
  offered: readonly Purpose[]
  /** What the contact agrees to now. */
  granted: readonly Purpose[]
  /** What comes without a tap, as it rests on the contract, and was not switched off. */
  byContract: readonly Purpose[]
  /** The contact has not shown yet which phone number is theirs. */
  maySharePhone: boolean
}

type Speaker = Pick<ServedShop, 'name' | 'wordings'>

/**
 * The question and its switches: one purpose a line, its words above, nothing on that the contact did not switch on. What
 * comes all the same, by contract, is shown as what it is, and a tap ends it.
 */
export function consentScreen(screen: { shop: Speaker; language: Language; choices: Choices }): Screen {
  const { shop, language, choices } = screen
  const texts = findTexts(language)
  const keyboard = new InlineKeyboard()
  const lines = shownPurposes(choices).map((purpose) => {
    const wording = wordingInForce(shop.wordings, purpose, language)
    const mark = markOf(choices, purpose)
    const callback = mark === MARKS.off ? grantCallback(wording) : `consent:withdraw:${purpose}`
    keyboard.text(`${mark} ${wording.title}`, callback).row()
    return `${mark} ${wordsOf(wording)}`
  })
  keyboard.text(texts.done, DONE_CALLBACK)
  if (choices.maySharePhone) keyboard.row().text(texts.phoneOffer, PHONE_CALLBACK)
  const parts = [
    escapeHtml(texts.consentTitle(shop.name)),
    ...lines,
    escapeHtml(texts.consentHow),
    ...contractNote(choices, language),
    escapeHtml(texts.consentFooter),
  ]
  return { html: parts.join('\n\n'), keyboard }
}

/** What is said when the contact has chosen: what will come and how often, and how to leave. */
export function consentSummary(summary: { shop: Speaker; language: Language; choices: Choices }): string {
  const { shop, language, choices } = summary
  const texts = findTexts(language)
  const purposes = shownPurposes(choices).filter((purpose) => markOf(choices, purpose) !== MARKS.off)
  if (purposes.length === 0) return escapeHtml(texts.doneNothing(shop.name))
  const lines = purposes.map(
    (purpose) => `${markOf(choices, purpose)} ${wordsOf(wordingInForce(shop.wordings, purpose, language))}`,
  )
  const parts = [
    escapeHtml(texts.doneSummary(shop.name)),
    ...lines,
    ...contractNote(choices, language),
    escapeHtml(texts.consentFooter),
  ]
  return parts.join('\n\n')
}

/**
 * The words that stood above a button that grants; undefined when nobody could have read them: the button is made up, or
 * the words have changed since the screen was drawn.
 */
export function wordingShown(
  match: string | RegExpMatchArray,
  wordings: readonly KeptWording[],
): KeptWording | undefined {
  const [, name, locale, stamp] = match
  const purpose = findPurpose(name)
  if (purpose === undefined || locale === undefined || !isSpoken(locale)) return undefined
  const wording = wordingInForce(wordings, purpose, locale)
  return stampOf(wording) === stamp ? wording : undefined
}

export function findPurpose(name: string | undefined): Purpose | undefined {
  return PURPOSES.find((known) => known === name)
}

/** What is on can always be switched off here, whoever asked for it. Always in the same order. */
function shownPurposes({ offered, granted, byContract }: Choices): Purpose[] {
  return PURPOSES.filter(
    (purpose) => offered.includes(purpose) || granted.includes(purpose) || byContract.includes(purpose),
  )
}

const MARKS = { on: '✅', byContract: '📄', off: '⬜' } as const

function markOf({ granted, byContract }: Choices, purpose: Purpose): string {
  if (granted.includes(purpose)) return MARKS.on
  return byContract.includes(purpose) ? MARKS.byContract : MARKS.off
}

/** What the mark means, where there is one. */
function contractNote(choices: Choices, language: Language): string[] {
  const isNeeded = shownPurposes(choices).some((purpose) => markOf(choices, purpose) === MARKS.byContract)
  return isNeeded ? [escapeHtml(`${MARKS.byContract} ${findTexts(language).byContract}`)] : []
}

function wordsOf({ title, text }: Wording): string {
  return `<b>${escapeHtml(title)}</b>\n${escapeHtml(text)}`
}

// A tap agrees to the words on the screen, not to those of a newer version or of the language the contact has by then.
function grantCallback(wording: Wording): string {
  return `consent:grant:${wording.id}:${wording.locale}:${stampOf(wording)}`
}

const STAMP_CHARS = 12

function stampOf(wording: Wording): string {
  return wordingHash(wording).slice(0, STAMP_CHARS)
}
