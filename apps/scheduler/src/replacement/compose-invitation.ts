import type { PersonToInvite } from '@postino/database'
import { localeChain, type MessageContent } from '@postino/domain'
import { startLink } from '@postino/invitation'
import { escapeHtml } from '@postino/telegram'
import { INVITATION_TEXTS, type InvitationTexts } from './invitation-texts.ts'

const TEXTS: Readonly<Record<string, InvitationTexts>> = INVITATION_TEXTS

/** What the old bot says, in the person's language, with the way to the new one under it. */
export function composeInvitation(
  bots: { shopName: string; newUsername: string },
  person: Pick<PersonToInvite, 'locales'>,
  token: string,
): MessageContent {
  const chain = localeChain(person.locales.map((locale) => locale ?? undefined))
  const texts =
    chain.map((locale) => TEXTS[locale]).find((found) => found !== undefined) ?? INVITATION_TEXTS.en
  const { shopName, newUsername } = bots
  return {
    html: escapeHtml(texts.text(shopName, newUsername)),
    buttons: [[{ text: texts.button, url: startLink(newUsername, token) }]],
    silent: false,
  }
}
