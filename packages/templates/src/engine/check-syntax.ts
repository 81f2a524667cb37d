import { checkExpression } from './check-expression.ts'
import { describeExpression } from './describe-expression.ts'
import type { TreeNode } from './nunjucks-internals.ts'
import { checkName, depthBelow, problem, refused } from './syntax-problem.ts'

/** By position (see positionKey), what each `{{ … }}` prints, as people would call it: `order.number`. */
export type PrintedNames = ReadonlyMap<string, string>

/**
 * Walks the whole tree of a template and allows only what is listed here, refusing by default. nunjucks turns templates
 * into JavaScript and copies names into it unescaped, so each name is checked, also in branches no data would reach.
 * There is no way left to mark a value as safe, to call anything, or to load another template.
 */
export function checkSyntax(root: TreeNode): PrintedNames {
  const printed = new Map<string, string>()
  checkBlock(root, { depth: 0, loops: 0, printed })
  return printed
}

/** How generated code and the tree name a place alike. */
export function positionKey(lineno: number, colno: number): string {
  return `${lineno}:${colno}`
}

interface Walk {
  depth: number
  loops: number
  printed: Map<string, string>
}

const MAX_LOOPS = 2

function checkBlock(node: TreeNode | null, walk: Walk): void {
  if (node === null) return
  const inner = { ...walk, depth: depthBelow(node, walk.depth) }
  if (node.typename === 'Root' || node.typename === 'NodeList') {
    for (const child of node.children) checkBlock(child, inner)
  } else if (node.typename === 'Output') {
    for (const child of node.children) checkOutput(child, node, inner)
  } else if (node.typename === 'If') {
    checkExpression(node.cond, inner.depth)
    checkBlock(node.body, inner)
    checkBlock(node.else_, inner)
  } else if (node.typename === 'For') checkLoop(node, inner)
  else throw refused(node)
}

function checkOutput(child: TreeNode, output: TreeNode, walk: Walk): void {
  if (child.typename === 'TemplateData') return
  checkExpression(child, walk.depth)
  walk.printed.set(positionKey(output.lineno, output.colno), describeExpression(child))
}

function checkLoop(node: Extract<TreeNode, { typename: 'For' }>, walk: Walk): void {
  if (walk.loops === MAX_LOOPS) throw problem(node, `a loop may stand inside one other, not deeper`)
  const { name, arr } = node
  if (name.typename !== 'Symbol' || name.value === 'loop')
    throw problem(node, 'a loop has one variable, not called loop')
  if (arr.typename !== 'Symbol' && arr.typename !== 'LookupVal')
    throw problem(node, 'a loop runs over a field that is a list')
  checkName(name, name.value)
  checkExpression(arr, walk.depth)
  checkBlock(node.body, { ...walk, loops: walk.loops + 1 })
  checkBlock(node.else_, walk)
}
