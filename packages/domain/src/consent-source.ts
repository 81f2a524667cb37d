/**
 * Where a consent was given or a link was shown. `bot_dialog`, `telegram_login` and `qr_pos` are the contact's own acts in
 * Telegram or on our page; the others are the shop's word, and need its proof.
 */
export const CONSENT_SOURCES = [
  'web_form',
  'checkout',
  'qr_pos',
  'email_link',
  'sms_link',
  'app',
  'phone_call',
  'paper_form',
  'bot_dialog',
  'telegram_login',
  'import_proof',
  'api',
] as const

export type ConsentSource = (typeof CONSENT_SOURCES)[number]
