import type { RenderOutcome } from '@postino/database'
import { createLogger } from '@postino/runtime'
import { expect, test } from 'vitest'
import { messageToRender, publishedTemplate } from './message-to-render.ts'
import { createRenderMessages, type RenderMessagesDependencies } from './render-messages.ts'
import { textKey, type KnownShop } from './shop-cache.ts'

const RENDERED = { html: 'Ciao', buttons: [], media: [], silent: false, protect: false }
const BOT = { shopId: '1', botId: '2' }
const MESSAGES = ['1', '2', '3'].map((id) => messageToRender({ id }))
const SHOP: KnownShop = {
  settings: messageToRender().shop,
  policy: {},
  texts: new Map([[textKey(messageToRender()), [publishedTemplate()]]]),
  weight: 1,
}
const IDS = MESSAGES.map(({ id }) => id)

function prepare(change: Partial<RenderMessagesDependencies> = {}) {
  const finished: string[][] = []
  const told: unknown[] = []
  const renderMessages = createRenderMessages({
    load: async (ids) => MESSAGES.filter(({ id }) => ids.includes(id)),
    async findShops(messages) {
      told.push(['shops', messages.map(({ id }) => id)])
      return new Map([['1', SHOP]])
    },
    async finish(outcomes) {
      finished.push(outcomes.map(line))
      return { bots: [BOT], superseded: [] }
    },
    wake: async (bots) => void told.push(['wake', bots]),
    render: () => ({ status: 'rendered', content: RENDERED }),
    metrics: {
      rendered: (kind, outcome) => told.push([kind, line(outcome)]),
      superseded: (reason) => told.push(['superseded', reason]),
    },
    logger: createLogger({ name: 'test', level: 'silent' }),
    ...change,
  })
  return { renderMessages, finished, told }
}

function line(outcome: RenderOutcome): string {
  return 'reason' in outcome
    ? `${outcome.id} ${outcome.status}: ${outcome.reason}`
    : `${outcome.id} ${outcome.status}`
}

function refused(): Error {
  return Object.assign(new Error('unsupported Unicode escape sequence'), { code: '22P05' })
}

test('a job’s messages are finished together, and the bots that have something to send are woken after that', async () => {
  const { renderMessages, finished, told } = prepare()
  await renderMessages(IDS)
  expect(finished).toEqual([['1 queued', '2 queued', '3 queued']])
  expect(told).toEqual([
    ['shops', IDS],
    ...IDS.map((id) => ['order.status_changed', `${id} queued`]),
    ['wake', [BOT]],
  ])
})

test('a job whose messages were rendered before does nothing', async () => {
  const { renderMessages, finished, told } = prepare({ load: async () => [] })
  await renderMessages(IDS)
  expect([finished, told]).toEqual([[], []])
})

test('a message that breaks in a way nobody foresaw fails alone, and says that it was us', async () => {
  let calls = 0
  const { renderMessages, finished } = prepare({
    render() {
      if (++calls === 2) throw new TypeError('not foreseen')
      return { status: 'rendered', content: RENDERED }
    },
  })
  await renderMessages(IDS)
  expect(finished).toEqual([['1 queued', '2 failed: internal_error', '3 queued']])
})

test('a text that Postgres cannot store fails alone', async () => {
  const finished: string[][] = []
  const { renderMessages, told } = prepare({
    async finish(outcomes) {
      if (outcomes.some(({ id, status }) => id === '2' && status === 'queued')) throw refused()
      finished.push(outcomes.map(line))
      return { bots: [BOT], superseded: [] }
    },
  })
  await renderMessages(IDS)
  expect(finished).toEqual([['1 queued'], ['2 failed: internal_error'], ['3 queued']])
  expect(told.slice(1)).toEqual([
    ['order.status_changed', '1 queued'],
    ['order.status_changed', '2 failed: internal_error'],
    ['order.status_changed', '3 queued'],
    ['wake', [BOT, BOT, BOT]],
  ])
})

test('a Postgres that is away fails the job, which comes again; nobody is woken', async () => {
  const { renderMessages, told } = prepare({
    finish: () => Promise.reject(new Error('connection terminated')),
  })
  await expect(renderMessages(IDS)).rejects.toThrow('connection terminated')
  expect(told).toEqual([['shops', IDS]])
})

test('bots of what was queued are woken though the rest was not, which comes again with the job', async () => {
  const failure = new Error('connection terminated')
  const { renderMessages, told } = prepare({
    finish: async () => ({ bots: [BOT], superseded: [], failure }),
  })
  await expect(renderMessages(IDS)).rejects.toThrow(failure)
  expect(told.at(-1)).toEqual(['wake', [BOT]])
})

test('so are they where the rest holds a text that Postgres cannot store', async () => {
  const finished: number[] = []
  const { renderMessages, told } = prepare({
    async finish(outcomes) {
      finished.push(outcomes.length)
      if (outcomes.length === 1) return { bots: [], superseded: [] }
      return { bots: [BOT], superseded: [], failure: refused() }
    },
  })
  await renderMessages(IDS)
  expect(finished).toEqual([3, 1, 1, 1])
  expect(told.at(-1)).toEqual(['wake', [BOT]])
})
