/** Whether an `accept` header would rather have a page than JSON (RFC 9110, section 12.5.1); who says nothing gets JSON. */
export function prefersHtml(accept: string | undefined): boolean {
  return weightOf(accept, 'text/html', 'text/*') > weightOf(accept, 'application/json', 'application/*')
}

/** The weight of the most specific range that takes the type in; a page is a page only where it is named. */
function weightOf(accept = '', type: string, group: string): number {
  const weights = new Map(accept.split(',').map(readRange))
  const any = type === 'text/html' ? 0 : weights.get('*/*')
  return weights.get(type) ?? weights.get(group) ?? any ?? 0
}

function readRange(text: string): [range: string, weight: number] {
  const [range = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const quality = parameters.find((parameter) => parameter.startsWith('q='))
  return [range, quality === undefined ? 1 : Number(quality.slice(2)) || 0]
}
