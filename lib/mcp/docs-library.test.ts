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
])("“%s” finds %s", async (question, id) => {
  const pages = await findDocs(question, 3);
  const anchors = pages.map(({ address }) => address.split("#")[1]);
  expect(anchors[0], anchors.join(", ")).toBe(id);
});

// part: guides
test.each([
  ["deploy to Vercel", "app/docs/en/deploying.md#"], // part: vercel
  // part: korean
  ["버셀에 배포하려면", "app/docs/ko/deploying.md#"], // part: vercel
  ["어떤 설정이 있어?", "app/docs/ko/settings.md#"],
  // end of part: korean
  ["run the tests", "app/docs/en/testing.md#"],
])("“%s” finds the guide %s", async (question, start) => {
  expect((await findGuide(question))?.address.slice(0, start.length)).toBe(start);
});
// end of part: guides

test("a question about the code finds AGENTS.md", async () => {
  expect((await findGuide("rules for adding an endpoint"))?.address).toBe("AGENTS.md#adding-an-endpoint");
});

async function findGuide(question: string) {
  return (await findDocs(question, 5)).find(({ kind }) => kind === "guide");
}

test("finds an error by its code, with the endpoints that return it", async () => {
  const pages = await findDocs("auth/same-password", 3);
  expect(pages.some(({ address }) => address.endsWith("#postAuthPasswordChange"))).toBe(true);
});
