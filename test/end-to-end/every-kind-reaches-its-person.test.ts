import { insertOptinLink, upsertContact } from '@postino/database'
import { EVENT_KINDS, exampleAt, PURPOSES, type EventKind } from '@postino/domain'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { atEnd } from '../support/at-end.ts'
import { launchChromium, NO_CHROMIUM } from '../support/chromium.ts'
import { keepPicture } from '../support/keep-picture.ts'
import { startTrialShop, type TrialShop } from '../support/start-trial-shop.ts'
import { waitUntil } from '../support/wait-until.ts'

// Every app is a process of its own, started as in production; the shop speaks HTTP, the people press buttons.

interface Seen {
  key: number
  from: { is_bot: boolean }
  text: string
  inline_keyboard?: { text: string; url?: string; callback_data?: string }[][]
}

const PEOPLE = [
  {
    locale: 'it-IT',
    telegramId: 901,
    externalId: 'anna',
    firstName: 'Anna',
  },
  { locale: 'en-GB', telegramId: 902, externalId: 'bob', firstName: 'Bob' },
  { locale: 'uk-UA', telegramId: 903, externalId: 'olha', firstName: 'Ольга' },
] as const

type Person = (typeof PEOPLE)[number]

let trial: TrialShop
beforeAll(async () => {
  trial = await startTrialShop()
})
afterAll(() => trial?.stop())

function chatOf(person: Person): string {
  return `${trial.bot.telegramId}:${person.telegramId}`
}

async function messagesOf(person: Person): Promise<Seen[]> {
  const page = (await trial.emulator('GET', `/chats/${chatOf(person)}/messages?limit=1000`)) as {
    messages: Seen[]
  }
  return page.messages.filter((message) => message.from.is_bot)
}

async function act(person: Person, name: string, body: object): Promise<unknown> {
  return await trial.emulator('POST', `/people/${person.telegramId}/${name}`, body)
}

/** As a shop's page would: a link for the contact; the person presses Start and then what is to be switched. */
async function optIn(person: Person): Promise<void> {
  const { externalId, firstName, locale, telegramId } = person
  await trial.emulator('POST', '/people', {
    id: telegramId,
    first_name: firstName,
    language_code: locale.slice(0, 2),
  })
  const contact = await upsertContact(trial.database, trial.shopId, { externalId, firstName, locale })
  const { token } = await insertOptinLink(trial.database, trial.shopId, {
    botId: trial.bot.id,
    contactId: contact.id,
    purposes: PURPOSES,
    source: 'web_form',
    expiresInSeconds: 600,
  })
  await act(person, 'start', { link: `https://t.me/${trial.bot.username}?start=${token}` })
  const question = await waitUntil(async () =>
    (await messagesOf(person)).find((message) => message.inline_keyboard),
  )
  const switches = question.inline_keyboard
    ?.flat()
    .filter(({ callback_data: data }) => data?.startsWith('consent:grant:'))
  expect(switches).toHaveLength(PURPOSES.length)
  for (const { callback_data: data } of switches ?? []) {
    await act(person, 'press', { chat: chatOf(person), message: question.key, button: { data } })
  }
}

function eventFor(person: Person, kind: EventKind, id: string): Record<string, unknown> & { data: object } {
  const example = exampleAt(kind, Date.now())
  const to = [{ external_id: person.externalId }]
  // Each event has an order of its own: newer news of the same one would take its place, and two messages with the same text would
  // be one message sent twice.
  const order = { ...(example.data['order'] as object), id, number: id }
  return {
    ...example,
    id,
    data: { ...example.data, ...(kind === 'order.status_changed' ? { order } : {}), to },
  }
}

async function trailOf(id: string): Promise<{ status: string; reason?: { code: string } } | undefined> {
  const response = await fetch(`${trial.cluster.ingestUrl}/v1/events/${id}`, {
    headers: { authorization: `Bearer ${trial.apiKey}` },
  })
  const { events } = (await response.json()) as {
    events: { messages: { status: string; reason?: { code: string } }[] }[]
  }
  return events[0]?.messages[0]
}

