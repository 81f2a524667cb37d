import type { FloodModel } from './flood/flood-model.ts'
import { DEFAULT_FLOOD_SETTINGS } from './flood/flood-settings.ts'
import type { FloodSettings, FloodSettingsChange } from './flood/flood-settings.ts'

/** How the emulator behaves. Everything can be changed while it runs. */
export interface Settings {
  /** Webhooks over http, on any port and on this machine, as the real server's local mode allows. */
  readonly localWebhooks: boolean
  /** The waits that the real server makes impatient bots take: three seconds for getUpdates, one for setWebhook. */
  readonly penalties: boolean
  /** Multiplies the delays between attempts at a webhook. */
  readonly retryTimeScale: number
  /** How long a pressed button may be answered. Telegram does not say; bots report some seconds to minutes. */
  readonly callbackLifetimeMs: number
  readonly maxUploadBytes: number
  /** Messages kept of all chats together; the oldest are forgotten. */
  readonly keptMessages: number
  /** Messages kept of one chat; older ones are forgotten. */
  readonly keptMessagesPerChat: number
  /** Texts that are remembered to find what was sent twice; half of them are forgotten at a time. 0: none. */
  readonly keptTexts: number
  /** Calls kept in the request log. */
  readonly keptRequests: number
  readonly flood: FloodSettings
}

export type SettingsChange = Partial<Omit<Settings, 'flood'>> & { readonly flood?: FloodSettingsChange }

export const DEFAULT_SETTINGS: Settings = {
  localWebhooks: true,
  penalties: true,
  retryTimeScale: 1,
  callbackLifetimeMs: 60_000,
  maxUploadBytes: 50 * 1024 * 1024,
  keptMessages: 1_000_000,
  keptMessagesPerChat: 2000,
  keptTexts: 1_000_000,
  keptRequests: 10_000,
  flood: DEFAULT_FLOOD_SETTINGS,
}

export interface SettingsKeeper {
  read(): Settings
  change(change: SettingsChange): Settings
}

/** The settings in force. Those of flood control live in its model. */
export function createSettingsKeeper(flood: FloodModel): SettingsKeeper {
  let current: Settings = { ...DEFAULT_SETTINGS, flood: flood.settings() }
  return {
    read: () => current,
    change({ flood: floodChange, ...change }) {
      if (floodChange !== undefined) flood.set(floodChange)
      current = { ...current, ...change, flood: flood.settings() }
      return current
    },
  }
}
