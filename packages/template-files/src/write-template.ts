import { templateContentSchema, type TemplateContent } from '@postino/domain'
import { Document, isScalar, Scalar, visit } from 'yaml'

/**
 * A template as a file: the same content gives the same bytes. Texts of several lines are literal blocks, so that they can be
 * read and compared line by line; what goes without saying is left out.
 */
export function writeTemplate(content: TemplateContent): string {
  const document = new Document(inOrder(content), { version: '1.2', schema: 'core', compat: 'yaml-1.1' })
  visit(document, {
    Pair(_, { key, value }, ancestors) {
      if (!isScalar(value) || typeof value.value !== 'string') return
      const isText = ancestors.length === DEPTH_OF_TEXT && isScalar(key) && key.value === 'text'
      if (!isText && !value.value.includes('\n')) return
      value.type = /\S/.test(value.value) ? Scalar.BLOCK_LITERAL : Scalar.QUOTE_DOUBLE
    },
  })
  const text = document.toString({
    lineWidth: 0,
    doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
  })
  // They stand between double quotes; as they are, some of them would steer the terminal they are shown in.
  return text.replaceAll(C1_CONTROL, (control) => `\\x${control.charCodeAt(0).toString(16)}`)
}

const C1_CONTROL = /[\u007f-\u009f]/g

/** The document, and the map that is all of it. */
const DEPTH_OF_TEXT = 2

/** What must stand in a file, always in the same order. */
function inOrder({ buttons, media, ...content }: TemplateContent): object {
  const all = {
    ...content,
    silent: content.silent || undefined,
    buttons: buttons.length === 0 ? undefined : buttons.map((row) => row.map(buttonInOrder)),
    media: media?.map(mediaInOrder),
  }
  return pick(all, CONTENT_FIELDS)
}

const CONTENT_FIELDS = Object.keys(templateContentSchema.shape)
const BUTTON_FIELDS = ['text', 'url', 'action', 'copy']
const MEDIA_FIELDS = ['type', 'url', 'file_id', 'name', 'mime', 'size']

function buttonInOrder(button: object): object {
  return pick(button, BUTTON_FIELDS)
}

function mediaInOrder(media: NonNullable<TemplateContent['media']>[number]): object {
  return pick({ ...media, type: media.type === 'auto' ? undefined : media.type }, MEDIA_FIELDS)
}

function pick(value: object, fields: readonly string[]): object {
  const given: Map<string, unknown> = new Map(Object.entries(value))
  return Object.fromEntries(
    fields.flatMap((field) => (given.get(field) === undefined ? [] : [[field, given.get(field)]])),
  )
}
