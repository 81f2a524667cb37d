import type { Database } from '@postino/database'
import { Composer } from 'grammy'
import { createBlock } from '../features/block.ts'
import { createConsent } from '../features/consent.ts'
import { createGroups } from '../features/groups.ts'
import { createHelp } from '../features/help.ts'
import { createMessageButtons } from '../features/message-buttons.ts'
import { createPhone } from '../features/phone.ts'
import { createPlainAnswer } from '../features/plain-answer.ts'
import { createPrivacy } from '../features/privacy.ts'
import { createStart } from '../features/start.ts'
import { createStop } from '../features/stop.ts'
import type { BotContext } from './bot-context.ts'

/** What every shop's bot does with an update, built once and shared by all of them. */
export function createComposer(dependencies: { database: Database }): Composer<BotContext> {
  const composer = new Composer<BotContext>()
  composer.use(
    createStart(),
    createConsent(dependencies),
    createGroups(dependencies),
    createPhone(),
    createStop(),
    createBlock(),
    createPrivacy(dependencies),
    createHelp(),
  )
  // Last: they answer every message and every press that nobody above took.
  composer.use(createPlainAnswer(), createMessageButtons())
  return composer
}
