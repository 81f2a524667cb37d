import type { DemoShop } from '../local/demo-shop.ts'
import type { EmulatorClient } from '../local/emulator-client.ts'
import type { Say } from '../surroundings.ts'

/** Where the demo plays. */
export interface Stage {
  emulator: EmulatorClient
  ingestUrl: string
  shop: DemoShop
  say: Say
}
