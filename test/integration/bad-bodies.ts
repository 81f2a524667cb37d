import assert from 'node:assert/strict'
import { gzipSync } from 'node:zlib'
import { orderEvent } from './ingest-under-test.ts'

/** A body that is to be refused, the answer's status, and the code of its first error where it has some. */
export interface BadBody {
  what: string
  payload: string | Buffer
  status: number
  code: string
  headers?: Record<string, string>
}

const MONEY = { amount: '136.70', currency: 'EUR' }
/** A good event, which the bodies below spoil. */
export const ORDER = orderEvent('bad', {
  source: '/shop',
  time: '2025-11-20T16:05:00+01:00',
  data: {
    order: {
      id: 'ord-1',
      number: '2026/1143',
      status: 'shipped',
      total: MONEY,
      url: 'https://shop.example/1',
      items: [{ name: 'Cup', qty: 1, price: MONEY }],
      placed_at: '2025-11-18T18:42:10+01:00',
      updated_at: '2025-11-20T16:05:00+01:00',
    },
    customer: { external_id: 'customer-1' },
  },
})
const MEBIBYTE = 1024 * 1024

/** The order as text, with a piece of it replaced. */
export function orderWith(piece: string, other: string): string {
  const text = JSON.stringify(ORDER)
  assert(text.includes(piece), `the order has no ${piece}`)
  return text.replace(piece, other)
}

/** The order with a member of `data` in JSON's own words. */
export function orderWithData(members: string): string {
  return orderWith('"data":{', `"data":{${members},`)
}

export function nested(depth: number, open = '[', close = ']'): string {
  return open.repeat(depth) + close.repeat(depth)
}

export const NUMBER = '"number":"2026/1143"'
const text = String.raw

type Row = [
  what: string,
  payload: string | Buffer,
  status: number,
  code: string,
  headers?: Record<string, string>,
]

