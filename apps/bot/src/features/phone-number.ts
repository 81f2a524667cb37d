/** A number as Telegram gives it, with or without its plus sign, in E.164; undefined when it is none. */
export function normalisePhone(phoneNumber: string): string | undefined {
  const phone = `+${phoneNumber.replace(/^\+/, '').replaceAll(/[\s().-]/g, '')}`
  return /^\+[1-9]\d{6,14}$/.test(phone) ? phone : undefined
}
