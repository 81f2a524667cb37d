import { expect, test } from 'vitest'
import { allowedHostsProblem, parseAllowedHosts } from './allowed-hosts.ts'

test('hosts come in the spelling of the URL standard', () => {
  expect(parseAllowedHosts('')).toEqual([])
  expect(parseAllowedHosts(' Files.Internal:8443, [0:0::1]:80,127.1:443 ,')).toEqual([
    'files.internal:8443',
    '[::1]:80',
    '127.0.0.1:443',
  ])
})

test.each(['files', 'https://files:80', 'files:80/a', 'me@files:80', 'files:99999', ':80', '*.files:80 x'])(
  '%s is told to be wrong',
  (entry) => {
    expect(allowedHostsProblem(`good:80,${entry}`)).toBe(`${JSON.stringify(entry)} is not <host>:<port>`)
    expect(() => parseAllowedHosts(entry)).toThrow('is not <host>:<port>')
  },
)
