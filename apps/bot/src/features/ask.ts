import type { FoundRegistration } from '@postino/database'
import { say, type ChatContext } from '../bot/say.ts'
import { consentScreen, type Choices } from './consent-screen.ts'
import { findChat } from './find-chat.ts'

/** Asks what the shop may write about; an open chat only. */
export async function ask(context: ChatContext): Promise<void> {
  const { registration, language } = await findChat(context)
  if (registration?.status !== 'active') return
  const screen = consentScreen({ shop: context.shop, language, choices: choicesOf(registration) })
  say(context, { name: 'question', ...screen })
}

export function choicesOf(registration: FoundRegistration): Choices {
  const { offeredPurposes: offered, grantedPurposes: granted, hasVerifiedPhone } = registration
  return { offered, granted, maySharePhone: !hasVerifiedPhone }
}
