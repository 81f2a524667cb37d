import { expect, test } from 'vitest'
import { run } from './run.ts'

/** What a command line comes to that is refused before anything is asked of a server. */
async function type(line: string): Promise<{ code: number; out: string[]; err: string[] }> {
  const [out, err]: [string[], string[]] = [[], []]
  const code = await run(line.split(' '), {
    say: (text) => out.push(text),
    warn: (text) => err.push(text),
    input: process.stdin,
  })
  return { code, out, err }
}

test.each([
  ['xyzzy', 'xyzzy'],
  ['shop xyzzy', 'xyzzy'],
  ['shop create --name B', 'slug'],
  ['shop create bottega', '--name <name>'],
  ['shop create Bottega --name B', 'small letters, digits and hyphens'],
  ['shop create bottega --name B --locale it_IT', '--locale'],
  ['shop create bottega --name B --time-zone Rome', '--time-zone'],
  ['shop create bottega --name B --privacy-url privacy.html', 'http or https address'],
  ['shop change bottega', '--paid-broadcast or --attachments'],
  ['shop change bottega --sandbox --live', 'take one of them'],
  ['shop change bottega --max-registrations 0', 'from 1 on, or none'],
  ['shop change bottega --contract order_updates,marketing', 'marketing needs consent everywhere'],
  ['shop change bottega --quiet-hours 21-8', 'two times of the day, such as 21:00-08:00, or none'],
  ['shop change bottega --quiet-hours 08:00-08:00', 'two times of the day'],
  ['shop change bottega --order-states paid,', '--order-states'],
  ['shop create bottega --name B --quiet-hours night', 'two times of the day'],
  ['bot replace old_bot --shop bottega --by new_bot --end', 'take one of them'],
  ['contact import --shop bottega', 'file'],
  ['contact import - --shop bottega --country Italy', 'two letters'],
  ['contact list --shop bottega --limit 0', 'from 1 to 9999'],
  ['contact merge ada --shop bottega', '--into <external id>'],
  ['registration list --shop bottega --status open', 'active'],
  ['registration revoke 5 --shop bottega', '--reason <text>'],
  ['registration revoke x --shop bottega --reason r', 'the number of a registration'],
  ['group create a! --shop bottega', '2 to 32 letters'],
  ['shop change bottega --paid-broadcast 30', 'from 31 to 1000, or off'],
  ['shop change bottega --paid-broadcast 1001', 'from 31 to 1000, or off'],
  ['shop change bottega --paid-broadcast 1e2', 'from 31 to 1000, or off'],
  ['bot add', '--shop <slug>'],
  ['bot pause --shop bottega', 'bot'],
  ['bot resume bottega_bot', '--shop <slug>'],
  ['key create', '--shop <slug>'],
  ['key revoke abc --shop bottega', 'ten letters and digits'],
  ['contact add --shop bottega', '--external-id <id>'],
  ['contact export --shop bottega', 'external id'],
  ['contact export ada --shop bottega --html xx_yy', '--html'],
  ['contact erase ada', '--shop <slug>'],
  ['contact erased --shop bottega --since yesterday', '2026-11-21T09:00:00Z'],
  ['consent list --shop bottega', '--contact <external id>'],
  ['consent export', '--shop <slug>'],
  ['consent verify --contact ada', '--shop <slug>'],
  ['consent verify --head 1-ab', '--shop <slug>'],
  ['optin-link --contact ada', '--shop <slug>'],
  ['optin-link --shop bottega --source telegram_login', 'checkout'],
  ['optin-link --shop bottega --contact ada --purposes orders', 'order_updates'],
  ['optin-link --shop bottega --contact ada --expires 7w', '7d'],
  ['explain --shop bottega', 'id'],
  ['explain event-1', '--shop <slug>'],
  ['unknown list', '--shop <slug>'],
  ['unknown resend --shop bottega', 'message'],
  ['unknown resend event-1 --shop bottega', 'number of a message'],
  ['unknown drop 0 --shop bottega', 'number of a message'],
])('postino %s is wrong usage, told in one line that names %s', async (line, name) => {
  const { code, out, err } = await type(line)
  expect({ code, out }).toEqual({ code: 2, out: [] })
  expect(err).toHaveLength(1)
  expect(err[0]).toContain(name)
  expect(err[0]).toMatch(/^postino: .+$/)
})

test.each(['--help', 'shop --help', 'shop change --help', 'bot pause --help', 'unknown resend --help'])(
  'postino %s says what it takes, and ends well',
  async (line) => {
    const { code, out, err } = await type(line)
    expect({ code, err }).toEqual({ code: 0, err: [] })
    expect(out.join('\n')).toContain('Usage: postino')
  },
)
