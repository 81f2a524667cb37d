import { KIND_RULES } from '@postino/domain'
import { findWords, type FoundWords } from '../words/author-words.ts'
import { MARKETING_WORDS, PRICE_CUT } from '../words/marketing-words.ts'
import type { SourceRule, SourceToJudge } from '../rule.ts'

export const marketingWords: SourceRule = {
  code: 'marketing_words',
  severity: 'warning',
  about: 'Words of advertising in a message people agreed to for another purpose.',
  judge(source) {
    if (KIND_RULES[source.kind].purpose === 'marketing') return []
    return wordsOfAdvertising(source).map(({ words, place }) => ({
      message: `“${words.trim()}” sounds like advertising, and whoever gets this has not agreed to any. Leave it out, or keep it for those who agreed to offers.`,
      place,
    }))
  },
}

/** What in the words of a source is advertising, by the list of its language. */
export function wordsOfAdvertising({ use, words, region }: SourceToJudge): FoundWords[] {
  if (use !== 'text' && use !== 'preview' && use !== 'label') return []
  const list = MARKETING_WORDS.get(region.language)
  return [...(list === undefined ? [] : findWords(words, list)), ...findWords(words, PRICE_CUT)]
}
