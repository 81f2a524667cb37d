import type { Settings } from '@postino/runtime'
import { settingsHelp } from '../settings-help.ts'

/** What stands below a command's options: examples, and its environment variables where it has any. */
export function commandHelp(examples: string | readonly string[], settings?: Settings): string {
  const lines = ['', 'Example:', ...[examples].flat().map((example) => `  postino ${example}`)]
  return [...lines, ...(settings === undefined ? [] : [settingsHelp(settings)])].join('\n')
}
