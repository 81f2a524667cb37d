import type { Settings } from '@postino/runtime'
import { settingsHelp } from '../settings-help.ts'

/** What stands below a command's options: an example, and its environment variables where it has any. */
export function commandHelp(example: string, settings?: Settings): string {
  const lines = ['', 'Example:', `  postino ${example}`]
  return [...lines, ...(settings === undefined ? [] : [settingsHelp(settings)])].join('\n')
}
