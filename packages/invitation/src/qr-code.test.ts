import { expect, test } from 'vitest'
import { qrPng, qrSvg, qrTerminal } from './qr-code.ts'
import { startLink } from './start-link.ts'

const LINK = startLink('mario_rossi_bot', 'q'.repeat(22))

test('an SVG is one element without size, ids, styles or scripts, black on its own white', async () => {
  const svg = await qrSvg(LINK)
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 41 41"[^>]*>.*<\/svg>$/s)
  expect(svg).toContain('fill="#ffffff"')
  expect(svg).not.toMatch(/ (id|style|width|height|on\w+)=|<script|<style/)
  expect(svg.length).toBeLessThan(10_000)
})

test('a PNG is a picture large enough to be printed', async () => {
  const png = await qrPng(LINK)
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  expect(png.readUInt32BE(16)).toBe(41 * 12)
})

test('in a terminal a code has half as many lines as modules', async () => {
  const lines = (await qrTerminal(LINK)).trimEnd().split('\n')
  expect(lines.length).toBeLessThanOrEqual(24)
  expect(lines.length).toBeGreaterThanOrEqual(18)
})
