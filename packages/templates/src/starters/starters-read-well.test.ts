import { expect, test } from 'vitest'
import type { RenderedContent } from '../render/render-message.ts'
import { fullData, LOCALES, renderBare, renderStarter, visibleText } from './render-for-tests.ts'
import type { StarterTemplate } from './starter-templates.ts'
import { starterTemplates } from './starter-templates.ts'

const textsOf = (locale: StarterTemplate['locale']) =>
  starterTemplates.filter((template) => template.locale === locale)

/** What the language itself says, without the fields. */
const wordsOf = ({ content }: StarterTemplate) =>
  [content.text, ...content.buttons.flat().map(({ text }) => text)]
    .join('\n')
    .replaceAll(/\{\{.*?\}\}|\{%.*?%\}|<.*?>/g, '')

/** A message as it is read: its text, then its buttons. */
function read({ html, buttons }: RenderedContent): string {
  return [visibleText(html), ...buttons.flat().map(({ text }) => `[ ${text} ]`)].join('\n')
}

test.each(LOCALES)('the texts in %s are those that were read aloud', async (locale) => {
  const pages = textsOf(locale).map((template) => {
    const title = `──── ${template.kind} ${template.state}`.trim()
    const whole = read(renderStarter(template, fullData(template)))
    const bare = read(renderBare(template))
    return `${title}\n\n${whole}\n\n· with nothing that may be missing ·\n\n${bare}\n`
  })
  await expect(pages.join('\n')).toMatchFileSnapshot(`rendered/${locale}.txt`)
})

test.each(LOCALES)('in %s a message is taken in at a glance, and its buttons fit on a phone', (locale) => {
  for (const template of textsOf(locale)) {
    const { html, buttons } = renderStarter(template, fullData(template))
    expect(visibleText(html).length).toBeLessThan(300)
    for (const { text } of buttons.flat()) expect(text.length).toBeLessThanOrEqual(24)
  }
})

test.each(LOCALES)('in %s apostrophes are set, and nothing shouts', (locale) => {
  for (const template of textsOf(locale)) {
    expect(JSON.stringify(template.content)).not.toMatch(/\p{L}['ʼ]\p{L}/u)
    expect(wordsOf(template)).not.toMatch(/!.*!|!!|\.\.\./s)
  }
})

test('French has unbreakable blanks before its high signs', () => {
  for (const template of textsOf('fr')) {
    expect(wordsOf(template)).not.toMatch(/(?<!\u00a0):|(?<!\u202f)[!?;]/)
  }
})

test.each(['uk', 'de', 'pl'] as const)('%s calls nobody by name', (locale) => {
  for (const { content } of textsOf(locale)) expect(content.text).not.toContain('contact.')
})
