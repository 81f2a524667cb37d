const SVG = 'http://www.w3.org/2000/svg'

/** Drawn on a grid of 24, with lines only. */
const PATHS = {
  back: 'M15 5l-7 7 7 7',
  send: 'M4 12l16-8-6 16-3-6.500-7-1.500z',
  menu: 'M12 5.500v.01M12 12v.01M12 18.500v.01',
  search: 'M10.500 17a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13zM15.500 15.500L20 20',
  link: 'M10 14a4 4 0 0 0 5.700 0l3-3A4 4 0 0 0 13 5.300l-1 1M14 10a4 4 0 0 0-5.700 0l-3 3A4 4 0 0 0 11 18.700l1-1',
  outside: 'M8 16L16 8M9.500 8H16v6.500',
  copy: 'M9 9h10v10H9zM5 15V5h10',
  down: 'M6 10l6 6 6-6',
  keyboard: 'M4 7h16v10H4zM8 11v.01M12 11v.01M16 11v.01M9 14h6',
  slash: 'M14 6l-4 12',
  file: 'M7 3.500h7l4 4v13H7zM14 3.500v4h4',
  play: 'M9 7l8 5-8 5z',
  note: 'M9 17.500a2 2 0 1 1-4 0 2 2 0 0 1 4 0zM9 17.500V6l9-2v11.500a2 2 0 1 1-4 0 2 2 0 0 1 4 0',
  silent: 'M6 16h12l-1.500-2.500V10a4.500 4.500 0 0 0-9 0v3.500zM10.500 19h3M5 5l14 14',
  phone: 'M8 3.500h8v17H8zM11 17.500h2',
  plus: 'M12 5.500v13M5.500 12h13',
  close: 'M6.500 6.500l11 11M17.500 6.500l-11 11',
  check: 'M5 12.500l4.500 4.500L19 7.500',
} as const

export type IconName = keyof typeof PATHS

export function icon(name: IconName): SVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('class', `icon icon-${name}`)
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS(SVG, 'path')
  path.setAttribute('d', PATHS[name])
  svg.append(path)
  return svg
}
