/** A place in a template, counted from 1. */
export interface Place {
  line: number
  column: number
}

/**
 * A template that cannot be used, or not with this data. The message is for the shop: it names fields, filters and
 * lines, never the values of an event.
 */
export class TemplateError extends Error {
  override readonly name = 'TemplateError'
  readonly place: Place | undefined

  constructor(message: string, place?: Place, options?: ErrorOptions) {
    super(place === undefined ? message : `Line ${place.line}, column ${place.column}: ${message}`, options)
    this.place = place
  }
}
