export { PURPOSES } from './purpose.ts'
export type { Lane, Purpose } from './purpose.ts'
export {
  COLLAPSE_RULES,
  contentProblem,
  MAX_MEDIA,
  MEDIA_TYPES,
  ON_UNKNOWN,
  QUIET_HOURS_RULES,
  templateContentSchema,
} from './content.ts'
export type {
  CallbackButton,
  CollapseRule,
  CopyButton,
  LinkButton,
  MediaFile,
  MediaType,
  MessageButton,
  MessageContent,
  OnUnknown,
  QuietHoursRule,
  TemplateContent,
} from './content.ts'
export { createQuietUntil, quietHoursSchema } from './quiet-hours.ts'
export type { QuietHours, QuietUntil } from './quiet-hours.ts'
export { templateFindingSchema } from './template-finding.ts'
export type { TemplateFinding } from './template-finding.ts'
export { FIELD_LOCALES, FIELD_TYPES } from './fields/field.ts'
export { fieldsOf, hiddenFieldsOf } from './fields/fields-of.ts'
export { stateFieldOf, stateProblem } from './fields/state-field.ts'
export type { Field, FieldLocale, FieldType, HiddenField } from './fields/field.ts'
export { attachmentPolicySchema, DEFAULT_ATTACHMENT_POLICY } from './attachments/attachment-policy.ts'
export type { AttachmentPolicy } from './attachments/attachment-policy.ts'
export { decideAttachment } from './attachments/decide-attachment.ts'
export type {
  AttachmentDecision,
  FileLink,
  LinkReason,
  OfferedFile,
} from './attachments/decide-attachment.ts'
export { planAttachments } from './attachments/plan-attachments.ts'
export type { AttachmentPlan, FileToPlace, KeptFile, PlacedLink } from './attachments/plan-attachments.ts'
export { MAX_BYTES_BY_ADDRESS, MAX_FILE_BYTES, MAX_PHOTO_BYTES } from './attachments/telegram-file-limits.ts'
export { callbackDataFor, parseCallbackData } from './callback-data.ts'

export { EVENT_KINDS, isEventKind, KIND_RULES } from './kind.ts'
export type { EventKind, KindRule, RecipientRole } from './kind.ts'
export { ORDER_STATUSES } from './order-status.ts'
export type { OrderStatus } from './order-status.ts'
export { canMove, isFinal, MESSAGE_STATUSES, MESSAGE_TRANSITIONS } from './message-status.ts'
export type { MessageStatus } from './message-status.ts'
export { findReason, listReasons, REASONS } from './reason.ts'
export type { Reason, ReasonCode, ReasonedStatus } from './reason.ts'
export { mayRestOnContract, rightToTell } from './consent.ts'
export type { LegalBasis, RegistrationStatus, RightToTell, Standing } from './consent.ts'
export { CONSENT_SOURCES } from './consent-source.ts'
export type { ConsentSource } from './consent-source.ts'
export {
  nextWordingVersion,
  WORDING_LOCALES,
  wordingFor,
  wordingHash,
  wordingInForce,
} from './wording/wording.ts'
export type { KeptWording, Wording, WordingLocale } from './wording/wording.ts'
export { locale as localeSchema, state as stateSchema, time as timeSchema } from './schema/formats.ts'
export { parseTime } from './schema/time.ts'
export { wordingInputSchema } from './schema/wording.ts'
export type { WordingInput } from './schema/wording.ts'
export { parseGroupKeyword } from './group-keyword.ts'
export { optinPageSchema } from './schema/optin-page.ts'
export type { OptinPageSettings } from './schema/optin-page.ts'
export type { ContactToImport } from './import/contact-to-import.ts'
export type { ImportIssue } from './import/import-issue.ts'
export type { RegistrationToImport } from './import/registration-to-import.ts'
export { contactFieldsSchema, contactInputSchema } from './schema/contact.ts'
export type { ContactFieldsInput, ContactInput } from './schema/contact.ts'
export { diffLines } from './diff-lines.ts'
export type { DiffLine } from './diff-lines.ts'
export { canonicalJson } from './canonical-json.ts'
export { canonicalLocale, localeChain } from './locale.ts'
export { EXAMPLES } from './examples/examples.ts'
export type { ExampleEvent } from './examples/examples.ts'
export { exampleEvent } from './examples/example-event.ts'
export { exampleAt } from './examples/example-at.ts'
export { EXAMPLE_SHOP } from './examples/shop.ts'
export { EXAMPLE_PEOPLE } from './examples/people.ts'

export {
  MAX_BATCH_BYTES,
  MAX_BATCH_EVENTS,
  MAX_DEPTH,
  MAX_EVENT_BYTES,
  MAX_ITEMS,
  MAX_MEMBERS,
  MAX_TEXT_CHARS,
} from './schema/limits.ts'
export { eventBatchSchema, shortEventSchema, structuredEventSchema } from './schema/event.ts'
export { EVENT_DATA_SCHEMAS } from './schema/event-data.ts'
export { moneySchema } from './schema/money.ts'
export type { Money } from './schema/money.ts'
export { personSchema } from './schema/person.ts'
export type { Person } from './schema/person.ts'

export { findNearMiss } from './event/near-miss.ts'
export { parseEvent } from './event/parse-event.ts'
export type { EventOf, ParsedEvent, ShopEvent } from './event/parse-event.ts'
export type { EventIssue } from './event/issue.ts'
export { readPlainEvent } from './event/plain/read-plain-event.ts'
export type { WrittenEvent } from './event/plain/read-plain-event.ts'
export { parseInput } from './event/parse-input.ts'
export { describeSchemaIssue } from './event/describe-schema-issue.ts'
export { structuredFromHeaders } from './event/structured-from-headers.ts'
export { fingerprintOf } from './event/fingerprint-of.ts'
export { recipientsOf } from './event/recipients-of.ts'
export type { Recipient } from './event/recipients-of.ts'
export { collapseKeyOf, deadlineOf, sequenceOf, stateOf } from './event/event-facts.ts'
