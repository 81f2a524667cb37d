const DAY_FIRST = /^(\d{1,2})[./-](\d{1,2})(?:[./-](\d{4}))?\.?$/

/**
 * `12/05/1984`, `12.05.1984` and `12.05` as the domain writes a birthday: `1984-05-12`, `--05-12`. The day goes first, as in
 * Europe. What has another form stays as it is, and is judged by the domain.
 */
export function birthdayOf(text: string): string {
  const [, day, month, year] = DAY_FIRST.exec(text) ?? []
  if (day === undefined || month === undefined) return text
  return `${year ?? '-'}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}