const ROWS: Row[] = [
  ['no body', '', 400, 'empty_body'],
  ['blanks', ' \n\t', 400, 'malformed_json'],
  ['half a body', JSON.stringify(ORDER).slice(0, -5), 400, 'malformed_json'],
  ['two bodies', JSON.stringify(ORDER).repeat(2), 400, 'malformed_json'],
  ['lines of JSON', `${JSON.stringify(ORDER)}\n${JSON.stringify(ORDER)}`, 400, 'malformed_json'],
  ['a form', 'id=1&type=order.status_changed', 400, 'malformed_json'],
  ['XML', '<event/>', 400, 'malformed_json'],
  ['single quotes', "{'id':'1'}", 400, 'malformed_json'],
  ['a comment', `/* hello */${JSON.stringify(ORDER)}`, 400, 'malformed_json'],
  ['a trailing comma', '{"id":"1",}', 400, 'malformed_json'],
  ['NaN', '{"id":NaN}', 400, 'malformed_json'],
  ['Infinity', '{"id":-Infinity}', 400, 'malformed_json'],
  ['a number with a leading zero', '{"id":01}', 400, 'malformed_json'],
  ['a hexadecimal number', '{"id":0x10}', 400, 'malformed_json'],
  ['a raw control character in a string', '{"id":"a\u0001b"}', 400, 'malformed_json'],
  ['a raw NUL', '{"id":"a\0b"}', 400, 'malformed_json'],
  ['a NUL for a body', '\0', 400, 'malformed_json'],
  ['an escape JSON does not know', text`{"id":"\x41"}`, 400, 'malformed_json'],
  [
    'a byte order mark',
    Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(JSON.stringify(ORDER))]),
    400,
    'byte_order_mark',
  ],
  ['UTF-16', Buffer.from(JSON.stringify(ORDER), 'utf16le'), 400, 'malformed_json'],
  ['Latin 1', Buffer.from('{"id":"café"}', 'latin1'), 400, 'invalid_utf8'],
  ['UTF-8 with an overlong NUL', Buffer.from([0x22, 0xc0, 0x80, 0x22]), 400, 'invalid_utf8'],
  ['UTF-8 with a surrogate', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), 400, 'invalid_utf8'],
  ['a gzip stream that does not say so', gzipSync(JSON.stringify(ORDER)), 400, 'invalid_utf8'],
  ['a million opening brackets', '['.repeat(MEBIBYTE), 400, 'malformed_json'],
  ['a million opening braces', '{"a":'.repeat(60_000), 413, ''],
  ['nothing but digits', '9'.repeat(60_000), 422, 'number_out_of_range'],

  ['null', 'null', 422, 'wrong_type'],
  ['true', 'true', 422, 'wrong_type'],
  ['a number', '5', 422, 'wrong_type'],
  ['a string', '"order.status_changed"', 422, 'wrong_type'],
  ['an empty object', '{}', 422, 'required'],
  ['an empty batch', '[]', 422, 'wrong_form'],
  ['a batch of nothing', '[null]', 422, 'wrong_type'],
  ['a batch of numbers', '[1,2,3]', 422, 'wrong_type'],
  ['a batch of batches', `[[${JSON.stringify(ORDER)}]]`, 422, 'wrong_type'],
  ['deep arrays', nested(100_000), 422, 'too_large'],
  ['a deep field', orderWithData(`"extra":{"a":${nested(1_000)}}`), 422, 'too_deep'],
  ['a field a little too deep', orderWithData(`"extra":{"a":${nested(18)}}`), 422, 'too_deep'],
  [
    'too many members',
    orderWithData(`"extra":{"a":[${Array(2_001).fill(0).join()}]}`),
    422,
    'too_many_members',
  ],
  ['a member twice', orderWith('"id":"bad"', '"id":"bad","id":"other"'), 422, 'duplicate_key'],
  [
    'a member twice, once escaped',
    orderWith('"id":"bad"', text`"id":"bad","\u0069d":"other"`),
    422,
    'duplicate_key',
  ],
  ['a member twice far inside', orderWithData('"extra":{"a":[{"b":1,"b":2}]}'), 422, 'duplicate_key'],
  ['__proto__ on top', orderWith('"id":"bad"', '"id":"bad","__proto__":{"shop":"2"}'), 422, 'forbidden_key'],
  ['__proto__ inside', orderWithData('"extra":{"__proto__":{"admin":true}}'), 422, 'forbidden_key'],
  [
    '__proto__, escaped',
    orderWithData(text`"extra":{"\u005f_proto__":{"admin":true}}`),
    422,
    'forbidden_key',
  ],
  [
    'constructor.prototype as a field',
    orderWithData('"constructor":{"prototype":{"admin":true}}'),
    422,
    'unknown_field',
  ],
  ['a NUL', orderWith(NUMBER, text`"number":"a\u0000b"`), 422, 'nul_character'],
  ['a NUL in a name', orderWithData(text`"extra":{"a\u0000b":1}`), 422, 'nul_character'],
  ['a NUL in the id', orderWith('"id":"bad"', text`"id":"a\u0000b"`), 422, 'nul_character'],
  ['half a surrogate pair', orderWith(NUMBER, text`"number":"\ud83d"`), 422, 'lone_surrogate'],
  [
    'a surrogate pair the wrong way round',
    orderWith(NUMBER, text`"number":"\ude00\ud83d"`),
    422,
    'lone_surrogate',
  ],
  ['half a surrogate pair in a name', orderWithData(text`"extra":{"\udfff":1}`), 422, 'lone_surrogate'],
  ['a huge number', orderWithData('"extra":{"a":1e400}'), 422, 'number_out_of_range'],
  ['a tiny number', orderWithData('"extra":{"a":1e-400}'), 422, 'number_out_of_range'],
  [
    'a whole number a double rounds',
    orderWithData('"extra":{"a":9007199254740993}'),
    422,
    'number_out_of_range',
  ],
  ['another control character', orderWith(NUMBER, text`"number":"a\u001bb"`), 422, 'control_character'],

  ['a number for the id', orderWith('"id":"bad"', '"id":5'), 422, 'wrong_type'],
  ['a list for the id', orderWith('"id":"bad"', '"id":["bad"]'), 422, 'wrong_type'],
  ['an empty id', orderWith('"id":"bad"', '"id":""'), 422, 'empty'],
  ['a blank in the id', orderWith('"id":"bad"', '"id":"a b"'), 422, 'invalid_id'],
  ['an id of 129 characters', orderWith('"id":"bad"', `"id":"${'x'.repeat(129)}"`), 422, 'too_long'],
  ['no id', orderWith('"id":"bad",', ''), 422, 'required'],
  ['null for the id', orderWith('"id":"bad"', '"id":null'), 422, 'required'],
  ['an unknown kind', orderWith('order.status_changed', 'order.exploded'), 422, 'unknown_kind'],
  [
    'a kind every object knows',
    orderWith('"type":"order.status_changed"', '"type":"constructor"'),
    422,
    'unknown_kind',
  ],
  [
    'another kind of every object',
    orderWith('"type":"order.status_changed"', '"type":"__proto__"'),
    422,
    'unknown_kind',
  ],
  ['a kind in capitals', orderWith('order.status_changed', 'Order.Status_Changed'), 422, 'unknown_kind'],
  ['a list for the kind', orderWith('"order.status_changed"', '["order.status_changed"]'), 422, 'wrong_type'],
  [
    'another version of CloudEvents',
    orderWith('"specversion":"1.0"', '"specversion":"0.3"'),
    422,
    'not_allowed',
  ],
  ['a number for the version', orderWith('"specversion":"1.0"', '"specversion":1.0'), 422, 'not_allowed'],
  ['a source that is no URI', orderWith('"source":"/shop"', '"source":"a b<c>"'), 422, 'invalid_uri'],
  [
    'a time without a zone',
    orderWith('2025-11-20T16:05:00+01:00', '2025-11-20T16:05:00'),
    422,
    'invalid_time',
  ],
  ['a day that is none', orderWith('2025-11-20T16:05:00+01:00', '2026-02-30T16:05:00Z'), 422, 'invalid_time'],
  ['a time word of Postgres', orderWith('2025-11-20T16:05:00+01:00', 'infinity'), 422, 'invalid_time'],
  ['another', orderWith('2025-11-20T16:05:00+01:00', 'now'), 422, 'invalid_time'],
  [
    'a year far away',
    orderWith('2025-11-20T16:05:00+01:00', '9999-12-31T23:59:59Z'),
    422,
    'time_out_of_range',
  ],
  [
    'a year of six digits',
    orderWith('2025-11-20T16:05:00+01:00', '+275760-09-13T00:00:00Z'),
    422,
    'invalid_time',
  ],
  [
    'data that is a string',
    JSON.stringify({ ...ORDER, data: JSON.stringify(ORDER.data) }),
    422,
    'wrong_type',
  ],
  ['data that is a list', JSON.stringify({ ...ORDER, data: [ORDER.data] }), 422, 'wrong_type'],
  ['no data', JSON.stringify({ ...ORDER, data: undefined }), 422, 'required'],
  [
    'data in base64',
    JSON.stringify({ ...ORDER, data: undefined, data_base64: 'e30=' }),
    422,
    'refused_attribute',
  ],
  ['an unknown field', orderWithData('"hello":"world"'), 422, 'unknown_field'],
  ['an amount that is a number', orderWith('"amount":"136.70"', '"amount":136.70'), 422, 'wrong_type'],
  ['an amount in words of Postgres', orderWith('"amount":"136.70"', '"amount":"NaN"'), 422, 'invalid_amount'],
  [
    'an endless amount',
    orderWith('"amount":"136.70"', `"amount":"${'9'.repeat(1_000)}"`),
    422,
    'invalid_amount',
  ],
  ['a currency that is none', orderWith('"currency":"EUR"', '"currency":"EURO"'), 422, 'invalid_currency'],
  ['a link that is a script', orderWith('"url":"https:', '"url":"javascript:'), 422, 'invalid_url'],
  ['a text of 5,000 characters', orderWith(NUMBER, `"number":"${'x'.repeat(5_000)}"`), 422, 'too_long'],
  ['nobody to tell', orderWithData('"to":[]'), 422, 'empty'],
  [
    'a thousand to tell',
    orderWithData(`"to":[${Array(1_000).fill('{"external_id":"a"}').join()}]`),
    422,
    'too_many_members',
  ],

  [
    'an event of more than 64 KiB',
    orderWithData(
      `"extra":{"a":[${Array(20)
        .fill(`"${'x'.repeat(4_000)}"`)
        .join()}]}`,
    ),
    413,
    '',
  ],
  ['an event blown up with blanks', JSON.stringify(ORDER) + ' '.repeat(64 * 1024), 413, ''],
  ['more than 4 MiB', Buffer.alloc(4 * MEBIBYTE + 1, '['), 413, ''],
  ['501 events', `[${Array(501).fill('{}').join()}]`, 413, ''],

  ['no content type', JSON.stringify(ORDER), 415, '', { 'content-type': '' }],
  ['text', JSON.stringify(ORDER), 415, '', { 'content-type': 'text/plain' }],
  [
    'a form by its type',
    JSON.stringify(ORDER),
    415,
    '',
    { 'content-type': 'application/x-www-form-urlencoded' },
  ],
  ['an Avro event', JSON.stringify(ORDER), 415, '', { 'content-type': 'application/cloudevents+avro' }],
  ['another charset', JSON.stringify(ORDER), 415, '', { 'content-type': 'application/json; charset=latin1' }],
  ['a type that is none', JSON.stringify(ORDER), 415, '', { 'content-type': 'json' }],
  ['gzip', gzipSync(JSON.stringify(ORDER)), 415, '', { 'content-encoding': 'gzip' }],
  [
    'a batch as one event',
    `[${JSON.stringify(ORDER)}]`,
    422,
    'wrong_form',
    { 'content-type': 'application/cloudevents+json' },
  ],
  [
    'an event as a batch',
    JSON.stringify(ORDER),
    422,
    'wrong_form',
    { 'content-type': 'application/cloudevents-batch+json' },
  ],
  [
    'attributes without an id',
    JSON.stringify(ORDER.data),
    422,
    'required',
    { 'ce-specversion': '1.0', 'ce-type': ORDER.type },
  ],
  [
    'an attribute with a broken escape',
    JSON.stringify(ORDER.data),
    422,
    'lone_surrogate',
    { 'ce-id': '%ff', 'ce-type': ORDER.type },
  ],
  [
    'a header attribute called __proto__',
    JSON.stringify(ORDER.data),
    422,
    'forbidden_key',
    { 'ce-__proto__': 'x', 'ce-id': '1' },
  ],
]

export const BAD_BODIES: BadBody[] = ROWS.map(([what, payload, status, code, headers = {}]) => ({
  what,
  payload,
  status,
  code,
  headers,
}))
