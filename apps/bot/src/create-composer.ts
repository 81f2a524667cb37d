import { Composer } from 'grammy'
import type { BotContext } from './bot-context.ts'
import { createAbout } from './features/about.ts'
import { createBlock } from './features/block.ts'
import { createConsent } from './features/consent.ts'
import { createStart } from './features/start.ts'
import type { Redraw } from './redraw.ts'
import { createStop } from './features/stop.ts'

/** What every shop's bot does with an update, built once and shared by all of them. */
export function createComposer(dependencies: { redraw: Redraw }): Composer<BotContext> {
  const composer = new Composer<BotContext>()
  composer.use(createStart(), createConsent(dependencies), createStop(), createBlock(), createAbout())
  return composer
}
