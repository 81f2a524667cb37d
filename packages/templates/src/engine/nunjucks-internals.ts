import nunjucks from 'nunjucks'

/** Where a node begins, counted from 0. */
interface Position {
  lineno: number
  colno: number
}

/** The nodes of nunjucks' tree that templates may be made of; nodes.js has more. */
export type TreeNode = Position &
  (
    | { typename: 'Root' | 'NodeList' | 'Output' | 'Group'; children: TreeNode[] }
    | { typename: 'TemplateData' | 'Literal' | 'Symbol'; value: unknown }
    | { typename: 'LookupVal'; target: TreeNode; val: TreeNode }
    | { typename: 'If' | 'InlineIf'; cond: TreeNode; body: TreeNode; else_: TreeNode | null }
    | { typename: 'For'; arr: TreeNode; name: TreeNode; body: TreeNode; else_: TreeNode | null }
    | { typename: 'Filter'; name: TreeNode; args: { children: TreeNode[] } }
    | { typename: 'Is' | 'And' | 'Or'; left: TreeNode; right: TreeNode }
    | { typename: 'Not'; target: TreeNode }
    | { typename: 'Compare'; expr: TreeNode; ops: { expr: TreeNode }[] }
  )

/** Variables of loops. */
interface Frame {
  lookup(name: string): unknown
}

/** What generated code calls; see runtime.js. Only these are reached by templates that pass checkSyntax. */
export interface Runtime {
  Frame: new () => Frame
  isArray(value: unknown): boolean
  contextOrFrameLookup(context: unknown, frame: Frame, name: string): unknown
  memberLookup(target: unknown, name: string | number): unknown
  fromIterator(value: unknown): unknown
  ensureDefined(value: unknown, lineno: number, colno: number): unknown
  suppressValue(value: unknown, autoescape: boolean): string
  handleError(error: unknown): unknown
}

export interface Environment {
  globals: object
  filters: object
  tests: object
}

/** The function nunjucks generates for a template. Ours has nothing asynchronous in it, so it calls back at once. */
export type RootRenderFunction = (
  ...parts: [
    environment: Environment,
    context: object,
    frame: Frame,
    runtime: Runtime,
    callback: (error: unknown, output?: string) => void,
  ]
) => void

interface Internals {
  parser: { parse(source: string, extensions: readonly never[], options: object): TreeNode }
  runtime: Runtime
  Environment: new (loaders: readonly never[], options: object) => Environment
  Template: new (
    source: string,
    environment: Environment,
    path: undefined,
    eagerCompile: true,
  ) => {
    rootRenderFunc: RootRenderFunction
  }
}

/**
 * nunjucks with the parts its public types leave out. Safe to claim because the version is pinned to 3.2.4, the last one,
 * and because a node of another type than those above is refused by checkSyntax before anything else reads the tree.
 */
export function nunjucksInternals(): Internals {
  return nunjucks as unknown as Internals
}
