import * as articles from "@/lib/articles/contract";
import * as audit from "@/lib/audit/contract";
import * as auth from "@/lib/auth/contract";
import * as emails from "@/lib/auth/email/contract";
import * as factors from "@/lib/auth/factors/contract";
import * as invitations from "@/lib/auth/invitations/contract";
import * as passkeys from "@/lib/auth/passkeys/contract";
import * as passwords from "@/lib/auth/passwords/contract";
import * as sessions from "@/lib/auth/sessions/contract";
import * as social from "@/lib/auth/social/contract";
import * as bookmarks from "@/lib/bookmarks/contract";
import type { Contract } from "@/lib/core/contract";
import * as files from "@/lib/files/contract";
import * as uploads from "@/lib/files/uploads/contract";
import * as tags from "@/lib/tags/contract";
import * as avatars from "@/lib/users/avatars/contract";
import * as users from "@/lib/users/contract";
import { openApiContract } from "./openapi-contract";

/** Every endpoint of the API. A test checks that they match the routes under `app/api/v1`. */
export const contracts: readonly Contract[] = [
  auth.signUpContract,
  auth.signInContract,
  auth.magicLinkContract,
  sessions.refreshContract,
  sessions.meContract,
  sessions.signOutContract,
  passwords.passwordResetRequestContract,
  passwords.passwordResetContract,
  passwords.passwordChangeContract,
  passwords.reauthenticateContract,
  factors.enableSecondFactorContract,
  factors.confirmSecondFactorContract,
  factors.disableSecondFactorContract,
  emails.signUpResendContract,
  emails.signUpConfirmContract,
  emails.emailVerifySendContract,
  emails.emailVerifyConfirmContract,
  emails.emailVerifyResendContract,
  invitations.createInvitationContract,
  invitations.listInvitationsContract,
  invitations.revokeInvitationContract,
  // part: social-sign-in
  social.socialAuthorizeContract,
  social.socialReturnContract,
  social.socialSignInContract,
  social.listAccountsContract,
  social.linkAccountContract,
  social.unlinkAccountContract,
  // end of part: social-sign-in
  passkeys.passkeyOptionsContract,
  passkeys.addPasskeyContract,
  passkeys.listPasskeysContract,
  passkeys.renamePasskeyContract,
  passkeys.removePasskeyContract,
  passkeys.passkeySignInOptionsContract,
  passkeys.passkeySignInContract,
  sessions.listSessionsContract,
  sessions.endSessionContract,
  users.withdrawContract,
  users.listUsersContract,
  users.getUserContract,
  users.updateUserContract,
  users.changeRoleContract,
  users.deleteUserContract,
  users.getProfileContract,
  users.updateProfileContract,
  avatars.issueAvatarUploadContract,
  avatars.setAvatarContract,
  avatars.removeAvatarContract,
  audit.listAuditLogContract,
  files.issueUploadContract,
  files.createFileContract,
  files.getFileContract,
  files.downloadFileContract,
  files.deleteFileContract,
  uploads.receiveUploadContract,
  uploads.serveFileContract,
  articles.listArticlesContract,
  articles.createArticleContract,
  articles.getArticleContract,
  articles.updateArticleContract,
  articles.deleteArticleContract,
  articles.issuePreviewLinkContract,
  articles.revokePreviewLinksContract,
  tags.listTagsContract,
  tags.createTagContract,
  tags.getTagContract,
  tags.updateTagContract,
  tags.deleteTagContract,
  bookmarks.listBookmarksContract, // part: bookmarks
  bookmarks.createBookmarkContract, // part: bookmarks
  bookmarks.getBookmarkContract, // part: bookmarks
  bookmarks.deleteBookmarkContract, // part: bookmarks
  openApiContract,
];
