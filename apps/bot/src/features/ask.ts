import type { FoundRegistration } from '@postino/database'
import type { ServedShop } from '../bot/bot-context.ts'
import { say, type ChatContext } from '../bot/say.ts'
import { consentScreen, type Choices } from './consent-screen.ts'
import { findChat } from './find-chat.ts'

/** Asks what the shop may write about; an open chat only. */
export async function ask(context: ChatContext): Promise<void> {
  const { registration, language } = await findChat(context)
  if (registration?.status !== 'active') return
  const { shop } = context
  say(context, {
    name: 'question',
    ...consentScreen({ shop, language, choices: choicesOf(shop, registration) }),
  })
}

export function choicesOf({ contractPurposes }: ServedShop, registration: FoundRegistration): Choices {
  const {
    offeredPurposes: offered,
    grantedPurposes: granted,
    withdrawnPurposes,
    hasVerifiedPhone,
  } = registration
  const byContract = contractPurposes.filter((purpose) => !withdrawnPurposes.includes(purpose))
  return { offered, granted, byContract, maySharePhone: !hasVerifiedPhone }
}
