import type { Enqueue } from '@postino/queues'
import type { Config } from '@postino/runtime'
import type { Ask } from '../ask.ts'
import type { consoleSettings } from '../settings.ts'

/** What the resources are made with. */
export interface RouteDependencies {
  ask: Ask
  enqueue: Enqueue
  config: Pick<Config<typeof consoleSettings>, 'botPublicUrl' | 'importSeconds'>
}
