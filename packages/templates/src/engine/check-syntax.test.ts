import { expect, test } from 'vitest'
import { createRegions } from '../locale/region.ts'
import { createTemplateCompiler } from './compile-template.ts'
import { TemplateError } from '../language/template-error.ts'

const compile = createTemplateCompiler()
const scope = { region: createRegions()('it', 'Europe/Rome'), nowMs: 0 }

test.each([
  'Ordine {{ order.number }}',
  '{{ order.items[0].name | truncate(20) | upper }}',
  '{% if order.note and not (order.status == "paid") %}a{% elif a is defined or b is undefined %}b{% else %}c{% endif %}',
  '{% for item in order.items %}{{ loop.index }}{% for tag in item.tags %}{{ tag }}{% endfor %}{% else %}-{% endfor %}',
  '{{ "a" if order.paid else "b" }} {{ (order.name or "x") | default("y") }}',
  '{# a comment #}{% raw %}{{ as it is }}{% endraw %}',
])('%s is allowed', (source) => {
  expect(() => compile(source)).not.toThrow()
})

// What is refused, and the word that tells the shop why.
test.each([
  ['{{ x | safe }}', 'no filter called safe'],
  ['{% if a %}{{ x | safe }}{% endif %}', 'no filter called safe'],
  ['{{ x | dump }}', 'no filter called dump'],
  ['{{ x | escape }}', 'no filter called escape'],
  ['{{ x | valueOf }}', 'no filter called valueOf'],
  ['{{ x | constructor }}', 'no filter called constructor'],
  ['{{ x | a.b }}', 'no filter called a.b'],
  ['{% filter upper %}a{% endfilter %}', 'Capture'],
  ['{{ range(9) }}', 'FunCall'],
  ['{{ "a".constructor }}', 'only fields have fields'],
  ['{{ [].constructor }}', 'only fields have fields'],
  ['{{ order["con" ~ "structor"] }}', 'literal name'],
  ['{{ order[["constructor"]] }}', 'literal name'],
  ['{{ order.__proto__ }}', 'names consist of'],
  ['{{ order["a b"] }}', 'names consist of'],
  ['{{ order[100] }}', '0 to 99'],
  ['{{ order[1.5] }}', '0 to 99'],
  ['{{ \\u0061bc }}', 'names consist of'],
  ['{{ a"b }}', 'names consist of'],
  ['{{ a`b` }}', 'names consist of'],
  ['{{ "a" | join("," ~ "b") }}', 'only literal values'],
  ['{{ a | default(b) }}', 'only literal values'],
  ['{{ a | truncate(n=3) }}', 'only literal values'],
  ['{{ a | truncate }}', 'takes 1 to 2 values'],
  ['{{ a | upper(1) }}', 'takes 0 values'],
  ['{{ a | join(r/x/) }}', 'only texts, numbers'],
  ['{{ r/(a+)+$/ }}', 'only texts, numbers'],
  ['{{ 1e999 }}', ''],
  ['{{ a + b }}', 'Add'],
  ['{{ a ~ b }}', 'Concat'],
  ['{{ -a }}', 'Neg'],
  ['{{ 2 ** 9 }}', 'Pow'],
  ['{{ a in b }}', 'In'],
  ['{{ [1] }}', 'Array'],
  ['{{ {a: 1} }}', 'Dict'],
  ['{{ (a, b) }}', 'brackets hold one'],
  ['{{ a is callable }}', 'defined or undefined'],
  ['{{ a is divisibleby(2) }}', 'defined or undefined'],
  ['{{ a == b == c }}', 'two sides'],
  ['{% if not a == b %}{% endif %}', 'into brackets'],
  ['{% set a = 1 %}', 'Set'],
  ['{% set "a" = 1 %}', ''],
  ['{% set a %}b{% endset %}', 'Set'],
  ['{% macro a() %}{% endmacro %}', 'Macro'],
  ['{% call a() %}{% endcall %}', 'FunCall'],
  ['{% block a %}{% endblock %}', 'Block'],
  ['{% extends "a" %}', 'Extends'],
  ['{% include "a" %}', 'Include'],
  ['{% include "a" ignore missing %}', 'Include'],
  ['{% import "a" as b %}', 'Import'],
  ['{% from "a" import b %}', 'FromImport'],
  ['{% switch a %}{% case 1 %}b{% endswitch %}', 'Switch'],
  ['{% asyncEach a in b %}{% endeach %}', 'AsyncEach'],
  ['{% asyncAll a in b %}{% endall %}', 'AsyncAll'],
  ['{% ifAsync a %}{% endif %}', 'IfAsync'],
  ['{% for k, v in a %}{% endfor %}', 'one variable'],
  ['{% for k, "v" in a %}{% endfor %}', 'one variable'],
  ['{% for loop in a %}{% endfor %}', 'one variable'],
  ['{% for a"b in c %}{% endfor %}', 'names consist of'],
  ['{% for a in [1, 2] %}{% endfor %}', 'a field that is a list'],
  ['{% for a in "abc" %}{% endfor %}', 'a field that is a list'],
  ['{% for a in a %}{% for b in a %}{% for c in b %}{% endfor %}{% endfor %}{% endfor %}', 'not deeper'],
  ['{% if a %}'.repeat(30) + '{% endif %}'.repeat(30), 'nested too deeply'],
  [`{{ ${'('.repeat(30)}a${')'.repeat(30)} }}`, 'nested too deeply'],
  [`{{ ${'('.repeat(5000)}`, ''],
  ['{{ a. }}', 'expected name'],
  ['{% if a %}', 'endif'],
  ['{% nothing %}', 'unknown block tag'],
  ['a\u0000b', 'control character'],
  ['a\ud83d', 'half a character'],
])('%s is refused', (source, reason) => {
  expect(() => compile(source)).toThrow(TemplateError)
  expect(() => compile(source)).toThrow(reason)
})

test('a refusal says where, counted from one', () => {
  expect(() => compile('a\nb {{ x | safe }}')).toThrow('Line 2, column 10: ')
  expect(() => compile('a\n{{ a. }}')).toThrow('Line 2, column 7: ')
})

test('names every object inherits are as missing as any other', () => {
  const data = { order: { number: '1' }, items: [1] }
  for (const name of [
    'constructor',
    'toString',
    'hasOwnProperty',
    'order.constructor',
    'order.valueOf',
    'items.map',
  ]) {
    expect(() => compile(`{{ ${name} }}`)(data, scope, 'plain')).toThrow(`${name} is missing`)
    expect(compile(`{% if ${name} %}a{% else %}b{% endif %}`)(data, scope, 'plain')).toBe('b')
  }
})

test('nothing of one rendering is left for the next, and nothing on any prototype', () => {
  const source = '{% for item in items %}{{ item }}{{ loop.index }}{% endfor %}{{ item | default("-") }}'
  expect(compile(source)({ items: ['a', 'b'] }, scope, 'plain')).toBe('a1b2-')
  expect(compile(source)({ items: [] }, scope, 'plain')).toBe('-')
  expect(Object.keys(Object.prototype)).toEqual([])
  expect(Reflect.get({}, 'index')).toBeUndefined()
})
