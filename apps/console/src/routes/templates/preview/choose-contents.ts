import { findTemplate, findVersion, listWholeTemplates, type Template } from '@postino/database'
import type { EventKind, TemplateContent } from '@postino/domain'
import { invalidBody, type ProblemError } from '@postino/http'
import type { Ask } from '../../../ask.ts'

/** More languages than anybody writes. */
const MAX_LOCALES = 50

export interface ContentToShow {
  locale: string
  content: TemplateContent
  templateId?: string
  version?: number
}

export interface ContentsToShow {
  kind: EventKind
  state: string
  contents: ContentToShow[]
}

export interface StoredRequest {
  template_id: string
  version?: number | undefined
  locale?: string | undefined
}

/** What is kept under a template's id: one version, or of each language of it the draft, or else what is sent. */
export async function chooseStoredContents(
  ask: Ask,
  shopId: string,
  { template_id: id, version, locale }: StoredRequest,
): Promise<ContentsToShow> {
  const template = await ask((database) => findTemplate(database, shopId, { id }))
  if (template === undefined) throw unknown('template_id', 'names no template of this shop.')
  const { kind, state } = template
  if (version !== undefined) {
    const found = await ask((database) => findVersion(database, shopId, { templateId: id, version }))
    if (found === undefined) throw unknown('version', 'is none of this template.')
    return {
      kind,
      state,
      contents: [{ locale: template.locale, content: found.content, templateId: id, version }],
    }
  }
  const wanted = { kind, state, locale, limit: MAX_LOCALES }
  const templates = await ask((database) => listWholeTemplates(database, shopId, wanted))
  const contents = templates.flatMap(youngestOf)
  if (contents.length > 0) return { kind, state, contents }
  throw locale === undefined
    ? unknown(
        'template_id',
        'names a template with neither a draft nor anything that is sent; name a version.',
      )
    : unknown('locale', 'is none the shop has of this template.')
}

function youngestOf({ id: templateId, locale, draft, published }: Template): ContentToShow[] {
  const found = draft ?? published
  return found === undefined ? [] : [{ locale, content: found.content, templateId, version: found.version }]
}

function unknown(field: string, problem: string): ProblemError {
  return invalidBody([{ pointer: `/${field}`, code: 'unknown', detail: `${field} ${problem}` }])
}
