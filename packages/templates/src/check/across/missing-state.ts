import { stateFieldOf } from '@postino/domain'
import { reportOf, type AcrossRule, type KindTexts, type ShopFacts } from './shop-texts.ts'

export const missingState: AcrossRule = {
  code: 'missing_state',
  severity: 'warning',
  about:
    'States the shop tells about that have neither a text of their own nor one for all others: nobody is told.',
  judge(texts, shop) {
    const { kind, templates } = texts
    if (stateFieldOf(kind) === undefined || templates.some(({ state }) => state === '')) return []
    const missing = missingStates(texts, shop)
    return missing !== undefined && missing.length === 0
      ? []
      : [
          reportOf(
            missingState,
            { kind, state: '', locale: shop.locale },
            `${missing === undefined ? 'Other states have no text' : `${missing.map((state) => `“${state}”`).join(', ')} ${missing.length === 1 ? 'has' : 'have'} no text`}, so nobody is told. Write one for states without a text of their own.`,
          ),
        ]
  },
}

/** The states without a text, or undefined when any may come. */
function missingStates({ kind, templates }: KindTexts, { managedStates }: ShopFacts): string[] | undefined {
  const states = stateFieldOf(kind)?.states
  const managed = kind === 'order.status_changed' ? managedStates : null
  const told = managed ?? (states?.isOpen === false ? states.known : undefined)
  return told?.filter((state) => !templates.some((template) => template.state === state))
}
