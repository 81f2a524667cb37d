/** True for the texts that hold no blanks in any event: ids, and the currency of an amount. */
export function hasNoBlanks(path: string): boolean {
  return /\.(?:id|token|currency)$/.test(path)
}
