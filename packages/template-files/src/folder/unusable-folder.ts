/** A person must mend something in the folder first; the message says what, and how. */
export class UnusableFolder extends Error {
  override readonly name = 'UnusableFolder'
}
