/** Written before this script by the server: of the shop's page. */
declare const PAGE: {
  accent: string
  /** By language, the one of the shop first. */
  labels: Record<string, { label: string; newWindow: string }>
  plane: string
}

const STYLE = `.button{display:inline-flex;align-items:center;gap:.625em;min-height:2.75rem;box-sizing:border-box;padding:.5em 1.125em;
border:1px solid #fff5;border-radius:.75em;background:${PAGE.accent};color:#fff;font:600 1rem/1.3 system-ui,sans-serif;text-decoration:none}
.button:hover{box-shadow:inset 0 0 0 99px #0000001f}
.button:focus-visible{outline:3px solid ${PAGE.accent};outline-offset:3px}
svg{flex:none;width:1.25em;height:1.25em}
span{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}`

const script = document.currentScript
// A script that was put into a page in another way has no place of its own.
if (script instanceof HTMLScriptElement) script.after(createButton(script))

function createButton({ src, dataset }: HTMLScriptElement): HTMLElement {
  const language = chooseLanguage(dataset['lang'])
  const words = PAGE.labels[language]
  const link = document.createElement('a')
  link.className = 'button'
  link.href = pageAddress(src, dataset, language)
  link.target = '_blank'
  link.rel = 'noopener'
  link.lang = language
  link.append(createPlane(), dataset['label'] ?? words?.label ?? '', createHint(words?.newWindow ?? ''))

  const host = document.createElement('span')
  const root = host.attachShadow({ mode: 'open' })
  root.append(link)
  // Not a style element: the shop's policy may allow this origin's script and nothing more.
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(STYLE)
  root.adoptedStyleSheets = [sheet]
  return host
}

/** As the tag says, else as the text around it, else as the browser; in a language that the page speaks. */
function chooseLanguage(wanted: string | undefined): string {
  const around = script?.closest<HTMLElement>('[lang]')?.lang
  const spoken = Object.keys(PAGE.labels)
  const primary = [wanted, around, ...navigator.languages].map((tag) => tag?.toLowerCase().split('-', 1)[0])
  return primary.find((tag) => tag !== undefined && spoken.includes(tag)) ?? spoken[0] ?? 'en'
}

/** `data-link` is a link's token, or the address of its page. */
function pageAddress(src: string, { link, source }: DOMStringMap, language: string): string {
  const token = link === undefined ? null : /(?:^|[/=])([\w-]{22})(?:[?#]|$)/.exec(link)
  const address = new URL(src)
  address.pathname = address.pathname.replace(/\/embed\.js$/, token === null ? '' : `/${token[1]}`)
  address.search = ''
  address.searchParams.set('lang', language)
  if (source !== undefined) address.searchParams.set('source', source)
  return address.href
}

function createPlane(): SVGElement {
  const drawing = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  drawing.setAttribute('viewBox', '4 5 16 14')
  drawing.setAttribute('aria-hidden', 'true')
  path.setAttribute('fill', 'currentColor')
  path.setAttribute('d', PAGE.plane)
  drawing.append(path)
  return drawing
}

/** For those who hear the page. */
function createHint(text: string): HTMLElement {
  const hint = document.createElement('span')
  hint.textContent = ` (${text})`
  return hint
}
