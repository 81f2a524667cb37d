import type { MarkupCode } from '../../markup/markup-finding.ts'
import type { Rule } from '../rule.ts'

const ABOUT: Record<MarkupCode, string> = {
  markup_unknown_tag: 'A tag Telegram does not know, such as <p> or <br>.',
  markup_attribute: 'An attribute that its tag does not have in Telegram, or one that is missing.',
  markup_address: 'A link that does not lead to a web address.',
  markup_nesting: 'A tag where Telegram does not take it, such as a link in a link.',
  markup_not_closed: 'A tag that is never closed.',
  markup_closes_nothing: 'A closing tag without one that it closes.',
  markup_crosses_branch:
    'A tag that is opened inside of an {% if %} or {% for %} and not closed there, or the other way round.',
  markup_split_tag:
    'A tag with a field or a condition inside, other than a field that is the whole of href="…".',
  markup_bracket: 'A “<” that begins no tag.',
  markup_entity: 'An entity Telegram shows as it stands, such as &nbsp;.',
  markup_markdown: 'Stars, underscores and the like, which stand for bold elsewhere and not here.',
}

/** What checkMarkup finds: its own words say what is wrong, these what it looks for. */
export const MARKUP_RULES: readonly Rule[] = Object.entries(ABOUT).map(([code, about]) => ({
  code,
  severity: code === 'markup_markdown' ? 'warning' : 'error',
  about,
}))
