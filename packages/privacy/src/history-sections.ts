import type { ContactExport } from '@postino/database'
import type { MessageButton } from '@postino/domain'
import { html, type Html, type Part } from './html.ts'
import type { Page } from './page.ts'
import { plainText } from './plain-text.ts'

type Consent = ContactExport['consents'][number]
type Message = ContactExport['messages']['items'][number]
type ShopEvent = ContactExport['events']['items'][number]

export function consent(page: Page, entry: Consent): Html {
  const { texts } = page
  const { wording, evidence, details } = entry
  const title = wording?.title ?? page.purposes([entry.purpose])
  const hasDetails = Object.hasOwn(evidence, 'details_hash')
  return html`<h3>${texts.actions[entry.action]}: ${title}</h3>
    ${page.rows({
      recordedAt: page.time(entry.recorded_at),
      purpose: html`<code>${entry.purpose}</code>`,
      source: entry.source,
      actor: entry.actor,
      language: entry.locale,
      evidence: json(evidence),
      details: hasDetails && (details === null ? texts.detailsGone : json(details)),
      wording: wording && html`<code>${wording.hash}</code>, ${texts.fields.version} ${wording.version}`,
      hash: html`<code>${entry.hash}</code>`,
      previousHash: entry.previous_hash && html`<code>${entry.previous_hash}</code>`,
    })}
    ${wording && html`<blockquote>${wording.text ?? texts.wordingNotKept}</blockquote>`}`
}

export function message(page: Page, each: Message): Html {
  const { texts, time } = page
  const { content } = each
  return html`<h3>${page.kind(each.kind)}: ${page.status(each.status)}</h3>
    ${page.rows({
      createdAt: time(each.accepted_at),
      purpose: page.purposes([each.purpose]),
      event: html`<code>${each.event_id}</code>`,
      reason: each.reason && html`<code>${each.reason}</code>`,
      chatId: each.chat_id,
      attempts: lines(
        each.attempts.map(
          (attempt) => html`${time(attempt.started_at)}: ${attempt.outcome} ${attempt.description ?? ''}`,
        ),
      ),
      buttons: content?.buttons.flat().map(labelOf).join(', '),
      files: content?.media
        ?.map((file) => ('url' in file ? `${file.name} (${file.url})` : file.as))
        .join(', '),
      presses: lines(each.presses.map((press) => html`${time(press.pressed_at)}: ${press.action}`)),
    })}
    <blockquote>${content === null ? texts.noContent : plainText(content.html)}</blockquote>`
}

export function event(page: Page, each: ShopEvent): Html {
  return html`<h3>${page.kind(each.kind)}</h3>
    ${page.rows({
      createdAt: page.time(each.accepted_at),
      event: html`<code>${each.id}</code>`,
      source: each.source,
      people: each.people.map(({ at }) => at).join(', '),
    })}
    ${
      each.data === null
        ? html`<p>${page.texts.namedOnly}</p>
            ${each.people.map(({ person }) => json(person))}`
        : json(each.data)
    }`
}

/** With what it would open or copy. */
function labelOf(button: MessageButton): string {
  if ('url' in button) return `${button.text} (${button.url})`
  return 'copy' in button ? `${button.text} (${button.copy})` : button.text
}

function json(value: unknown): Html {
  return html`<pre>${JSON.stringify(value, undefined, 2)}</pre>`
}

function lines(parts: Html[]): Part {
  return parts.map((part, index) => [index > 0 && html`<br />`, part])
}
