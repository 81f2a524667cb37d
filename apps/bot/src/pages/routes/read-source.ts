import type { ConsentSource } from '@postino/domain'

/** Ways to a page that its address may tell of. What happened on the telephone or in another system it cannot know. */
const SOURCES = [
  'web_form',
  'checkout',
  'qr_pos',
  'email_link',
  'sms_link',
  'app',
  'paper_form',
] as const satisfies readonly ConsentSource[]

/** The way a visitor came, as the shop has written it into the address; undefined when it is none of them. */
export function readSource(value: string | null | undefined): ConsentSource | undefined {
  return SOURCES.find((source) => source === value)
}
