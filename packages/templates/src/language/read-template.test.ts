import { expect, test } from 'vitest'
import { readTemplate } from './read-template.ts'
import { TemplateError } from './template-error.ts'

test.each([
  'Ordine {{ order.number }}',
  '{{ order.items[0].name | truncate(20) | upper }}',
  '{{ order["number"] }}',
  '{% if order.note and not (order.status == "paid") %}a{% elif a is defined or b is undefined %}b{% else %}c{% endif %}',
  '{% if a is not defined %}a{% elseif b === 1 %}b{% elif c !== "x" %}c{% endif %}',
  '{% for item in order.items %}{{ loop.index }}{% for tag in item.tags %}{{ tag }}{% endfor %}{% else %}-{% endfor %}',
  '{{ "a" if order.paid else "b" }} {{ (order.name or "x") | default("y") }}{{ "a" if b }}',
  '{# a {{ comment #}{% raw %}{{ as it is }}{% if %}{% endraw %}{% verbatim %}{{{% endverbatim %}',
  '{{ order.url | default("") | link("Your order") }}',
  ':( ((((( # { % } {',
])('%s is a template', (source) => {
  expect(readTemplate(source)).not.toEqual([])
})

// What is refused, and the words that tell the shop why or what to write instead.
test.each([
  ['{{ x | safe }}', 'leave it out'],
  ['{% if a %}{{ x | safe }}{% endif %}', 'leave it out'],
  ['{{ x | dump }}', 'Name each field'],
  ['{{ x | escape }}', 'leave it out'],
  ['{{ x | title }}', '| capitalize'],
  ['{{ x | uper }}', 'Did you mean “upper”?'],
  ['{{ x | lnk("a") }}', 'Did you mean “link”?'],
  ['{{ x | frobnicate }}', 'There are: capitalize, date'],
  ['{{ x | valueOf }}', 'no filter “valueOf”'],
  ['{{ x | constructor }}', 'no filter “constructor”'],
  ['{{ x | a.b }}', 'no filter “a.b”'],
  ['{{ x | "upper" }}', 'name of a filter is expected'],
  ['{% filter upper %}a{% endfilter %}', 'A filter follows a value'],
  ['{{ range(9) }}', 'cannot call functions'],
  ['{{ order.items() }}', 'cannot call functions'],
  ['{{ money(order.total) }}', '“money” is a filter and follows its value'],
  ['{{ "a".constructor }}', 'No field can be called'],
  ['{{ [].constructor }}', 'No field can be called'],
  ['{{ "a".b }}', 'Only fields have fields'],
  ['{{ [].b }}', 'Only fields have fields'],
  ['{{ (a).b }}', 'Only fields have fields'],
  ['{{ order["con" ~ "structor"] }}', 'In [ ] stands'],
  ['{{ order[["constructor"]] }}', 'In [ ] stands'],
  ['{{ order[x] }}', 'In [ ] stands'],
  ['{{ order[true] }}', 'In [ ] stands'],
  ['{{ order[] }}', 'not offered'],
  ['{{ order.__proto__ }}', 'Names consist of'],
  ['{{ order.constructor }}', 'No field can be called “constructor”'],
  ['{{ constructor }}', 'No field can be called “constructor”'],
  ['{{ toString }}', 'No field can be called “toString”'],
  ['{{ order["a b"] }}', 'Names consist of'],
  [`{{ ${'a'.repeat(65)} }}`, 'Names consist of'],
  ['{{ città }}', 'without accents'],
  ['{{ order[100] }}', '0 to 99'],
  ['{{ order[1.5] }}', '0 to 99'],
  ['{{ \\u0061bc }}', 'Names consist of'],
  ['{{ a"b }}', 'Names consist of'],
  ['{{ a`b` }}', 'Names consist of'],
  ['{{ "a" | join("," ~ "b") }}', 'takes only texts in quotes'],
  ['{{ a | default(b) }}', 'no fields'],
  ['{{ a | truncate(n=3) }}', 'have no names'],
  ['{{ a | truncate }}', 'takes 1 to 2 values'],
  ['{{ a | truncate(3)(5) }}', 'cannot call functions'],
  ['{{ a | upper(1) }}', 'takes no values in brackets, not 1'],
  ['{{ a | plural("a") }}', 'takes 2 to 4 values in brackets, not 1'],
  ['{{ a | join(r/x/) }}', 'no regular expressions'],
  ['{{ r/(a+)+$/ }}', 'no regular expressions'],
  ['{{ 1.5r/(a+)+$/ }}', 'no regular expressions'],
  ['{{ 1e999 }}', 'Names consist of'],
  ['{{ 1000000000000 }}', 'at most twelve digits'],
  [`{{ ${'9'.repeat(400)} }}`, 'at most twelve digits'],
  [`{{ "${'a'.repeat(501)}" }}`, 'at most 500 characters'],
  ['{{ a + b }}', 'next to each other'],
  ['{{ a ~ b }}', 'next to each other'],
  ['{{ a - b }}', 'do not calculate'],
  ['{{ -a }}', 'do not calculate'],
  ['{{ 2 ** 9 }}', 'do not calculate'],
  ['{{ a in b }}', 'Compare with each value'],
  ['{{ a not in b }}', 'Compare with each value'],
  ['{{ [1] }}', 'cannot write lists'],
  ['{{ {a: 1} }}', 'cannot write groups of fields'],
  ['{{ (a, b) }}', 'Round brackets hold one'],
  ['{{ () }}', 'Round brackets hold one'],
  ['{{ a is callable }}', 'defined or undefined'],
  ['{{ a is none }}', 'defined or undefined'],
  ['{{ a is divisibleby(2) }}', 'defined or undefined'],
  ['{{ a == b == c }}', 'two sides'],
  ['{% if not a == b %}{% endif %}', 'a != b instead of not a == b'],
  ['{% set a = 1 %}', 'under names of their own'],
  ['{% set "a" = 1 %}', 'under names of their own'],
  ['{% set a %}b{% endset %}', 'under names of their own'],
  ['{% macro a() %}{% endmacro %}', 'no macros'],
  ['{% call a() %}{% endcall %}', 'no macros'],
  ['{% block a %}{% endblock %}', 'stands for itself'],
  ['{% extends "a" %}', 'stands for itself'],
  ['{% include "a" %}', 'stands for itself'],
  ['{% include "a" ignore missing %}', 'stands for itself'],
  ['{% import "a" as b %}', 'stands for itself'],
  ['{% from "a" import b %}', 'stands for itself'],
  ['{% switch a %}{% case 1 %}b{% endswitch %}', 'instead of {% switch %}'],
  ['{% asyncEach a in b %}{% endeach %}', 'Write {% for'],
  ['{% asyncAll a in b %}{% endall %}', 'Write {% for'],
  ['{% ifAsync a %}{% endif %}', 'Write {% if'],
  ['{% for a in b %}{% endfro %}', 'Did you mean {% endfor %}?'],
  ['{% nothing %}', 'no {% nothing %}'],
  ['{% %}', 'a word such as if or for'],
  ['{% "if" a %}', 'a word such as if or for'],
  ['{% for k, v in a %}{% endfor %}', 'one name'],
  ['{% for k, "v" in a %}{% endfor %}', 'one name'],
  ['{% for "v" in a %}{% endfor %}', 'A loop is written'],
  ['{% for a of b %}{% endfor %}', 'A loop is written'],
  ['{% for loop in a %}{% endfor %}', 'cannot be called “loop”'],
  ['{% for valueOf in a %}{% endfor %}', 'No field can be called'],
  ['{% for a"b in c %}{% endfor %}', 'Names consist of'],
  ['{% for a in [1, 2] %}{% endfor %}', 'a field that is a list'],
  ['{% for a in "abc" %}{% endfor %}', 'a field that is a list'],
  ['{% for a in b | first %}{% endfor %}', 'a field that is a list'],
  ['{% for a in a %}{% for b in loop.length %}{% endfor %}{% endfor %}', 'a field that is a list'],
  ['{% for a in a %}{% for b in a %}{% for c in b %}{% endfor %}{% endfor %}{% endfor %}', 'not deeper'],
  ['{{ loop.index }}', 'inside of {% for %} only'],
  ['{% for a in b %}{% else %}{{ loop.index }}{% endfor %}', 'inside of {% for %} only'],
  ['{% for a in b %}{{ loop }}{% endfor %}', 'Of a loop there are: loop.index,'],
  ['{% for a in b %}{{ loop.parent }}{% endfor %}', 'Of a loop there are: loop.index,'],
  ['{{ a | link }}', 'takes the text to show'],
  ['{{ a | link("") }}', 'takes the text to show'],
  ['{{ a | link("b") | upper }}', 'it is the last one'],
  ['{% if a | link("b") %}{% endif %}', 'it is the last one'],
  ['{{ (a | link("b")) }}', 'it is the last one'],
  ['{% if a %}'.repeat(30) + '{% endif %}'.repeat(30), 'nested too deeply'],
  [`{{ ${'('.repeat(30)}a${')'.repeat(30)} }}`, 'nested too deeply'],
  [`{{ ${'not '.repeat(100)}a }}`, 'nested too deeply'],
  [`{{ a${' or a'.repeat(100)} }}`, 'nested too deeply'],
  [`{{ a${'|trim'.repeat(100)} }}`, 'nested too deeply'],
  [`{{ a${'.a'.repeat(1600)} }}`, 'too many parts'],
  [`{{ ${'('.repeat(65)} }}`, 'too many brackets'],
  [`{{ "))))" | ${'('.repeat(65)} }}`, 'too many brackets'],
  ['{% if a %}{% endif %}'.repeat(51), 'at most 100 tags'],
  ['{{a}}'.repeat(1590), 'too many parts'],
  ['a'.repeat(8001), 'at most 8000 characters'],
  [`a${' '.repeat(200)}b`, '200 or more blanks'],
  [`a${'\n'.repeat(200)}b`, '200 or more blanks'],
  ['a\u0000b', 'control character'],
  ['a\ud83d', 'half a character'],
])('%s is refused', (source, reason) => {
  expect(() => readTemplate(source)).toThrow(TemplateError)
  expect(() => readTemplate(source)).toThrow(reason)
})

