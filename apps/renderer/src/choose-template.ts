import type { PublishedTemplate } from '@postino/database'

/**
 * The published text for a message: its own state before the one for every state, and within that the first language of
 * the chain that the shop has written; any language rather than silence.
 */
export function chooseTemplate(
  templates: PublishedTemplate[],
  message: { shopId: string; kind: string; state: string },
  locales: string[],
): PublishedTemplate | undefined {
  const ofKind = templates.filter(
    (template) => template.shopId === message.shopId && template.kind === message.kind,
  )
  for (const state of new Set([message.state, ''])) {
    const ofState = ofKind.filter((template) => template.state === state)
    const inLanguage = locales
      .map((locale) => ofState.find((template) => template.locale === locale))
      .find((template) => template !== undefined)
    const chosen = inLanguage ?? ofState[0]
    if (chosen !== undefined) return chosen
  }
  return undefined
}
