/**
 * Rises with whatever changes what the checker says: a rule, a sentence, the language, the markup, the fields of a kind. Templates
 * judged by an older one are judged again. A test knows what this version says of a row of templates, and fails when it says
 * something else.
 */
export const CHECKER_VERSION = 1
