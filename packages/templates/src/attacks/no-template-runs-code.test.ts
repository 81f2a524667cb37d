import { afterEach, expect, test } from 'vitest'
import { attempt } from './attempt.ts'

/** Would set a mark if it were ever run; nothing else. */
const CODE = 'globalThis.postinoCanary = true'

afterEach(() => {
  expect(Reflect.get(globalThis, 'postinoCanary')).toBeUndefined()
  expect(Reflect.ownKeys(Object.prototype).toSorted(byName)).toEqual(PROTOTYPE_KEYS)
  expect(Object.keys(String.prototype)).toEqual([])
  expect(Object.keys(Array.prototype)).toEqual([])
})

const PROTOTYPE_KEYS = Reflect.ownKeys(Object.prototype).toSorted(byName)

function byName(left: string | symbol, right: string | symbol): number {
  return String(left) < String(right) ? -1 : 1
}

/** Data whose every way of becoming a text or a number would leave the mark. */
function mark(): never {
  Reflect.set(globalThis, 'postinoCanary', true)
  throw new Error('a function of the data was called')
}

const BOOBY_TRAP = { toString: mark, valueOf: mark, toJSON: mark, [Symbol.toPrimitive]: mark }

// Ways to a function that makes functions.
test.each([
  ['a text', `{{ "".constructor.constructor("${CODE}")() }}`],
  ['a number', `{{ 5["constructor"]["constructor"]("${CODE}")() }}`],
  ['a list', `{{ [].constructor.constructor("${CODE}")() }}`],
  ['a group of fields', `{{ {}.constructor.constructor("${CODE}")() }}`],
  ['a regular expression', `{{ r/a/.constructor.constructor("${CODE}")() }}`],
  ['a field', `{{ name.constructor.constructor("${CODE}")() }}`],
  ['a field by its name in brackets', `{{ name["constructor"] }}`],
  [
    'the number of a round',
    `{% for a in l %}{{ loop.index.constructor.constructor("${CODE}")() }}{% endfor %}`,
  ],
  ['a loop itself', `{% for a in l %}{{ loop.constructor }}{% endfor %}`],
  ['an entry', `{% for a in l %}{{ a.constructor.constructor("${CODE}")() }}{% endfor %}`],
  ['a macro', `{% macro m() %}{% endmacro %}{{ m.constructor("${CODE}")() }}`],
  ['a caller', `{% call m() %}{{ caller.constructor("${CODE}")() }}{% endcall %}`],
  ['range', `{{ range.constructor("${CODE}")() }}`],
  ['cycler', `{{ cycler("a").constructor.constructor("${CODE}")() }}`],
  ['joiner', `{{ joiner().constructor("${CODE}")() }}`],
  ['a bare inherited name', `{{ constructor.constructor("${CODE}")() }}`],
  ['another bare inherited name', '{{ toString() }}'],
  ['a setter of the prototype', '{{ __defineGetter__("a", toString) }}'],
  ['the prototype by its own name', '{{ __proto__.polluted }}'],
  ['the prototype of a field', '{{ name.__proto__ }}'],
  ['the prototype in brackets', '{{ name["__proto__"] }}'],
  ['a name joined together', '{{ ""["con" ~ "structor"] }}'],
  ['a name added together', '{{ ""["con" + "structor"] }}'],
  ['a name from a filter', '{{ ""[["con", "structor"] | join("")] }}'],
  ['a name from the data', '{{ name[key] }}'],
  ['a name in a list of one', '{{ ""[["constructor"]] }}'],
  ['a name in brackets in brackets', '{{ name[("constructor")] }}'],
  ['a name with an escape of JavaScript', `{{ \\u0063onstructor.constructor("${CODE}")() }}`],
  ['a call without brackets', '{{ name`x` }}'],
  ['a call in a condition', `{% if name.constructor("${CODE}")() %}{% endif %}`],
  ['a call in a list to loop over', `{% for a in name.constructor("${CODE}") %}{% endfor %}`],
  ['a call as the value of a filter', '{{ name | default(toString()) }}'],
  ['a filter on the prototype: valueOf', '{{ name | valueOf }}'],
  ['a filter on the prototype: constructor', '{{ name | constructor }}'],
  ['a filter on the prototype: __defineGetter__', '{{ "ctx" | __defineGetter__(range) }}'],
  ['a filter on the prototype: hasOwnProperty', '{{ "a" | hasOwnProperty }}'],
  ['a filter called by a path', '{{ name | constructor.constructor }}'],
  ['a test on the prototype', '{{ name is valueOf }}'],
  ['a test with a call', '{{ name is divisibleby(toString()) }}'],
  ['a function as what replaces', '{{ "a" | replace(r/a/, toString) }}'],
  ['a group that becomes a text', '{{ {"toString": toString} ~ "" }}'],
  ['a group that becomes JSON', '{{ {"toJSON": toString} | dump }}'],
  ['a function that sorts', '{{ l | groupby(toString) }}'],
  ['an attribute of a list', '{{ l | sum("constructor") }}'],
  ['an attribute to select by', '{{ l | selectattr("constructor") }}'],
  ['another template', '{% include "../../etc/passwd" %}'],
  ['another template, quietly', '{% include name ignore missing %}'],
  ['a template above this one', '{% extends name %}'],
  ['names of another template', '{% from "a" import b %}'],
  ['a block and what is above it', '{% block a %}{{ super() }}{% endblock %}'],
  ['an extension', '{% trans %}a{% endtrans %}'],
])('%s is refused', (_way, source) => {
  expect(attempt(source, { name: 'x', key: 'constructor', l: [1] })).toMatchObject({
    refused: expect.stringMatching(/^[A-Z“].*[.?]$/su),
  })
})

