import type { TemplateToCheck } from '../check-template.ts'
import { compareTranslations } from './compare-translations.ts'
import { languageName, reportOf, type AcrossRule } from './shop-texts.ts'

export const buttonsDiffer: AcrossRule = {
  code: 'buttons_differ',
  severity: 'warning',
  about: 'A text with other buttons than the same text in the shop’s language.',
  judge: (texts, { locale }) =>
    compareTranslations(texts, locale, (template, original) => {
      const [own, other] = [targetsOf(template), targetsOf(original)]
      if (own.length !== other.length)
        return `This text has ${counted(own.length)}, and the one in ${languageName(original.locale)} ${counted(other.length)}.`
      return own.every((target, index) => target === other[index])
        ? undefined
        : `The buttons lead elsewhere than those of the text in ${languageName(original.locale)}.`
    }).map(({ template, message }) => reportOf(buttonsDiffer, template, message)),
}

function targetsOf({ content }: TemplateToCheck): string[] {
  return content.buttons
    .flat()
    .map((button) => ('url' in button ? button.url : 'copy' in button ? button.copy : button.action))
    .map((target) => target.replaceAll(/\s/g, ''))
}

function counted(buttons: number): string {
  return buttons === 1 ? '1 button' : `${buttons} buttons`
}
