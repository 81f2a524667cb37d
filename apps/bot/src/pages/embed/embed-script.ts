import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { PLANE } from '../markup/drawings.ts'
import type { PageAnswer } from '../page-request.ts'
import { findPageTexts } from '../texts/find-page-texts.ts'
import type { Visit } from '../visit.ts'

export type EmbedScript = (visit: Visit) => PageAnswer

/**
 * The script behind the one tag a shop puts into its own pages: a button that opens the hosted page. All of it is in one function,
 * so the shop's page gets no global name; what differs between shops stands before it.
 */
export function createEmbedScript(): EmbedScript {
  const script = withoutTypes(readFileSync(new URL('browser/embed.ts', import.meta.url), 'utf8'))
  return ({ page, language }) => {
    const { accent_color: accent, locales } = page.settings
    const languages = [language, ...locales.filter((locale) => locale !== language)]
    const labels = Object.fromEntries(languages.map((locale) => [locale, findPageTexts(locale).embed]))
    return {
      status: 200,
      headers: {
        'content-type': 'text/javascript; charset=utf-8',
        'cache-control': 'public, max-age=300',
        // Any shop's page may take it, also with an integrity of its own.
        'access-control-allow-origin': '*',
        'cross-origin-resource-policy': 'cross-origin',
        'x-content-type-options': 'nosniff',
      },
      body: `(()=>{'use strict'\nconst PAGE=${JSON.stringify({ accent, labels, plane: PLANE })}\n${script}})()\n`,
    }
  }
}

/** Without types, comments and the blanks they leave behind. */
function withoutTypes(source: string): string {
  return withoutWarning(() => stripTypeScriptTypes(source))
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^(?:\/\/|\/?\*)/.test(line))
    .join('\n')
}

/** Node warns that the function may still change; versions are pinned here, and the warning is nothing to the operator. */
function withoutWarning<T>(work: () => T): T {
  const emitWarning: typeof process.emitWarning = Reflect.get(process, 'emitWarning')
  process.emitWarning = () => undefined
  try {
    return work()
  } finally {
    process.emitWarning = emitWarning
  }
}