// Slips of the pen, where they are said to be, and what is said.
test.each([
  ['a\nb {{ x | safe }}', '2:10', 'no filter “safe”'],
  ['a\n{{ a. }}', '2:7', 'After a dot'],
  ['a\nb {{ order.number', '2:3', '“{{” is never closed'],
  ['a {{ order.number } b {{ x }}', '1:3', '“{{” is never closed'],
  ['a {% if x', '1:3', '“{%” is never closed'],
  ['a {{ order.number %}', '1:19', 'is closed by “}}”'],
  ['a\n{% if a %}b{% if c %}d{% endif %}', '2:1', '{% if %} is never closed'],
  ['{% if a %}b{% endfor %}', '1:12', '{% endif %} is expected, for the {% if %} of line 1, column 1'],
  ['{% for a in b %}{% if a %}{% endfor %}', '1:27', '{% endif %} is expected'],
  ['a{% endif %}', '1:2', 'never began'],
  ['a{% else %}', '1:2', 'outside of {% if %}'],
  ['a{% for a in b %}{% elif c %}{% endfor %}', '1:18', 'outside of {% if %}'],
  ['{% if a %}{% else %}{% else %}{% endif %}', '1:21', 'second {% else %}'],
  ['{% if a %}{% else %}{% elif b %}{% endif %}', '1:21', 'before {% else %}'],
  ['{% if a %}{% else if b %}{% endif %}', '1:11', 'written {% elif … %}'],
  ['{% if a %}{% end %}', '1:11', 'Write {% endif %}'],
  ['{% if a %}{% endif a %}', '1:11', 'Nothing else stands'],
  ['{% raw %}{{ a }}', '1:1', '{% raw %} is never closed'],
  ['{% raw %}{% raw %}{% endraw %}', '1:1', '{% raw %} is never closed'],
  ['a{% endraw %}', '1:2', 'never began'],
  ['a {# b', '1:3', 'comment that begins here is never closed'],
  ['a #} b', '1:3', 'comment that never began'],
  ['{{ a | default("b) }} <a href="c">', '1:16', 'text in quotes that begins here'],
  ["{{ a | default('b) }}", '1:16', 'text in quotes that begins here'],
  ['{{ }}', '1:4', 'missing here'],
  ['{% if %}{% endif %}', '1:7', 'missing here'],
  ['{{ a b }}', '1:6', 'not understood here'],
  ['{% if a b %}{% endif %}', '1:11', 'not understood here'],
  ['{{ a | }}', '1:8', 'name of a filter'],
  ['{% if a = b %}{% endif %}', '1:11', 'two signs'],
  ['{{ a = b }}', '1:6', 'two signs'],
  ['{% if a == %}{% endif %}', '1:12', 'missing here'],
  ['{{ a && b }}', '1:6', 'Write “and”'],
  ['{{ a || b }}', '1:7', 'Write “or”'],
  ['{{ !a }}', '1:4', 'Write “not”'],
  ['{{ a ? "b" : "c" }}', '1:6', 'A choice is written'],
  ['{{ a | default(“b”) }}', '1:8', 'plain quotes'],
  ['{% if a == „b“ %}{% endif %}', '1:12', 'plain quotes'],
  ['{{ a not b }}', 'undefined:undefined', '“not” stands before'],
  ['{{ (a b) }}', '1:4', 'closing bracket'],
  ['{{ a | truncate(1 2) }}', '1:19', 'closing bracket'],
])('%s is explained at %s', (source, where, sentence) => {
  const error = errorOf(source)
  expect(error.sentence).toContain(sentence)
  expect(`${error.place?.line}:${error.place?.column}`).toBe(where)
})

