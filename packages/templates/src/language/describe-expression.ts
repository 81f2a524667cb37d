import type { Expression, Path } from './tree.ts'

/** What an expression shows, as people would call it: `order.number`, without filters. */
export function describeExpression(expression: Expression): string {
  switch (expression.type) {
    case 'path':
      return describePath(expression)
    case 'filter':
      return describeExpression(expression.input)
    case 'or':
      return `${describeExpression(expression.left)} or ${describeExpression(expression.right)}`
    case 'choose': {
      const { whenTrue, otherwise } = expression
      const ends = otherwise === undefined ? [whenTrue] : [whenTrue, otherwise]
      return ends.map(describeExpression).join(' or ')
    }
    case 'literal':
    case 'is_defined':
    case 'and':
    case 'not':
    case 'compare':
      return 'this value'
  }
}

/** The path as templates write it: `order.items[0].name`. */
function describePath({ root, keys }: Path): string {
  return root + keys.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('')
}
