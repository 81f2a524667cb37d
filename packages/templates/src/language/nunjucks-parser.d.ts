/** The part of nunjucks that is used, without what compiles and runs: its public types tell of the whole only. */
declare module 'nunjucks/src/parser.js' {
  const parser: { parse(source: string, extensions: readonly never[], options: object): unknown }
  // oxlint-disable-next-line import/no-default-export -- what `module.exports` is to an import
  export default parser
}