async function endOf(id: string): Promise<{ status: string; reason?: { code: string } }> {
  return await waitUntil(async () => {
    const message = await trailOf(id)
    return message !== undefined && !['accepted', 'queued', 'sending'].includes(message.status)
      ? message
      : undefined
  })
}

describe('from the shop to the phone', () => {
  test('nothing is sent before the person has agreed', async () => {
    await trial.post(eventFor(PEOPLE[0], 'order.status_changed', 'too-early'))
    expect(await endOf('too-early')).toMatchObject({
      status: 'suppressed',
      reason: { code: 'not_registered' },
    })
  })

  test('all nine kinds reach people of three languages, once each, in their language, with a button', async () => {
    await Promise.all(PEOPLE.map(optIn))
    const before = new Map(
      await Promise.all(PEOPLE.map(async (person) => [person, (await messagesOf(person)).length] as const)),
    )
    for (const kind of EVENT_KINDS) {
      const batch = PEOPLE.map((person) => eventFor(person, kind, `${kind}-${person.externalId}`))
      expect((await trial.post(batch)).status).toBe(202)
    }
    for (const person of PEOPLE) {
      for (const kind of EVENT_KINDS) {
        expect(await endOf(`${kind}-${person.externalId}`), kind).toMatchObject({ status: 'sent' })
      }
      const texts = (await messagesOf(person)).slice(before.get(person))
      expect(texts).toHaveLength(EVENT_KINDS.length)
      for (const { text, inline_keyboard: keyboard } of texts) {
        expect(text).not.toMatch(/[{}<>]|undefined|null|\[object|&(amp|lt|gt|quot);/)
        expect(keyboard?.flat()[0]?.url).toMatch(/^https:\/\//)
      }
    }
    const ofEach = await Promise.all(
      PEOPLE.map(async (person) => (await messagesOf(person)).map(({ text }) => text)),
    )
    const [italian, english, ukrainian] = ofEach.map((texts) => texts.join('\n'))
    expect(italian).toContain('il tuo ordine')
    expect(english).toContain('your order')
    expect(ukrainian).toContain('замовлення')
  }, 90_000)

  test('the phone shows what arrived', async (context) => {
    const browser = await launchChromium()
    if (browser === undefined) return context.skip(NO_CHROMIUM)
    atEnd(() => browser.close())
    const page = await browser.newPage({ viewport: { width: 1200, height: 900 } })
    await page.goto(
      `${trial.cluster.emulatorUrl}/?person=${PEOPLE[0].telegramId}&bot=${trial.bot.telegramId}`,
    )
    await page.getByRole('log').getByText('ha scaricato').waitFor()
    await page.getByRole('link', { name: 'Segui il pacco' }).first().waitFor()
    await keepPicture(page, 'phone.png')
  }, 60_000)

  test('every form of an event is taken: short, structured, batch, binary', async () => {
    const person = PEOPLE[1]
    const send = (type: string, body: unknown, headers: Record<string, string> = {}) =>
      fetch(`${trial.cluster.ingestUrl}/v1/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${trial.apiKey}`, 'content-type': type, ...headers },
        body: JSON.stringify(body),
      })
    const eventOf = (form: string) => ({
      ...eventFor(person, 'order.status_changed', `form-${form}`),
      source: '/shop',
    })
    const answers = await Promise.all([
      send('application/json', {
        type: 'order.status_changed',
        id: 'form-short',
        data: eventOf('short').data,
      }),
      send('application/cloudevents+json', eventOf('structured')),
      send('application/cloudevents-batch+json', [eventOf('batch')]),
      send('application/json', eventOf('binary').data, {
        'ce-specversion': '1.0',
        'ce-id': 'form-binary',
        'ce-source': '/shop',
        'ce-type': 'order.status_changed',
      }),
    ])
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202])
    for (const form of ['short', 'structured', 'batch', 'binary']) {
      expect(await endOf(`form-${form}`), form).toMatchObject({ status: 'sent' })
    }
  })

  test('one purpose switched off ends that purpose and no other', async () => {
    const person = PEOPLE[1]
    const before = (await messagesOf(person)).length
    await act(person, 'send', { chat: chatOf(person), text: '/settings' })
    const screen = await waitUntil(async () =>
      (await messagesOf(person)).slice(before).find((message) => message.inline_keyboard),
    )
    const button = { data: 'consent:withdraw:cart_reminders' }
    await act(person, 'press', { chat: chatOf(person), message: screen.key, button })
    await trial.post([
      eventFor(person, 'cart.abandoned', 'cart-off'),
      eventFor(person, 'order.status_changed', 'order-on'),
    ])
    expect(await endOf('cart-off')).toMatchObject({
      status: 'suppressed',
      reason: { code: 'consent_withdrawn' },
    })
    expect(await endOf('order-on')).toMatchObject({ status: 'sent' })
  })

  test('/stop ends everything, and /start alone gives nothing back', async () => {
    const person = PEOPLE[0]
    await act(person, 'send', { chat: chatOf(person), text: '/stop' })
    await waitUntil(async () => (await messagesOf(person)).at(-1)?.text.startsWith('Fatto'))
    await trial.post(eventFor(person, 'order.status_changed', 'after-stop'))
    expect(await endOf('after-stop')).toMatchObject({ reason: { code: 'registration_stopped' } })

    await act(person, 'start', { bot: trial.bot.telegramId })
    await waitUntil(async () => (await messagesOf(person)).at(-1)?.inline_keyboard !== undefined)
    await trial.post(eventFor(person, 'order.status_changed', 'after-start'))
    expect(await endOf('after-start')).toMatchObject({ reason: { code: 'consent_withdrawn' } })
  })

  test('blocking the bot ends everything', async () => {
    const person = PEOPLE[2]
    await act(person, 'stop', { bot: trial.bot.telegramId })
    await waitUntil(async () => {
      const id = `after-block-${Date.now()}`
      await trial.post(eventFor(person, 'order.status_changed', id))
      return ['registration_blocked', 'bot_blocked'].includes((await endOf(id)).reason?.code ?? '')
    })
  })

  test('[WEB-15, WEB-23] the shop sees who is registered over its API, and whom it revokes gets nothing more', async () => {
    const person = PEOPLE[1]
    const headers = { authorization: `Bearer ${trial.apiKey}`, 'content-type': 'application/json' }
    const registrationsUrl = `${trial.cluster.consoleUrl}/v1/registrations`
    const listed = (await (await fetch(`${registrationsUrl}?status=active`, { headers })).json()) as {
      items: { id: string; contact: { external_id: string }; source: string }[]
    }
    const registration = listed.items.find(({ contact }) => contact.external_id === person.externalId)
    expect(registration).toMatchObject({ source: 'web_form' })
    const body = JSON.stringify({ reason: 'Asked for it on the phone' })
    const revokeUrl = `${registrationsUrl}/${registration?.id}/revoke`
    expect((await fetch(revokeUrl, { method: 'POST', headers, body })).status).toBe(200)
    await trial.post(eventFor(person, 'order.status_changed', 'after-revoke'))
    expect(await endOf('after-revoke')).toMatchObject({ reason: { code: 'registration_revoked' } })
  })

  test('nobody was told twice, and no call was made that Telegram had to refuse', async () => {
    const report = (await trial.emulator('GET', '/report')) as {
      calls_inside_penalty: number
      duplicates: { text: string }[]
    }
    const twice = report.duplicates.filter(
      ({ text }) => !text.includes('/settings') && !text.includes('/stop'),
    )
    expect(twice).toEqual([])
  })
})
