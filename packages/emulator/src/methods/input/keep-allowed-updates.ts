import { parseAllowedUpdates } from '../../updates/allowed-updates.ts'
import type { MethodCall } from '../method.ts'

/** What a call says about the updates it wants holds for all later calls that say nothing. */
export function keepAllowedUpdates({ bot, parameters }: MethodCall): void {
  const allowed = parseAllowedUpdates(parameters.text('allowed_updates'))
  if (allowed !== undefined) bot.inbox.setAllowedUpdates(allowed)
}
