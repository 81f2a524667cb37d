export { API_KEY_SCOPES, generateApiKey } from './api-key.ts'
export type { ApiKeyScope, NewApiKey } from './api-key.ts'
export { createDatabase, pingDatabase } from './create-database.ts'
export { inTransaction } from './in-transaction.ts'
export { preparedPool } from './prepared-pool.ts'
export type { Database, DatabaseOptions } from './create-database.ts'
export { classifyDatabaseFailure, isRefusedValue } from './database-failure.ts'
export {
  createKeyring,
  KeyringError,
  loginSecretContext,
  loginStateContext,
  parseSecretKeys,
  secretKeysProblem,
  tokenContext,
  webhookSecretContext,
} from './keyring.ts'
export type { Keyring, SealedSecret } from './keyring.ts'
export { migrateToLatest, requireMigrated } from './migrate.ts'
export { MIGRATIONS } from './migrations/index.ts'
export { requireSameShards, WrongShardsError } from './queries/installation/fix-shards.ts'
export { readShards } from './queries/installation/read-shards.ts'
export { findShardsOfBots } from './queries/installation/find-shards-of-bots.ts'
export { acceptEvents } from './queries/messages/accept-events.ts'
export type { Acceptance, AcceptedMessage, NewEvent, NewMessage } from './queries/messages/accept-events.ts'
export {
  deleteIntakePasswords,
  insertIntakePassword,
  listIntakePasswords,
  listStoredIntakeUsers,
  readIntakeUsersMark,
} from './queries/intake/intake-users.ts'
export type { StoredIntakeUser } from './queries/intake/intake-users.ts'
export { insertRejectedEvents, listRejectedEvents } from './queries/intake/rejected-events.ts'
export type { KeptRejection, RejectedEvent } from './queries/intake/rejected-events.ts'
export { listStreamShops, readStreamShopsMark, switchStreamIntake } from './queries/intake/stream-shops.ts'
export { insertApiKey, revokeApiKey, verifyApiKey, verifyApiKeys } from './queries/shops/api-keys.ts'
export type { VerifiedApiKey } from './queries/shops/api-keys.ts'
export { beginTurns } from './queries/messages/begin-turns.ts'
export type { BegunTurn } from './queries/messages/begin-turns.ts'
export {
  coolBot,
  listBotsOfShop,
  parkBot,
  setBotStatus,
  stopPaying,
  upsertBot,
} from './queries/shops/bots.ts'
export type { Bot } from './queries/shops/bots.ts'
export { listServedBots } from './queries/shops/served-bots.ts'
export type { ServedBot } from './queries/shops/served-bots.ts'
export {
  bindChat,
  findRegistrationByChat,
  markTester,
  offerPurposes,
} from './queries/registrations/bind-chat.ts'
export type { ChatBinding, FoundRegistration } from './queries/registrations/bind-chat.ts'
export { listGroupChoices } from './queries/groups/group-choices.ts'
export type { GroupChoice } from './queries/groups/group-choices.ts'
export { isTapOvertaken, listPurposesSinceStart } from './queries/registrations/overtaken-acts.ts'
export { removeBotLogin, setBotLogin } from './queries/shops/bot-login.ts'
export { insertButtonPress } from './queries/messages/button-presses.ts'
export type { ButtonPress } from './queries/messages/button-presses.ts'
export { findBookContact, listBookContacts } from './queries/contacts/book-contacts.ts'
export type { BookContact } from './queries/contacts/book-contacts.ts'
export { claimMessages } from './queries/messages/claim-messages.ts'
export type { Claim, ClaimRequest } from './queries/messages/claim-messages.ts'
export { recordGrantElsewhere } from './queries/ledger/grants-given-elsewhere.ts'
export type { GrantElsewhere, GrantOutcome, ShownWords } from './queries/ledger/grants-given-elsewhere.ts'
export { recordWithdrawalElsewhere } from './queries/ledger/withdrawals-given-elsewhere.ts'
export type { ActElsewhere } from './queries/ledger/withdrawals-given-elsewhere.ts'
export { insertConsents } from './queries/ledger/consents.ts'
export { listConsents } from './queries/ledger/list-consents.ts'
export type { LedgerEntry, LedgerFilter } from './queries/ledger/list-consents.ts'
export type { ConsentEntry } from './queries/ledger/consents.ts'
export {
  completeContact,
  findContactOfPerson,
  findLiveContact,
  findOnlyContact,
  insertStartContact,
  isOnlyThisPerson,
  recordVerifiedPhone,
} from './queries/contacts/contact-of-person.ts'
export type { LiveContact } from './queries/contacts/contact-of-person.ts'
export { mergeContacts } from './queries/contacts/merge-contacts.ts'
export { findContact, upsertContact } from './queries/contacts/contacts.ts'
export type { ContactFields } from './queries/contacts/contacts.ts'
export { revokeRegistration } from './queries/registrations/revoke-registration.ts'
export { findShop } from './queries/shops/find-shop.ts'
export type { ShopAsItIs } from './queries/shops/find-shop.ts'
export { findNextDueMs } from './queries/messages/find-next-due.ts'
export { findRegistration, listRegistrations } from './queries/registrations/list-registrations.ts'
export type { ListedRegistration } from './queries/registrations/list-registrations.ts'
export { lockPerson } from './queries/registrations/lock-person.ts'
export { giveUpSending } from './queries/messages/give-up-sending.ts'
export {
  archiveBot,
  countPeopleOfBotAlone,
  listArchivedBotsWithMessages,
  rehomeMessages,
} from './queries/replacements/archive-bot.ts'
export {
  endBotReplacement,
  listReplacementsUnderWay,
  startBotReplacement,
} from './queries/replacements/bot-replacements.ts'
export type { BotReplacement } from './queries/replacements/bot-replacements.ts'
export { invitePeople } from './queries/replacements/invite-people.ts'
export type { PersonToInvite } from './queries/replacements/people-to-invite.ts'
export { findReplacementProgress } from './queries/replacements/replacement-progress.ts'
export type { ReplacementProgress } from './queries/replacements/replacement-progress.ts'
export { importContacts } from './queries/imports/import-contacts.ts'
export type { ContactImport } from './queries/imports/import-contacts.ts'
export type { ContactImportCounts } from './queries/imports/contact-import-counts.ts'
export { importRegistrations } from './queries/imports/import-registrations.ts'
export type { RegistrationImport, RegistrationImportCounts } from './queries/imports/import-registrations.ts'
export { joinGroup, leaveGroup, listGroupsOfContact } from './queries/groups/group-acts.ts'
export type { GroupAct } from './queries/groups/group-acts.ts'
export { addGroupMembers, listGroupMembers, removeGroupMember } from './queries/groups/group-members.ts'
export type { Addition, GroupMember } from './queries/groups/group-members.ts'
export { changeGroup, createGroup, deleteGroup, findGroup, listGroups } from './queries/groups/groups.ts'
export type { Group, GroupFields } from './queries/groups/groups.ts'
export { findNamedContact, lockNamedContact } from './queries/contacts/find-named-contact.ts'
export type { ContactName, NamedContact } from './queries/contacts/find-named-contact.ts'
export { findOptinLink, listOptinLinks, OPTIN_LINK_STATUSES } from './queries/optin/find-optin-links.ts'
export type { FoundOptinLink, OptinLinkFilter, OptinLinkStatus } from './queries/optin/find-optin-links.ts'
export {
  findLinkOfRegistration,
  insertOptinLink,
  noteRegistrationOfLink,
  revokeOptinLink,
  takeOptinLink,
} from './queries/optin/optin-links.ts'
export type { NewOptinLink, OptinLinkAim, TakenOptinLink } from './queries/optin/optin-links.ts'
export { estimateReach } from './queries/groups/reach.ts'
export type { Reach } from './queries/groups/reach.ts'
export {
  findWording,
  insertShopWording,
  listWordingHistory,
  listWordings,
  recordWordings,
  restoreDefaultWording,
} from './queries/ledger/wordings.ts'
export type { PutInForce } from './queries/ledger/wordings.ts'
export { findOptinLinkOffer, narrowOptinLink } from './queries/optin/optin-link-offer.ts'
export type { OptinLinkOffer } from './queries/optin/optin-link-offer.ts'
export { findOptinPage, readOptinPageSettings, saveOptinPage } from './queries/optin/optin-pages.ts'
export type { OptinPage, OptinPageBot } from './queries/optin/optin-pages.ts'
export { recordResults } from './queries/messages/record-results.ts'
export type { SendResult } from './queries/messages/record-results.ts'
export { closeRegistration, coolChat, moveChat } from './queries/registrations/registrations.ts'
export type { UpdateTime } from './queries/registrations/registrations.ts'
export {
  admitRegistration,
  admitWaitingRegistrations,
  findRegistrationUsage,
  listShopsWithQuota,
} from './queries/registrations/registration-quota.ts'
export type { RegistrationUsage } from './queries/registrations/registration-quota.ts'
export { finishRendering } from './queries/messages/rendering/finish-rendering.ts'
export type { FinishedRendering } from './queries/messages/rendering/finish-rendering.ts'
export { loadMessagesToRender } from './queries/messages/rendering/load-messages.ts'
export type { MessageToRender } from './queries/messages/rendering/load-messages.ts'
export { loadShopsToRender } from './queries/messages/rendering/load-shops.ts'
export type { PublishedTemplate, ShopToRender, TextWanted } from './queries/messages/rendering/load-shops.ts'
export type { RenderOutcome } from './queries/messages/rendering/render-outcome.ts'
export { changeShop, findShopBySlug, insertShop, listShops } from './queries/shops/shops.ts'
export type { Shop, ShopChange } from './queries/shops/shops.ts'
export { releaseDeferred } from './queries/messages/release-deferred.ts'
export { listForgottenBots, listForgottenMessages, withSweepLock } from './queries/messages/sweep.ts'
export { takeReplySlot } from './queries/shops/take-reply-slot.ts'
export type { ReplyPace, ReplySlot } from './queries/shops/take-reply-slot.ts'
export {
  deleteOldTelegramFiles,
  findTelegramFiles,
  saveTelegramFiles,
} from './queries/messages/telegram-files.ts'
export type { FileKnowledge, TelegramFile, TelegramFileKey } from './queries/messages/telegram-files.ts'
export { insertTelegramUpdate } from './queries/registrations/telegram-updates.ts'
export { discardDraft, saveDraft } from './queries/templates/drafts.ts'
export { findLastEvent } from './queries/templates/last-event.ts'
export { listTemplates, listWholeTemplates, TEMPLATE_STATUSES } from './queries/templates/list-templates.ts'
export { publishContent, publishDraft, rollBack, unpublish } from './queries/templates/publish.ts'
export type { Publication } from './queries/templates/publish.ts'
export { listVersionsToRecheck, saveFindings } from './queries/templates/recheck.ts'
export type { VersionKey, VersionToRecheck } from './queries/templates/recheck.ts'
export { insertStarterTemplates } from './queries/templates/starter-templates.ts'
export type { NewTemplate } from './queries/templates/starter-templates.ts'
export { findTemplate } from './queries/templates/template.ts'
export type {
  Judge,
  Judgement,
  ListedTemplate,
  Template,
  TemplateName,
  TemplateVersion,
  VersionHead,
} from './queries/templates/template.ts'
export { insertTestMessage, listTesters } from './queries/templates/test-messages.ts'
export type { TestMessage } from './queries/templates/test-messages.ts'
export { findVersion, listVersions } from './queries/templates/versions.ts'
export { dropHeldMessage, listHeldMessages, resendHeldMessage } from './queries/messages/unknown-messages.ts'
export type { HeldMessage } from './queries/messages/unknown-messages.ts'
export { changeContact, removeContact, saveContact } from './queries/contacts/save-contact.ts'
export type { SavedContact } from './queries/contacts/save-contact.ts'
export { attemptsOf } from './queries/messages/attempts-of.ts'
export { findMessageTrail, listEventTrails } from './queries/messages/trail.ts'
export type { TrailAttempt, TrailEvent, TrailMessage } from './queries/messages/trail.ts'
export { eraseContact } from './queries/privacy/erase-contact.ts'
export type { Erasure } from './queries/privacy/erase-contact.ts'
export { forgetErasure, listErasedChats } from './queries/privacy/erased-chats.ts'
export { headOfLedger, matchesHead } from './queries/ledger/ledger-head.ts'
export { rederiveConsents } from './queries/ledger/rederive-consents.ts'
export { verifyConsents } from './queries/ledger/verify-consents.ts'
export type { LedgerFault, LedgerVerdict } from './queries/ledger/verify-consents.ts'
export type { LedgerScope } from './queries/ledger/ledger-scope.ts'
export type { ContactExport } from './queries/privacy/contact-export.ts'
export { exportContact } from './queries/privacy/export-contact.ts'
export { clearOldBatch } from './queries/retention/clear-old-batch.ts'
export { findPartitionsAheadDays, makePartitions } from './queries/retention/partitions.ts'
export { RETENTION_KINDS } from './queries/retention/retention-kind.ts'
export type { ClearedBatch, OldBatch, RetentionKind } from './queries/retention/retention-kind.ts'
export { listErasedContacts } from './queries/privacy/list-erased-contacts.ts'
export { listLedger } from './queries/ledger/list-ledger.ts'
