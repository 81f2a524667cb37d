import { describeSettings, type Settings } from '@postino/runtime'

/** The part of a command's help that names its environment variables. */
export function settingsHelp(settings: Settings): string {
  const lines = describeSettings(settings).split('\n')
  return ['', 'Settings, from the environment:', ...lines.map((line) => `  ${line}`)].join('\n')
}
