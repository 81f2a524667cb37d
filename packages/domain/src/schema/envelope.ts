import { z } from 'zod'
import { id, text, time } from './formats.ts'

// RFC 3986: the characters of a URI reference, with every percent sign introducing two digits.
const URI_REFERENCE = /^(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+$/
const JSON_MEDIA_TYPE = /^application\/(?:[\w.+-]+\+)?json(?:\s*;.*)?$/i

const uriReference = z
  .string()
  .max(512, { abort: true })
  .refine((value) => URI_REFERENCE.test(value), {
    error: 'must be a URI or a path of at most 512 characters, such as https://shop.example or /erp',
    params: { code: 'invalid_uri' },
  })
  .meta({ format: 'uri-reference' })

/** The attributes a short form may have beside `type`, `id` and `data`. */
export const shortAttributes = {
  source: uriReference
    .meta({
      description: 'What reports the event; `source` and `id` together name it',
      examples: ['https://shop.example'],
    })
    .optional(),
  subject: text.meta({ description: 'What the event is about', examples: ['orders/1143'] }).optional(),
  time: time.meta({ description: 'When it happened', examples: ['2026-11-20T16:05:00+01:00'] }).optional(),
  partitionkey: id
    .meta({
      description:
        'Events of one kind and key are about the same thing: the newest may take the place of the others',
      examples: ['ord-1143'],
    })
    .optional(),
  sequence: id
    .meta({
      description:
        'Rises from event to event about the same thing: whole numbers by their value, anything else letter by letter. What is smaller than one that was told is not told any more',
      examples: ['3'],
    })
    .optional(),
  expirytime: time
    .meta({ description: 'Nobody is told after this time', examples: ['2026-11-21T20:00:00+01:00'] })
    .optional(),
}

/** The attributes of CloudEvents 1.0 and of its documented extensions, beside `type`, `id` and `data`. */
export const cloudEventAttributes = {
  specversion: z.literal('1.0').meta({ description: 'The version of CloudEvents' }),
  ...shortAttributes,
  source: shortAttributes.source.unwrap(),
  datacontenttype: z
    .string()
    .max(255, { abort: true })
    .refine((value) => JSON_MEDIA_TYPE.test(value), {
      error: 'must be application/json; Postino takes no other data',
      params: { code: 'unsupported_content_type' },
    })
    .meta({ description: 'JSON, and nothing else', examples: ['application/json'] })
    .optional(),
  dataschema: uriReference.meta({ description: 'Taken, but not used', format: 'uri' }).optional(),
  correlationid: text.meta({ description: 'What the event belongs to in the shop’s systems' }).optional(),
  causationid: text.meta({ description: 'The id of the event that led to this one' }).optional(),
  traceparent: matchingHeader(/^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}(?:-.*)?$/, 55)
    .meta({
      description: 'W3C Trace Context',
      examples: ['00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'],
    })
    .optional(),
  tracestate: text.meta({ description: 'W3C Trace Context' }).optional(),
  dataref: refused('is not fetched by Postino; put what is needed into data'),
  data_base64: refused('is not read; send data as JSON'),
}

export const eventId = id.meta({
  description: 'The shop’s own id of this event, the same one when it is sent again',
  examples: ['evt-20261120-0042'],
})

/** The name of an extension attribute, by the rules of CloudEvents. */
export const ATTRIBUTE_NAME = /^[a-z0-9]{1,20}$/

/** What an extension attribute may hold. Extensions Postino does not know are taken and not used. */
export const extensionSchema = z.union([z.string(), z.int32(), z.boolean()])

function matchingHeader(pattern: RegExp, maxChars: number) {
  return z
    .string()
    .max(maxChars, { abort: true })
    .refine((value) => pattern.test(value), {
      error: 'must have the form of W3C Trace Context: 00-<32 hex digits>-<16 hex digits>-<2 hex digits>',
      params: { code: 'invalid_traceparent' },
    })
    .meta({ pattern: pattern.source })
}

function refused(reason: string) {
  return z
    .never({ error: reason })
    .meta({ description: `Refused: ${reason}` })
    .optional()
}