function errorOf(source: string): TemplateError {
  try {
    readTemplate(source)
  } catch (error) {
    if (error instanceof TemplateError) return error
    throw error
  }
  throw new Error('it is a template')
}

test('what is no text is no template', () => {
  for (const value of [undefined, null, 7, {}, [], ['a'], { length: 1, toString: () => 'a' }])
    expect(() => Reflect.apply(readTemplate, undefined, [value])).toThrow(TemplateError)
})

test('markup stands where its first character is, also where blanks were taken away', () => {
  const markup = (source: string) =>
    readTemplate(source).flatMap((part) =>
      part.type === 'markup' ? [`${part.source}@${part.place.line}:${part.place.column}`] : [],
    )
  expect(markup('ab{{ x }}cd')).toEqual(['ab@1:1', 'cd@1:10'])
  expect(markup('a \n{{- x -}}\n  \n  b  {%- if x -%} {% endif %}\n<b>')).toEqual([
    'a@1:1',
    'b@4:3',
    '\n<b>@4:30',
  ])
  expect(markup('{% raw %}<i>{{ {% endraw %}a{# c -#} b')).toEqual(['<i>{{ @1:10', 'a@1:28', 'b@1:38'])
  expect(markup(' {{- x -}} ')).toEqual([])
})

test('a template becomes parts, with names people would use', () => {
  const place = expect.anything()
  const path = { type: 'path', root: 'order', keys: ['items', 0, 'name'], place }
  expect(readTemplate('{{ order.items[0].name | truncate(9) }}')).toEqual([
    {
      type: 'print',
      name: 'order.items[0].name',
      value: {
        type: 'filter',
        name: 'truncate',
        filter: expect.anything(),
        input: path,
        arguments: [9],
        place,
      },
      place,
    },
  ])
  expect(readTemplate('{% if a %}b{% elif c %}{% else %}{% endif %}')).toMatchObject([
    {
      type: 'if',
      branches: [{ condition: { root: 'a' } }, { condition: { root: 'c' }, body: [] }],
      otherwise: [],
    },
  ])
  expect(readTemplate('{% for a in b.c %}d{% endfor %}')).toMatchObject([
    { type: 'for', variable: 'a', list: { root: 'b', keys: ['c'] }, body: [{ source: 'd' }], otherwise: [] },
  ])
  expect(readTemplate('{{ a.b | link("c") }}')).toMatchObject([
    { type: 'link', address: { root: 'a' }, text: 'c', name: 'a.b' },
  ])
  expect(readTemplate('{{ a or (b if c else d) }}')).toMatchObject([{ name: 'a or b or d' }])
})
