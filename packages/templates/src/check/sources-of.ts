import type { TemplateContent } from '@postino/domain'
import type { SourceUse } from './rule.ts'

/** A source of a template and where it stands, as findings say it: `text`, `buttons.0.1.url`. */
export interface PlacedSource {
  at: string
  use: SourceUse
  source: string
}

/** Every source of a template, in the order in which findings tell about them. */
export function sourcesOf(content: TemplateContent): PlacedSource[] {
  const { text, preview, buttons, media = [] } = content
  const placed = (at: string, use: SourceUse, source: string | undefined): PlacedSource[] =>
    source === undefined ? [] : [{ at, use, source }]
  return [
    ...placed('preview', 'preview', preview),
    ...placed('text', 'text', text),
    ...buttons.flatMap((row, rowIndex) =>
      row.flatMap((button, index) => {
        const at = `buttons.${rowIndex}.${index}`
        return [
          ...placed(`${at}.text`, 'label', button.text),
          ...('url' in button ? placed(`${at}.url`, 'address', button.url) : []),
          ...('copy' in button ? placed(`${at}.copy`, 'copy', button.copy) : []),
        ]
      }),
    ),
    ...media.flatMap((file, index) =>
      'file_id' in file
        ? []
        : [
            ...placed(`media.${index}.url`, 'address', file.url),
            ...placed(`media.${index}.name`, 'name', file.name),
            ...placed(`media.${index}.mime`, 'name', file.mime),
            ...placed(`media.${index}.size`, 'size', file.size),
          ],
    ),
  ]
}
