/** A place in a template, counted from 1. */
export interface Place {
  line: number
  column: number
}

/**
 * A template that cannot be used, or not with this data. The sentence is for the shop: it names fields, filters and lines, never
 * the values of an event. The message is the sentence behind its place.
 */
export class TemplateError extends Error {
  override readonly name = 'TemplateError'
  readonly sentence: string
  readonly place: Place | undefined

  constructor(sentence: string, place?: Place, options?: ErrorOptions) {
    super(place === undefined ? sentence : `Line ${place.line}, column ${place.column}: ${sentence}`, options)
    this.sentence = sentence
    this.place = place
  }
}
