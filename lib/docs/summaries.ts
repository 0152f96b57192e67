import type { Locale } from "@/lib/i18n/locales";

/** What each endpoint is for, in Korean. The contracts say it in English, and so does the page where a line lacks here. */
const korean: Record<string, string> = {
  postAuthEmailSignup: "이메일과 비밀번호로 가입하기",
  postAuthEmailSignin: "이메일과 비밀번호로 로그인하기",
  postAuthRefresh: "리프레시 토큰을 새 토큰으로 바꾸기",
  getAuthMe: "지금 누구로 로그인해 있는지 보기",
  postAuthSignout: "로그아웃하기: 세션의 두 토큰이 모두 끝나요",
  postAuthPasswordResetRequest: "비밀번호를 새로 정하는 링크를 메일로 받기",
  postAuthPasswordResetConfirm: "메일의 토큰으로 비밀번호를 새로 정하기",
  postAuthPasswordChange: "비밀번호 바꾸기",
  postAuthSignupEmailResend: "가입 주소를 확인하는 메일 다시 받기",
  getAuthSignupEmailConfirm: "가입 주소 확인하기: 메일 속의 링크",
  postAuthEmailVerifySend: "주소를 확인하는 메일 받기. 로그인했다면 새 주소도 돼요",
  postAuthEmailVerifyConfirm: "메일의 토큰으로 주소 확인하기",
  postAuthEmailVerifyResend: "그 메일을 다시 받기. 앞의 링크는 끝나요",
  getAuthSessions: "어디에서 로그인해 있는지 보기",
  deleteAuthSessionsId: "기기 하나를 로그아웃하기",
  deleteAuthWithdraw: "탈퇴하기",
  getAuthProviderAuthorize: "구글이나 깃허브로 로그인하러 가기",
  getAuthProviderCallback: "구글이나 깃허브에서 돌아오는 길",
  postAuthProviderCallback: "소셜 로그인에서 받은 것을 토큰으로 바꾸기",
  getAuthAccounts: "내 계정에 이어진 로그인 방법 보기",
  postAuthAccounts: "로그인 방법 하나를 내 계정에 잇기",
  deleteAuthAccountsProvider: "로그인 방법 하나를 내 계정에서 떼기",
  getUsersUserId: "사람 보기: 나라면 전부, 남이라면 공개된 만큼",
  patchUsersUserId: "프로필 바꾸기. 관리자는 역할과 정지도",
  deleteUsersUserId: "계정 지우기. 발행한 글은 글쓴이 없이 남아요",
  getUsersUserIdProfile: "프로필 보기: 나라면 전부, 남이라면 공개된 만큼",
  patchUsersUserIdProfile: "프로필 바꾸기. 관리자는 역할과 정지도",
  postUsersUserIdAvatarUploadUrl: "프로필 사진을 올릴 주소 받기",
  patchUsersUserIdAvatar: "올린 사진을 프로필 사진으로 쓰기",
  deleteUsersUserIdAvatar: "프로필 사진 지우기",
  getDataArticles: "글 목록을 보고, 찾고, 거르기",
  postDataArticles: "글 쓰기",
  getDataArticlesId: "글 읽기",
  patchDataArticlesId: "글 고치기",
  deleteDataArticlesId: "글 지우기",
  getDataTags: "태그 목록을 보고 거르기",
  postDataTags: "태그 만들기",
  getDataTagsId: "태그 보기",
  patchDataTagsId: "태그 고치기",
  deleteDataTagsId: "태그 지우기. 글에서도 떨어져요",
  getDataBookmarks: "내 북마크 목록을 보고 거르기",
  postDataBookmarks: "글을 북마크하기",
  getDataBookmarksId: "내 북마크 보기",
  deleteDataBookmarksId: "북마크 지우기",
  postFilesPresignedUrl: "파일을 올릴 서명된 주소 받기",
  postFiles: "올린 파일 등록하기",
  getFilesId: "파일 정보 보기",
  postFilesIdDownloadUrl: "파일을 내려받을 주소 받기",
  deleteFilesId: "파일 지우기",
  getOpenapiJson: "이 문서를 OpenAPI로 받기",
};

/** @returns what an endpoint is for, and the language that it is said in. */
export function summaryOf(
  { id, summary }: { id: string; summary: string },
  locale: Locale,
): { words: string; language: Locale } {
  const words = locale === "ko" ? korean[id] : undefined;
  return words ? { words, language: "ko" } : { words: summary, language: "en" };
}
