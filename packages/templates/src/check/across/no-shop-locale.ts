import { localeChain } from '@postino/domain'
import { languageName, reportOf, type AcrossRule } from './shop-texts.ts'

export const noShopLocale: AcrossRule = {
  code: 'no_shop_locale',
  severity: 'warning',
  about: 'A kind of event without any text in the shop’s own language.',
  judge({ kind, templates }, { locale }) {
    const chain = localeChain([locale])
    return templates.some((template) => chain.includes(template.locale))
      ? []
      : [
          reportOf(
            noShopLocale,
            { kind, state: '', locale },
            `There is no text in ${languageName(locale)}, your shop’s own language.`,
          ),
        ]
  },
}
