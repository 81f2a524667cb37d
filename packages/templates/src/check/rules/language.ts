import type { Rule } from '../rule.ts'

/** What the reading of a source refuses, with its own sentence. */
export const language: Rule = {
  code: 'language',
  severity: 'error',
  about:
    'What the template language does not have, such as a calculation, or an {% if %} without its {% endif %}.',
}
