const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** A message in Telegram's HTML as plain text: links with their addresses behind them. */
export function plainText(telegramHtml: string): string {
  const linked = telegramHtml.replaceAll(
    /<a\s[^>]*?href="([^"]*)"[^>]*>(.*?)<\/a>/gs,
    (_link, address: string, text: string) => (text === address ? text : `${text} (${address})`),
  )
  return linked.replaceAll(/<[^>]*>/g, '').replaceAll(/&(#x?[0-9a-f]+|[a-z]+);/gi, decode)
}

function decode(entity: string, name: string): string {
  if (!name.startsWith('#')) return NAMED[name.toLowerCase()] ?? entity
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
  return code <= 0x10ffff ? String.fromCodePoint(code) : entity
}
