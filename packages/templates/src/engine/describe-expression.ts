import type { TreeNode } from './nunjucks-internals.ts'

/** What an expression shows, as people would call it: `order.number`, without filters. */
export function describeExpression(node: TreeNode): string {
  if (node.typename === 'Symbol') return String(node.value)
  if (node.typename === 'LookupVal') return describeExpression(node.target) + describeField(node.val)
  if (node.typename === 'Or') return `${describeExpression(node.left)} or ${describeExpression(node.right)}`
  if (node.typename === 'InlineIf') {
    const ends = node.else_ === null ? [node.body] : [node.body, node.else_]
    return ends.map(describeExpression).join(' or ')
  }
  const inner = innerExpression(node)
  return inner === undefined ? 'this value' : describeExpression(inner)
}

function innerExpression(node: TreeNode): TreeNode | undefined {
  if (node.typename === 'Filter') return node.args.children[0]
  if (node.typename === 'Group') return node.children[0]
  return undefined
}

function describeField(field: TreeNode): string {
  if (field.typename !== 'Literal') return ''
  return typeof field.value === 'number' ? `[${field.value}]` : `.${String(field.value)}`
}
