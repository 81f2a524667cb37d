import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { exampleExport } from './example-export.ts'
import { renderExportHtml } from './render-export-html.ts'

const TAG = /<\/?([a-z0-9!]+)[^<>]*>/gi

function tagsOf(page: string): string[] {
  return [...page.matchAll(TAG)].map(([tag]) => tag)
}

test('[U5, U10] whatever people and shops wrote stands in the page as text, and adds no tag to it', () => {
  const plain = tagsOf(renderExportHtml(exampleExport('Giulia'), 'it'))
  const hostile = fc.constantFrom(
    '<script>x</script>',
    '"><img src=x onerror=y>',
    '</style><b>',
    "' onclick='x",
    '&lt;b&gt;',
    '<!--',
    ']]>',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        hostile,
        fc.string({ unit: 'grapheme' }).map((text) => `x${text}`),
      ),
      (text) => {
        const page = renderExportHtml(exampleExport(text), 'it')
        expect(tagsOf(page)).toEqual(plain)
        expect(page).not.toMatch(/<(script|img|link|iframe|object|svg|form)/i)
      },
    ),
  )
})

test('the page brings all it needs, and asks nothing of anybody', () => {
  const page = renderExportHtml(exampleExport('https://tracker.example/x.png'), 'en')
  expect(page).toContain("default-src 'none'")
  expect(page).not.toMatch(/\s(src|srcset|action)=|@import|url\(/)
  for (const [, target] of page.matchAll(/href="([^"]*)"/g)) expect(target).toMatch(/^#[a-z]+$/)
})

test.each([
  ['it-IT', 'it', 'A che cosa hai acconsentito', 'I miei ordini', 'inviato'],
  ['uk', 'uk', 'На що ви погодилися', 'надіслано', 'Ваші чати'],
  ['de-AT', 'en', 'What you agreed to', 'My orders', 'Messages to you'],
])('[CM-16] it is written in the language of %s', (locale, language, ...words) => {
  const page = renderExportHtml(exampleExport(), locale)
  expect(page).toContain(`<html lang="${language}">`)
  for (const word of words) expect(page).toContain(word)
})

test('[CM-16] the proof of a consent is there in full: the words, when, where, by whom, with which seals', () => {
  const page = renderExportHtml(exampleExport('Sì, scrivetemi'), 'it')
  for (const part of [
    '<blockquote>Sì, scrivetemi</blockquote>',
    'update_id',
    'reference',
    'ab12',
    'ef56',
    '0a1b',
  ])
    expect(page).toContain(part)
  expect(page).toContain('<time datetime="2026-11-21T09:00:00.000Z">21 nov 2026, 10:00:00 CET</time>')
})

test('a message is shown as its person read it, with the addresses of its links', () => {
  const data = exampleExport()
  const [message] = data.messages.items
  message!.content!.html =
    '<b>Ciao</b> A &amp; B &lt;3\n<a href="https://shop.example/?a=1&amp;b=2">il tuo ordine</a> &#8364;5'
  const page = renderExportHtml(data, 'it')
  expect(page).toContain(
    '<blockquote>Ciao A &amp; B &lt;3\nil tuo ordine (https://shop.example/?a=1&amp;b=2) €5</blockquote>',
  )
})

test('what is left out is counted, what is empty says so, and a page of nobody is whole', () => {
  const data = exampleExport()
  expect(renderExportHtml(data, 'en')).toContain('The latest 1 of 3.')
  const empty = {
    registrations: [],
    groups: [],
    consents: [],
    merges: [],
    optin_links: [],
    former_contacts: [],
  }
  const nothing = { total: 0, items: [] }
  const page = renderExportHtml({ ...data, ...empty, messages: nothing, events: nothing }, 'en')
  expect(page.match(/Nothing\./g)).toHaveLength(4)
  expect(page).not.toContain('undefined')
  expect(page).not.toContain('null')
})

test('a time zone this machine does not know is no reason to keep somebody’s data back', () => {
  const data = exampleExport()
  data.contact.time_zone = 'Mars/Olympus'
  expect(renderExportHtml(data, 'en')).toContain('UTC')
})
