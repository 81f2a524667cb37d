import { checkSource } from './check-source.ts'
import { parserNode, parseWithNunjucks } from './parser-node.ts'
import { TemplateError } from './template-error.ts'
import { translateBlock } from './translate-block.ts'
import type { Block } from './tree.ts'
import { beginWalk } from './walk.ts'

/**
 * Reads the source of a template: checked first, then parsed by nunjucks, whose tree is translated node by node into our own.
 * What is not listed there is refused, so that nothing of nunjucks is left behind this function. Throws a TemplateError with a
 * sentence a shopkeeper understands, and nothing else, for whatever is no template; in little time, whatever the source.
 */
export function readTemplate(source: string): Block {
  checkSource(source)
  const root = parserNode(parseWithNunjucks(source))
  if (root?.typename !== 'Root') throw new TemplateError('This is no template.')
  return translateBlock(root, beginWalk(source))
}
