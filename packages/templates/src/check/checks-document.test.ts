import { expect, test } from 'vitest'
import { ALL_RULES } from './all-rules.ts'
import { BAD_TEMPLATES } from './bad-templates/bad-templates.ts'
import { ACROSS_RULES } from './check-templates.ts'
import { MARKUP_RULES } from './rules/markup-rules.ts'

const INTRODUCTION = `# What the checker says

A template is checked when it is saved, and again when the checker has learned something. **Errors** keep it from being published: some
message could not be sent, or would not say what is meant. **Warnings** do not: they are for whoever wrote it to judge. Every finding
has a code, the part of the template (\`text\`, \`buttons.0.1.url\`), a line and a column where it has one, and a sentence.
`

test('CHECKS.md lists every code there is', async () => {
  const rows = ALL_RULES.map(({ code, severity, about }) => `| \`${code}\` | ${severity} | ${shown(about)} |`)
  const document = [INTRODUCTION, '| code | | what is found |', '|---|---|---|', ...rows, ''].join('\n')
  await expect(document).toMatchFileSnapshot('../../CHECKS.md')
})

test('every code belongs to one rule, which says what it looks for', () => {
  expect(new Set(ALL_RULES.map(({ code }) => code)).size).toBe(ALL_RULES.length)
  for (const { code, about } of ALL_RULES) {
    expect(code).toMatch(/^[a-z][a-z_]{1,40}$/)
    expect(about).toMatch(/^[\p{Lu}`“][^|]+\.$/u)
  }
})

test('every rule for a single template is seen at work, in its severity', () => {
  const seen = new Set(BAD_TEMPLATES.flatMap(({ says }) => says.map((line) => line.split(' ', 2).join(' '))))
  const tested = ALL_RULES.filter((rule) => !sideBySide.has(rule.code) && !markup.has(rule.code))
  expect(tested.map(({ severity, code }) => `${severity} ${code}`).filter((rule) => !seen.has(rule))).toEqual(
    [],
  )
})

const sideBySide = new Set(ACROSS_RULES.map(({ code }) => code))
const markup = new Set(MARKUP_RULES.map(({ code }) => code))

/** Tags are shown, not obeyed. */
function shown(about: string): string {
  return about.replaceAll(/<[^<>]*>|\{%[^%]*%\}|href="…"|&nbsp;/g, (code) => `\`${code}\``)
}
