export type Kept<Item> = {
  id: (item: Item) => string
  /** Changes when the element has to be made anew. */
  signature: (item: Item) => string
  create: (item: Item) => HTMLElement
}

const known = new WeakMap<Element, Map<string, { signature: string; node: HTMLElement }>>()

/**
 * Makes the children of `parent` stand for `items`, touching only what changed, so that focus, scrolling and what is
 * read aloud stay with what did not.
 */
export function keepChildren<Item>(parent: Element, items: readonly Item[], kept: Kept<Item>): void {
  const before = known.get(parent) ?? new Map<string, { signature: string; node: HTMLElement }>()
  const after: typeof before = new Map()
  let place = parent.firstElementChild
  for (const item of items) {
    const id = kept.id(item)
    const signature = kept.signature(item)
    const old = before.get(id)
    const node = old?.signature === signature ? old.node : kept.create(item)
    after.set(id, { signature, node })
    if (old !== undefined && old.node !== node) {
      if (old.node === place) place = node
      replaceKeepingFocus(old.node, node)
    }
    if (node === place) place = node.nextElementSibling
    else parent.insertBefore(node, place)
    before.delete(id)
  }
  for (const { node } of before.values()) if (node.parentNode === parent) node.remove()
  known.set(parent, after)
}

/** Whoever had moved to the second button of the old node is on the second button of the new one. */
function replaceKeepingFocus(old: HTMLElement, node: HTMLElement): void {
  const focusable = 'a[href], button, [tabindex]'
  const index = [...old.querySelectorAll(focusable)].findIndex(
    (candidate) => candidate === document.activeElement,
  )
  old.replaceWith(node)
  const target = index < 0 ? undefined : [...node.querySelectorAll<HTMLElement>(focusable)][index]
  target?.focus({ preventScroll: true })
}
