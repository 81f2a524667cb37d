import { element } from './element.ts'

const TOAST_MS = 4500

/** Short messages over the phone that go by themselves. */
export type Toasts = {
  root: HTMLElement
  toast: (text: string) => void
  /** Says what went wrong. */
  complain: (problem: unknown) => void
}

export function createToasts(): Toasts {
  const root = element('div', { class: 'toasts', role: 'status' })

  function show(text: string, kind: 'plain' | 'problem'): void {
    const line = element('p', { class: `toast toast-${kind}` }, text)
    root.replaceChildren(line)
    setTimeout(() => line.remove(), TOAST_MS)
  }

  return {
    root,
    toast: (text) => show(text, 'plain'),
    complain: (problem) => show(problem instanceof Error ? problem.message : String(problem), 'problem'),
  }
}