// Places where compiled nunjucks copies what a template says into JavaScript. The texts could do no harm there either.
test.each([
  ['the second name of a loop', `{% for a, "${CODE}" in l %}{% endfor %}`],
  ['the only name of a loop', `{% for "${CODE}" in l %}{% endfor %}`],
  ['a quote in the name of a loop', '{% for a"b in l %}{% endfor %}'],
  ['a name that is set', `{% set "${CODE}" = 1 %}`],
  ['a quote in a name', '{{ a"b }}'],
  ['a quote and a template literal in a name', "{{ a'b`c` }}"],
  ['a semicolon in a name', '{{ a;b }}'],
  ['a line separator in a name', '{{ a\u2028b }}'],
  ['a name of another script', '{{ аdmin }}'],
  ['a filter’s name in quotes', `{{ name | "${CODE}" }}`],
  ['a quote in a filter’s name', '{{ name | a"b }}'],
  ['a test’s name in quotes', `{{ name is "${CODE}" }}`],
  ['a quote in a test’s name', '{{ name is a"b }}'],
  ['a macro’s name in quotes', `{% macro "${CODE}"() %}{% endmacro %}`],
  ['a macro’s keyword in quotes', `{% macro m("${CODE}"=1) %}{% endmacro %}`],
  ['a parameter list', `{% asyncEach a, "b=${CODE}" in l %}{% endeach %}`],
  ['a parameter list of all at once', `{% asyncAll a, "b=${CODE}" in l %}{% endall %}`],
  ['a backslash in what is called', '{{ name["\\\\"]() }}'],
  ['a key of a group', `{{ {"${CODE}": 1} }}`],
  ['a keyword of a filter', '{{ name | truncate(length=1) }}'],
  ['a loop over the prototype', '{% for loop in [{}.__proto__] %}{% endfor %}'],
  ['an entry called loop', '{% for loop in l %}{% endfor %}'],
  ['an entry called __proto__', '{% for __proto__ in l %}{% endfor %}'],
  ['an entry called constructor', '{% for constructor in l %}{% endfor %}'],
])('%s is refused', (_place, source) => {
  expect(attempt(source, { name: 'x', l: [{ a: 1 }] })).toMatchObject({
    refused: expect.stringMatching(/^[A-Z“].*[.?]$/su),
  })
})

// What is a template, and does nothing but what it says.
test.each([
  ['a text in quotes is a text', `{{ "${CODE}" }}`, CODE],
  ['quotes in quotes stay in them', `{{ '");${CODE}//' }}`, `&quot;);${CODE}//`],
  ['an escape in quotes is its character', '{{ "\\x" }}', 'x'],
  ['a line separator in quotes is a character', '{{ "a\u2028b" }}', 'a\nb'],
  ['markup of another language is a text', '<%= a %>${b}#{c}{{ "${d}" }}', '<%= a %>${b}#{c}${d}'],
  ['a value is never read as a template', '{{ source }}', '{{ name }}{% if a %}'],
  ['nor when it passed a filter', '{{ source | upper }}', '{{ NAME }}{% IF A %}'],
  ['nor as an entry', '{% for s in sources %}{{ s }}{% endfor %}', '{{ name }}'],
  ['a name that only the prototype has is missing', '{{ map.a | default("-") }}', '-'],
  ['a name with an escape in quotes is another name', '{{ name["\\u0063onstructor"] | default("-") }}', '-'],
  ['a key is a name, not a path', '{{ dotted["a"] | default("-") }}', '-'],
])('%s', (_guarantee, source, shown) => {
  const data = {
    source: '{{ name }}{% if a %}',
    sources: ['{{ name }}'],
    map: new Map([['a', 1]]),
    dotted: { 'a.b': 1 },
  }
  expect(attempt(source, data)).toMatchObject({ printed: shown })
})

test.each([
  ['{{ trap }}', 'holds several fields'],
  ['{{ trap | upper }}', 'takes a text'],
  ['{{ trap | money }}', 'takes an amount'],
  ['{{ trap | date }}', 'takes a time'],
  ['{{ trap | number }}', 'takes a number'],
  ['{{ trap | plural("a", "b") }}', 'takes a number'],
  ['{{ trap | file_size }}', 'takes a number'],
  ['{{ trap | link("a") }}', 'holds several fields'],
  ['{{ traps | join }}', 'takes a text'],
  ['{{ traps | list }}', 'takes a text'],
  ['{{ amount | money }}', 'takes an amount'],
  ['{% if trap == "a" %}{% endif %}', 'compare one of them'],
  ['{% if trap < 5 %}{% endif %}', 'compare one of them'],
  ['{% for a in trap %}{% endfor %}', 'a loop runs over a list'],
])('%s calls nothing the data brings', (source, sentence) => {
  const data = { trap: BOOBY_TRAP, traps: [BOOBY_TRAP], amount: { amount: BOOBY_TRAP, currency: BOOBY_TRAP } }
  expect(attempt(source, data)).toMatchObject({ refused: expect.stringContaining(sentence) })
})

test('functions of the data are missing, wherever they stand', () => {
  const data = { call: mark, group: { call: mark }, list: [mark] }
  for (const path of ['call', 'group.call', 'list[0]'])
    expect(attempt(`{{ ${path} | default("-") }}{{ "x" if ${path} }}`, data)).toMatchObject({ printed: '-' })
})

test('nothing of one rendering is left for the next', () => {
  const source = '{% for item in items %}{{ item }}{{ loop.index }}{% endfor %}{{ item | default("-") }}'
  expect(attempt(source, { items: ['a', 'b'] })).toMatchObject({ printed: 'a1b2-' })
  expect(attempt(source, { items: [] })).toMatchObject({ printed: '-' })
  expect(Reflect.get({}, 'index')).toBeUndefined()
})
