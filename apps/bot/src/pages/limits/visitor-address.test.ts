import { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { networkOf, visitorAddress } from './visitor-address.ts'

const socket = Object.defineProperty(new Socket(), 'remoteAddress', { value: '203.0.113.9' })

test('a header counts only when the operator names it', () => {
  const headers = { 'x-forwarded-for': '198.51.100.1' }
  expect(visitorAddress({ headers, socket }, undefined)).toBe('203.0.113.9')
  expect(visitorAddress({ headers, socket }, 'X-Forwarded-For')).toBe('198.51.100.1')
})

test('of several addresses the last one is the proxy’s own word', () => {
  const headers = { 'x-forwarded-for': '10.0.0.1, 198.51.100.1' }
  expect(visitorAddress({ headers, socket }, 'x-forwarded-for')).toBe('198.51.100.1')
})

test.each(['', 'unknown', '1.2.3', '<script>'])('%j is no address: the connection’s own counts', (said) => {
  expect(visitorAddress({ headers: { 'x-real-ip': said }, socket }, 'x-real-ip')).toBe('203.0.113.9')
})

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:0DB8:0001:0002::9', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
])('%s counts as %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})
