import type { PublishedTemplate } from '@postino/database'

/**
 * The published text for a message, of those of its shop and kind: its own state before the one for every state, and within that
 * the first language of the chain that the shop has written; any language rather than silence.
 */
export function chooseTemplate(
  templates: readonly PublishedTemplate[],
  message: { kind: string; state: string },
  locales: readonly string[],
): PublishedTemplate | undefined {
  return chooseOfState(message.state) ?? (message.state === '' ? undefined : chooseOfState(''))

  function chooseOfState(state: string): PublishedTemplate | undefined {
    const isOfState = (template: PublishedTemplate) =>
      template.state === state && template.kind === message.kind
    for (const locale of locales) {
      const inLanguage = templates.find((template) => template.locale === locale && isOfState(template))
      if (inLanguage !== undefined) return inLanguage
    }
    return templates.find(isOfState)
  }
}
