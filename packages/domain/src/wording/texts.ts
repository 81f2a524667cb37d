import type { Purpose } from '../purpose.ts'

/** One language's words. Whoever changes a title or text raises its version: consents already given point to the old one. */
export type WordingTexts = Record<Purpose, { version: number; title: string; text: string }>
