import { describeSchemaIssue, templateContentSchema, type TemplateContent } from '@postino/domain'
import {
  isAlias,
  isNode,
  isPair,
  isScalar,
  parseDocument,
  Scalar,
  visit,
  type Document,
  type Node,
  type YAMLError,
} from 'yaml'
import { createPlaces, type Place, type Places } from './places.ts'
import { describeYamlError } from './yaml-errors.ts'

/** Of one file. */
export const MAX_FILE_BYTES = 64 * 1024

/** A file with more of them is told the first ones. */
const MAX_FLAWS = 20

export interface TemplateFlaw extends Place {
  /** A sentence that names the way out. */
  message: string
}

export type ReadTemplate =
  | { status: 'read'; content: TemplateContent; places: Places }
  | { status: 'refused'; flaws: TemplateFlaw[] }

/**
 * Reads a template file: YAML 1.2 of plain values alone, without tags, anchors and aliases, in UTF-8, with or without a byte order
 * mark, its lines ended in any way. All that is wrong is told, each with its place.
 */
export function readTemplate(bytes: Uint8Array): ReadTemplate {
  if (bytes.length > MAX_FILE_BYTES)
    return refusedWhole(`the file is larger than ${MAX_FILE_BYTES} bytes: a template is a short text`)
  const source = decode(bytes)
  if (source === undefined) return refusedWhole('the file is not UTF-8: save it as UTF-8')
  const document = parse(source)
  const places = createPlaces(source, document)
  const problems =
    document.errors.length > 0 ? document.errors.map(asProblem) : listUnwanted(source, document)
  if (problems.length > 0) {
    const told = problems.slice(0, MAX_FLAWS)
    const flaws = told.map(({ offset, message }) => ({ ...places.ofOffset(offset), message }))
    return { status: 'refused', flaws }
  }
  return readContent(document, places)
}

function parse(source: string): Document.Parsed {
  return parseDocument(source, {
    version: '1.2',
    schema: 'core',
    resolveKnownTags: false,
    merge: false,
    stringKeys: true,
    uniqueKeys: true,
    strict: true,
    prettyErrors: false,
    // Errors stand in the document; nothing is printed.
    logLevel: 'error',
  })
}

function readContent(document: Document.Parsed, places: Places): ReadTemplate {
  if (document.contents === null) return refusedWhole('the file is empty: it begins with text: |')
  const value: unknown = document.toJS({ maxAliasCount: 0 })
  const parsed = templateContentSchema.safeParse(value)
  if (parsed.success) return { status: 'read', content: parsed.data, places }
  const flaws = parsed.error.issues
    .flatMap((issue) =>
      describeSchemaIssue(issue, { value, schema: templateContentSchema, whole: 'The file' }),
    )
    .slice(0, MAX_FLAWS)
    .map(({ pointer, detail }) => ({ ...places.ofField(pathOf(pointer)), message: detail }))
  return { status: 'refused', flaws }
}

/** Of a JSON pointer (RFC 6901). */
function pathOf(pointer: string): string[] {
  const segments = pointer.split('/').slice(1)
  return segments.map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
}

interface Problem {
  offset: number
  message: string
}

function asProblem({ code, message, pos }: YAMLError): Problem {
  return { offset: pos[0], message: describeYamlError(code, message) }
}

/** What YAML knows and a template has no use for, and characters that cannot be kept. */
function listUnwanted(source: string, document: Document.Parsed): Problem[] {
  const problems: Problem[] = document.warnings.map(asProblem)
  const add = (offset: number, message: string) => problems.push({ offset, message })
  if (document.directives.yaml.explicit === true)
    add(0, 'a line that begins with % has no place here: leave it out')
  visit(document, (_, node) => {
    if (isPair(node)) {
      const { key, value } = node
      if (!isScalar(key) || !isScalar(value) || value.type !== Scalar.PLAIN || !value.comment) return
      if (SOURCES.has(String(key.value)))
        add(
          source.indexOf('#', value.range?.[1]),
          'what follows # is no part of the text: put the text in quotes',
        )
    } else if (isNode(node)) {
      const problem = problemOf(node)
      if (problem !== undefined) add(node.range?.[0] ?? 0, problem)
    }
  })
  return problems
}

function problemOf(node: Node): string | undefined {
  if (isAlias(node)) return '* and a name repeat another part: write it out, or put the text in quotes'
  if (node.tag !== undefined) return '! and a name have no place here: put the text in quotes'
  if (node.anchor !== undefined) return '& and a name have no place here: put the text in quotes'
  if (isScalar(node) && typeof node.value === 'string' && UNWANTED.test(node.value))
    return 'here is a control character, or half of one: only tabs and line ends are allowed'
  return undefined
}

/** Fields with words or addresses of the shop in them. */
const SOURCES: ReadonlySet<string> = new Set(['text', 'preview', 'url', 'copy', 'name', 'mime', 'size'])

// Neither Postgres nor Telegram takes them.
const UNWANTED = /(?![\n\t\u007f-\u009f])\p{Cc}|\p{Cs}/u

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function refusedWhole(message: string): ReadTemplate {
  return { status: 'refused', flaws: [{ line: 1, column: 1, message }] }
}
