import type { PublishedTemplate } from '@postino/database'
import { expect, test } from 'vitest'
import { chooseTemplate } from './choose-template.ts'

const MESSAGE = { kind: 'order.status_changed', state: 'shipped' }

function template(state: string, locale: string): PublishedTemplate {
  return {
    templateId: `${state}-${locale}`,
    version: 1,
    kind: 'order.status_changed',
    state,
    locale,
    content: { text: 'x', buttons: [], silent: false },
  }
}

test('the text for the state is taken before the one for every state, even in another language', () => {
  const chosen = chooseTemplate([template('', 'it'), template('shipped', 'en')], MESSAGE, [
    'it-IT',
    'it',
    'en',
  ])
  expect(chosen?.templateId).toBe('shipped-en')
})

test('the languages are tried in the order of the chain', () => {
  const templates = [template('', 'en'), template('', 'uk'), template('', 'it')]
  expect(chooseTemplate(templates, MESSAGE, ['uk', 'en'])?.locale).toBe('uk')
})

test('a text in any language is better than none', () => {
  expect(chooseTemplate([template('', 'uk')], MESSAGE, ['it'])?.locale).toBe('uk')
})

test('other kinds and other states are never taken', () => {
  const templates = [template('paid', 'it'), { ...template('', 'it'), kind: 'cart.abandoned' }]
  expect(chooseTemplate(templates, MESSAGE, ['it'])).toBeUndefined()
})
