import * as articles from "./articles/contract";
import * as auth from "./auth/contract";
import * as emails from "./auth/email-contract";
import * as passwords from "./auth/password-contract";
import * as sessions from "./auth/session-contract";
import * as social from "./auth/social-contract";
import * as bookmarks from "./bookmarks/contract";
import * as files from "./files/contract";
import * as uploads from "./files/upload-contract";
import type { Contract } from "./http/contract";
import { openApiContract } from "./http/openapi-contract";
import * as tags from "./tags/contract";
import * as avatars from "./users/avatar-contract";
import * as users from "./users/contract";

/** Every endpoint of the API. A test proves that these are the routes under `app/api/v1`, no more and no fewer. */
export const contracts: readonly Contract[] = [
  auth.signUpContract,
  auth.signInContract,
  auth.refreshContract,
  auth.meContract,
  auth.signOutContract,
  passwords.passwordResetRequestContract,
  passwords.passwordResetContract,
  passwords.passwordChangeContract,
  passwords.reauthenticateContract,
  emails.signUpResendContract,
  emails.signUpConfirmContract,
  emails.emailVerifySendContract,
  emails.emailVerifyConfirmContract,
  emails.emailVerifyResendContract,
  social.socialAuthorizeContract,
  social.socialReturnContract,
  social.socialSignInContract,
  social.listAccountsContract,
  social.linkAccountContract,
  social.unlinkAccountContract,
  sessions.listSessionsContract,
  sessions.endSessionContract,
  users.withdrawContract,
  users.getUserContract,
  users.updateUserContract,
  users.deleteUserContract,
  users.getProfileContract,
  users.updateProfileContract,
  avatars.issueAvatarUploadContract,
  avatars.setAvatarContract,
  avatars.removeAvatarContract,
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
  bookmarks.listBookmarksContract,
  bookmarks.createBookmarkContract,
  bookmarks.getBookmarkContract,
  bookmarks.deleteBookmarkContract,
  openApiContract,
];
