import type { TemplateContent } from '@postino/domain'

/** A template with something wrong, as an English text for orders unless it says otherwise, and what is said of it. For tests. */
export interface BadTemplate extends Partial<TemplateContent> {
  text: string
  kind?: string
  state?: string
  locale?: string
  says: string[]
}
