import { diffLines, type DiffLine, type TemplateContent } from '@postino/domain'

/** A part of a content, as findings name it; absent on the side that has none. */
export interface ChangedPart {
  part: string
  from?: PartValue | undefined
  to?: PartValue | undefined
}

type PartValue = string | number | boolean

/** The text line by line, and every other part that two contents have apart. */
export function diffContents(
  { text: before, ...left }: TemplateContent,
  { text: after, ...right }: TemplateContent,
): { text: DiffLine[]; changed: ChangedPart[] } {
  const [from, to] = [new Map(partsOf(left)), new Map(partsOf(right))]
  const changed = [...new Set([...from.keys(), ...to.keys()])]
    .filter((part) => from.get(part) !== to.get(part))
    .map((part) => ({ part, from: from.get(part), to: to.get(part) }))
  return { text: diffLines(before, after), changed }
}

function partsOf(value: unknown, part = ''): [string, PartValue][] {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return [[part, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) =>
    partsOf(member, part === '' ? name : `${part}.${name}`),
  )
}
