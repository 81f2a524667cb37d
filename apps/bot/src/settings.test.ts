import { readFileSync } from 'node:fs'
import { describeSettings } from '@postino/runtime'
import { expect, test } from 'vitest'
import { botSettings } from './settings.ts'

test('the README names every setting with its default', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8').replaceAll('`', '')
  const settings = describeSettings(botSettings)
    .split('\n')
    .map((line) => line.split(/ {2,}/))
  expect(settings).toHaveLength(16)
  for (const [name = '', fallback = ''] of settings) {
    const shown = ['required', '–'].includes(fallback) ? '' : `${fallback} `
    expect(readme).toContain(`| ${name.replace('[_FILE]', '')} | ${shown}|`)
  }
})
