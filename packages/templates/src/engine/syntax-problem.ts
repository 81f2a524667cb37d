import type { TreeNode } from './nunjucks-internals.ts'
import { TemplateError } from '../language/template-error.ts'

/** Deeper templates are nobody's; the bound keeps the recursion of the walk and of generated code small. */
const MAX_DEPTH = 24

const NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/

/** Throws when the node is nested too deeply; else returns the depth of what it holds. */
export function depthBelow(node: TreeNode, depth: number): number {
  if (depth >= MAX_DEPTH) throw problem(node, 'this is nested too deeply')
  return depth + 1
}

export function checkName(node: TreeNode, name: unknown): void {
  if (typeof name !== 'string' || !NAME.test(name)) {
    throw problem(node, 'names consist of letters, digits and _, and begin with a letter')
  }
}

export function refused(node: TreeNode): TemplateError {
  return problem(node, `this is not offered in templates (${node.typename})`)
}

export function problem(node: TreeNode, message: string): TemplateError {
  return new TemplateError(message, { line: node.lineno + 1, column: node.colno + 1 })
}
