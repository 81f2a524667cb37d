import type { Expression } from '../../language/tree.ts'
import { writePath } from './resolve-path.ts'

/** The fields a value may show, without those that only decide about it. */
export function pathsShown(value: Expression): string[] {
  switch (value.type) {
    case 'path':
      return [writePath(value)]
    case 'filter':
      return pathsShown(value.input)
    case 'and':
    case 'or':
      return [...pathsShown(value.left), ...pathsShown(value.right)]
    case 'choose':
      return [value.whenTrue, ...(value.otherwise === undefined ? [] : [value.otherwise])].flatMap(pathsShown)
    case 'literal':
    case 'is_defined':
    case 'not':
    case 'compare':
      return []
  }
}
