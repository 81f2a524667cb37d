export { API_KEY_SCOPES, generateApiKey } from './api-key.ts'
export type { ApiKeyScope, NewApiKey } from './api-key.ts'
export { createDatabase, pingDatabase } from './create-database.ts'
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
export { acceptEvents } from './queries/accept-events.ts'
export type { Acceptance, AcceptedMessage, NewEvent, NewMessage } from './queries/accept-events.ts'
export { insertApiKey, revokeApiKey, verifyApiKey } from './queries/api-keys.ts'
export type { VerifiedApiKey } from './queries/api-keys.ts'
export { beginTurns } from './queries/begin-turns.ts'
export type { BegunTurn } from './queries/begin-turns.ts'
export { coolBot, listBotsOfShop, parkBot, setBotStatus, stopPaying, upsertBot } from './queries/bots.ts'
export type { Bot } from './queries/bots.ts'
export { listServedBots } from './queries/served-bots.ts'
export type { ServedBot } from './queries/served-bots.ts'
export { bindChat, findRegistrationByChat, markTester, offerPurposes } from './queries/bind-chat.ts'
export type { ChatBinding, FoundRegistration } from './queries/bind-chat.ts'
export { listGroupChoices } from './queries/group-choices.ts'
export type { GroupChoice } from './queries/group-choices.ts'
export { isTapOvertaken, listPurposesSinceStart } from './queries/overtaken-acts.ts'
export { removeBotLogin, setBotLogin } from './queries/bot-login.ts'
export { insertButtonPress } from './queries/button-presses.ts'
export type { ButtonPress } from './queries/button-presses.ts'
export { findBookContact, listBookContacts } from './queries/book-contacts.ts'
export type { BookContact } from './queries/book-contacts.ts'
export { claimMessages } from './queries/claim-messages.ts'
export type { Claim, ClaimRequest } from './queries/claim-messages.ts'
export { recordGrantElsewhere } from './queries/grants-given-elsewhere.ts'
export type { GrantElsewhere, GrantOutcome, ShownWords } from './queries/grants-given-elsewhere.ts'
export { recordWithdrawalElsewhere } from './queries/withdrawals-given-elsewhere.ts'
export type { ActElsewhere } from './queries/withdrawals-given-elsewhere.ts'
export { insertConsents } from './queries/consents.ts'
export { listConsents } from './queries/list-consents.ts'
export type { LedgerEntry, LedgerFilter } from './queries/list-consents.ts'
export type { ConsentEntry } from './queries/consents.ts'
export {
  completeContact,
  findContactOfPerson,
  findLiveContact,
  findOnlyContact,
  insertStartContact,
  isOnlyThisPerson,
  recordVerifiedPhone,
} from './queries/contact-of-person.ts'
export type { LiveContact } from './queries/contact-of-person.ts'
export { mergeContacts } from './queries/merge-contacts.ts'
export { findContact, upsertContact } from './queries/contacts.ts'
export type { ContactFields } from './queries/contacts.ts'
export { revokeRegistration } from './queries/revoke-registration.ts'
export { findShop } from './queries/find-shop.ts'
export { findNextDueMs } from './queries/find-next-due.ts'
export { findRegistration, listRegistrations } from './queries/list-registrations.ts'
export type { ListedRegistration } from './queries/list-registrations.ts'
export { lockPerson } from './queries/lock-person.ts'
export { giveUpSending } from './queries/give-up-sending.ts'
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
export type { ContactImport, ContactImportCounts } from './queries/imports/import-contacts.ts'
export { importRegistrations } from './queries/imports/import-registrations.ts'
export type { RegistrationImport, RegistrationImportCounts } from './queries/imports/import-registrations.ts'
export { joinGroup, leaveGroup, listGroupsOfContact } from './queries/group-acts.ts'
export type { GroupAct } from './queries/group-acts.ts'
export { addGroupMembers, listGroupMembers, removeGroupMember } from './queries/group-members.ts'
export type { Addition, GroupMember } from './queries/group-members.ts'
export { changeGroup, createGroup, deleteGroup, findGroup, listGroups } from './queries/groups.ts'
export type { Group, GroupFields } from './queries/groups.ts'
export { findNamedContact, lockNamedContact } from './queries/find-named-contact.ts'
export type { ContactName, NamedContact } from './queries/find-named-contact.ts'
export { findOptinLink, listOptinLinks, OPTIN_LINK_STATUSES } from './queries/find-optin-links.ts'
export type { FoundOptinLink, OptinLinkFilter, OptinLinkStatus } from './queries/find-optin-links.ts'
export {
  findLinkOfRegistration,
  insertOptinLink,
  noteRegistrationOfLink,
  revokeOptinLink,
  takeOptinLink,
} from './queries/optin-links.ts'
export type { NewOptinLink, OptinLinkAim, TakenOptinLink } from './queries/optin-links.ts'
export { estimateReach } from './queries/reach.ts'
export type { Reach } from './queries/reach.ts'
export {
  findWording,
  insertShopWording,
  listWordingHistory,
  listWordings,
  recordWordings,
  restoreDefaultWording,
} from './queries/wordings.ts'
export type { PutInForce } from './queries/wordings.ts'
export { findOptinLinkOffer, narrowOptinLink } from './queries/optin-link-offer.ts'
export type { OptinLinkOffer } from './queries/optin-link-offer.ts'
export { findOptinPage, readOptinPageSettings, saveOptinPage } from './queries/optin-pages.ts'
export type { OptinPage, OptinPageBot } from './queries/optin-pages.ts'
export { recordResults } from './queries/record-results.ts'
export type { SendResult } from './queries/record-results.ts'
export { closeRegistration, coolChat, moveChat } from './queries/registrations.ts'
export type { UpdateTime } from './queries/registrations.ts'
export {
  admitRegistration,
  admitWaitingRegistrations,
  findRegistrationUsage,
  listShopsWithQuota,
} from './queries/registration-quota.ts'
export type { RegistrationUsage } from './queries/registration-quota.ts'
export { finishRendering, listPublishedTemplates, loadMessagesToRender } from './queries/render-messages.ts'
export type { MessageToRender, PublishedTemplate, RenderOutcome } from './queries/render-messages.ts'
export { changeShop, findShopBySlug, insertShop, listShopIds, listShops } from './queries/shops.ts'
export type { Shop, ShopChange } from './queries/shops.ts'
export { listForgottenBots, listForgottenMessages, withSweepLock } from './queries/sweep.ts'
export { takeReplySlot } from './queries/take-reply-slot.ts'
export type { ReplyPace, ReplySlot } from './queries/take-reply-slot.ts'
export { deleteOldTelegramFiles, findTelegramFiles, saveTelegramFiles } from './queries/telegram-files.ts'
export type { FileKnowledge, TelegramFile, TelegramFileKey } from './queries/telegram-files.ts'
export { insertTelegramUpdate } from './queries/telegram-updates.ts'
export { insertStarterTemplates } from './queries/templates.ts'
export type { NewTemplate } from './queries/templates.ts'
export { dropHeldMessage, listHeldMessages, resendHeldMessage } from './queries/unknown-messages.ts'
export type { HeldMessage } from './queries/unknown-messages.ts'
export { changeContact, removeContact, saveContact } from './queries/save-contact.ts'
export type { SavedContact } from './queries/save-contact.ts'
export { findMessageTrail, listEventTrails } from './queries/trail.ts'
export type { TrailAttempt, TrailEvent, TrailMessage } from './queries/trail.ts'
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
export { clearOldBatch, deleteOldTelegramUpdates } from './queries/retention/clear-old-batch.ts'
export { RETENTION_KINDS } from './queries/retention/retention-kind.ts'
export type { RetentionKind } from './queries/retention/retention-kind.ts'
export { listErasedContacts } from './queries/privacy/list-erased-contacts.ts'
export { listLedger } from './queries/ledger/list-ledger.ts'
