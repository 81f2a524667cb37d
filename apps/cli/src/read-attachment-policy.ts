import { attachmentPolicySchema, type AttachmentPolicy } from '@postino/domain'
import { CommandFailure } from './failures/command-failure.ts'
import { readInput } from './read-input.ts'

const MAX_BYTES = 100_000

/**
 * A shop's table of files, from a JSON file; undefined for `default`, which is Postino's own.
 *
 * @throws CommandFailure that names what is wrong, a line for each row
 */
export async function readAttachmentPolicy(
  file: string,
  input: NodeJS.ReadStream,
): Promise<AttachmentPolicy | undefined> {
  if (file === 'default') return undefined
  const bytes = await readInput({ file, input }, { maxBytes: MAX_BYTES })
  const parsed = attachmentPolicySchema.safeParse(parseJson(bytes.toString('utf8'), file))
  if (parsed.success) return parsed.data
  const lines = parsed.error.issues.map(({ path, message }) => {
    const row = path.join('.')
    return `  ${row === '' ? '' : `${row}: `}${message}`
  })
  throw new CommandFailure(
    [`${file} is no table of endings and bytes, such as {"pdf":5242880,"zip":0}:`, ...lines].join('\n'),
  )
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CommandFailure(`${file} is no JSON (${reason})`, { cause: error })
  }
}
