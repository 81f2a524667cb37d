import type { Parameters } from '../../http/parameters.ts'
import { booleanParameter } from '../../http/parameters.ts'
import type { LinkPreviewOptions } from '../../world/message.ts'
import { refuse } from '../refused-error.ts'
import { isObject, optionalBoolean, optionalString, parseJson, within } from './json-object.ts'

/** Reads `link_preview_options`, or the old `disable_web_page_preview`. */
export function parseLinkPreview(parameters: Parameters): LinkPreviewOptions | undefined {
  const text = parameters.text('link_preview_options')
  if (text === '')
    return booleanParameter(parameters, 'disable_web_page_preview') ? { is_disabled: true } : undefined
  const options = parseJson(text, "Can't parse link preview options JSON object")
  if (!isObject(options)) return refuse('Object expected as link preview options')

  return within('', () => {
    const url = optionalString(options, 'url')
    const has = (name: string): boolean => optionalBoolean(options, name)
    return {
      ...(has('is_disabled') ? { is_disabled: true } : {}),
      ...(url === '' ? {} : { url }),
      ...(has('prefer_small_media') ? { prefer_small_media: true } : {}),
      ...(has('prefer_large_media') ? { prefer_large_media: true } : {}),
      ...(has('show_above_text') ? { show_above_text: true } : {}),
    }
  })
}
