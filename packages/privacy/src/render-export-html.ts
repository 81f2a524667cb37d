import type { ContactExport } from '@postino/database'
import { consent, event, message } from './history-sections.ts'
import { html, type Html, type Part } from './html.ts'
import { createPage, type Page } from './page.ts'
import { chat, group, link, merge, profile } from './profile-sections.ts'
import { STYLE } from './style.ts'
import type { Section } from './texts/texts.ts'

/**
 * An export as one HTML page in the person's language (BCP 47; Italian, Ukrainian, else English): to be read, printed or
 * kept. It loads nothing and runs nothing, and whatever people or shops have written stands in it as text.
 */
export function renderExportHtml(data: ContactExport, locale: string): string {
  const page = createPage({ locale, timeZone: data.contact.time_zone })
  const { texts } = page
  const { name, support_contact: support, privacy_url: policy } = data.shop
  const sections = listSections(page, data)
  return html`<!doctype html>
    <html lang="${page.locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="referrer" content="no-referrer" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>${texts.title(name)}</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        <header>
          <h1>${texts.title(name)}</h1>
          <p>${texts.intro(name)}</p>
          <p>
            ${texts.madeAt}:
            ${page.time(data.exported_at)}${support !== null && html`<br />${texts.contact}: ${support}`}${policy !== null && html`<br />${texts.privacyPolicy}: ${policy}`}
          </p>
        </header>
        <nav>
          <ul>
            ${sections.map(({ section }) => html`<li><a href="#${section}">${texts.sections[section]}</a></li>`)}
          </ul>
        </nav>
        <main>${sections.map((each) => showSection(page, each))}</main>
      </body>
    </html> `.text
}

interface ShownSection {
  section: Section
  items: Html[]
  /** Of all there are, shown or not. */
  total?: number
}

function listSections(page: Page, data: ContactExport): ShownSection[] {
  const { messages, events } = data
  const sections: ShownSection[] = [
    { section: 'profile', items: [profile(page, data.contact)] },
    { section: 'former', items: data.former_contacts.map((each) => profile(page, each)) },
    { section: 'chats', items: data.registrations.map((each) => chat(page, each)) },
    { section: 'groups', items: data.groups.map((each) => group(page, each)) },
    { section: 'consents', items: data.consents.map((each) => consent(page, each)) },
    { section: 'messages', items: messages.items.map((each) => message(page, each)), total: messages.total },
    { section: 'events', items: events.items.map((each) => event(page, each)), total: events.total },
    { section: 'links', items: data.optin_links.map((each) => link(page, each)) },
    { section: 'merges', items: data.merges.map((each) => merge(page, each)) },
  ]
  // Few people were ever merged or sent a link: those sections are there for them alone.
  const rare: ReadonlySet<Section> = new Set(['former', 'links', 'merges', 'groups'])
  return sections.filter(({ section, items }) => items.length > 0 || !rare.has(section))
}

function showSection({ texts }: Page, { section, items, total = items.length }: ShownSection): Part {
  return html`<section id="${section}">
    <h2>${texts.sections[section]}</h2>
    ${items.length < total && html`<p>${texts.youngest(items.length, total)}</p>`}
    ${
      items.length === 0 ? html`<p>${texts.none}</p>` : items.map((item) => html`<article>${item}</article> `)
    }
  </section> `
}
