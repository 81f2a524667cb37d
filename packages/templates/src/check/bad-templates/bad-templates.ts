import { BAD_FIELDS } from './bad-fields.ts'
import { BAD_VALUES } from './bad-values.ts'
import { BAD_WORDS } from './bad-words.ts'

export const BAD_TEMPLATES = [...BAD_FIELDS, ...BAD_VALUES, ...BAD_WORDS]
