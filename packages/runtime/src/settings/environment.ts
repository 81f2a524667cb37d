import { readSettings } from './read-settings.ts'
import type { Config, Settings } from './setting.ts'

/**
 * Reads the settings from the environment of this process, for programs that are no service. The only place that does, so that
 * everything else can be started with any settings.
 *
 * @throws InvalidSettingsError with all problems
 */
export function readEnvironment<S extends Settings>(settings: S): Config<S> {
  return readSettings(settings, process.env)
}
