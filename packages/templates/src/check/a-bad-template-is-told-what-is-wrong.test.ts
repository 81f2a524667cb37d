import { expect, test } from 'vitest'
import { BAD_TEMPLATES } from './bad-templates/bad-templates.ts'
import { say } from './say-for-tests.ts'

test.each(BAD_TEMPLATES.map((template) => [JSON.stringify(template.text.slice(0, 60)), template] as const))(
  '[U18] %s: every mistake has its place and its sentence',
  (_name, { says, ...template }) => {
    expect(say(template)).toEqual(says)
  },
)
