/** Why we refuse what Telegram takes: on purpose, each for one reason. The pattern is of checkHtml's detail. */
export const STRICTER_ON_PURPOSE: readonly { reason: string; detail: RegExp }[] = [
  {
    reason: 'a link needs an address of its own, or its text becomes one',
    detail: /^<a>: it needs an address/,
  },
  { reason: 'Telegram drops a link it dislikes without a word', detail: /^<a>: the address/ },
  { reason: 'a link has an address and nothing else', detail: /^<a>: it may have href only/ },
  { reason: 'Telegram overlooks attributes it does not know', detail: /^<[\w-]+>: it (?:may have|needs)/ },
  { reason: 'numbers out of range become others', detail: /^<tg-(?:emoji|time)>: its / },
  {
    reason: 'Telegram drops one of two tags, or shows what should be hidden',
    detail: /may (?:not )?stand inside/,
  },
  { reason: 'Telegram shows names it does not know as they stand', detail: /^Telegram knows &lt;/ },
  {
    reason: 'values without double quotes, odd blanks and nameless ends are slips of the pen',
    detail: /begins no complete tag/,
  },
]
