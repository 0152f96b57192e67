import { expect, test } from "vitest";
import { findDocs } from "./docs-library";

test.each([
  ["build sign-in", "postAuthEmailSignin"],
  ["로그인 만들기", "postAuthEmailSignin"],
  ["login form", "postAuthEmailSignin"],
  ["register a user", "postAuthEmailSignup"],
  ["회원가입 화면을 만들고 싶어", "postAuthEmailSignup"],
  ["log out", "postAuthSignout"],
  ["forgot my password", "postAuthPasswordResetRequest"],
  ["비밀번호 재설정 메일 요청", "postAuthPasswordResetRequest"],
  ["비밀번호 변경", "postAuthPasswordChange"],
  ["refresh the access token", "postAuthRefresh"],
  ["토큰 갱신", "postAuthRefresh"],
  ["who is signed in", "getAuthMe"],
  ["resend the sign-up email", "postAuthSignupEmailResend"],
  ["end a session on another device", "deleteAuthSessionsId"],
  ["회원 탈퇴", "deleteAuthWithdraw"],
  ["create a blog post", "postDataArticles"],
  ["글 쓰기", "postDataArticles"],
  ["글 목록 검색", "getDataArticles"],
  ["delete an article", "deleteDataArticlesId"],
  ["edit profile", "patchUsersUserIdProfile"],
])("“%s” leads to %s", async (question, id) => {
  const pages = await findDocs(question, 3);
  const anchors = pages.map(({ address }) => address.split("#")[1]);
  expect(anchors[0], anchors.join(", ")).toBe(id);
});

test.each([
  ["deploy to Vercel", "app/docs/en/deploying.md#"],
  ["버셀에 배포하려면", "app/docs/ko/deploying.md#"],
  ["어떤 설정이 있어?", "app/docs/ko/settings.md#"],
  ["run the tests", "app/docs/en/testing.md#"],
  ["rules for adding an endpoint", "AGENTS.md#adding-an-endpoint"],
])("“%s” leads to the guide %s", async (question, start) => {
  const guides = (await findDocs(question, 5)).filter(({ kind }) => kind === "guide");
  expect(guides[0]?.address.slice(0, start.length)).toBe(start);
});

test("finds an error by its code, with the endpoints that return it", async () => {
  const pages = await findDocs("auth/same-password", 3);
  expect(pages.some(({ address }) => address.endsWith("#postAuthPasswordChange"))).toBe(true);
});
