import type { Database } from '@postino/database'
import { Composer } from 'grammy'
import { createAbout } from '../features/about.ts'
import { createBlock } from '../features/block.ts'
import { createConsent } from '../features/consent.ts'
import { createMessageButtons } from '../features/message-buttons.ts'
import { createStart } from '../features/start.ts'
import { createStop } from '../features/stop.ts'
import type { BotContext } from './bot-context.ts'

/** What every shop's bot does with an update, built once and shared by all of them. */
export function createComposer(dependencies: { database: Database }): Composer<BotContext> {
  const composer = new Composer<BotContext>()
  composer.use(createStart(), createConsent(dependencies), createStop(), createBlock(), createAbout())
  // Last: it answers every press that nobody above took.
  composer.use(createMessageButtons())
  return composer
}
