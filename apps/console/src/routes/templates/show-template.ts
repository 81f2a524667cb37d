import type { ListedTemplate, Template, TemplateVersion, VersionHead } from '@postino/database'

export function showTemplate({ draft, published, ...template }: Template): object {
  return {
    ...heading(template),
    draft: draft && { ...head(draft), ...whole(draft) },
    published: published && { ...head(published), ...whole(published) },
  }
}

export function showListedTemplate({ draft, published, ...template }: ListedTemplate): object {
  return {
    ...heading(template),
    draft: draft && { ...head(draft), ...counts(draft) },
    published: published && { ...head(published), ...counts(published) },
  }
}

export function showVersion(version: TemplateVersion): object {
  return { ...head(version), ...standing(version), ...whole(version) }
}

export function showListedVersion(version: VersionHead): object {
  return { ...head(version), ...standing(version), ...counts(version) }
}

function heading({
  id,
  kind,
  state,
  locale,
  revision,
  createdAt,
}: Omit<ListedTemplate, 'draft' | 'published'>) {
  return { id, kind, state, locale, revision, created_at: createdAt }
}

function head({ version, note, author, rolledBackTo, savedAt, publishedAt }: VersionHead) {
  return {
    version,
    note: note ?? undefined,
    author: author ?? undefined,
    rolled_back_to: rolledBackTo ?? undefined,
    saved_at: savedAt,
    published_at: publishedAt ?? undefined,
  }
}

function standing({ status, retiredAt }: VersionHead) {
  return { status, retired_at: retiredAt ?? undefined }
}

function whole({ content, findings }: TemplateVersion) {
  return { content, findings }
}

function counts({ findings }: VersionHead) {
  const errors = findings.filter(({ severity }) => severity === 'error').length
  return { errors, warnings: findings.length - errors }
}
