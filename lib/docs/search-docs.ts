/** A searchable entry. `boost` multiplies its score. */
export type Searchable = { title: string; keywords: string; text: string; boost?: number };

export type SearchResult<Entry> = {
  entry: Entry;
  score: number;
  /** The share of the question's words that the entry contains, from 0 to 1. */
  coverage: number;
};

/**
 * Ranks entries by how well they match a question. Synonyms match in both languages: both 로그인 and "login" find
 * "Sign in". Other words weigh more the rarer they are. A prefix of a word matches, and Korean is compared by pairs of
 * syllables, so that endings do not matter.
 *
 * @param entries the whole library, from which the rarity of words is computed.
 * @returns the entries that match any word, best first; none for a question without words.
 */
export function searchDocs<Entry extends Searchable>(
  question: string,
  entries: readonly Entry[],
): SearchResult<Entry>[] {
  const queryTerms = [...new Set(termsOf(question))].slice(0, maxTerms);
  const library = entries.map((entry) => ({ entry, fields: cachedFieldsOf(entry) }));
  const rarity = new Map(
    queryTerms.map((term) => {
      const holders = library.filter(({ fields }) =>
        fields.some((field) => occurrences(term, field) > 0),
      ).length;
      return [term, Math.log(1 + (entries.length - holders + 0.5) / (holders + 0.5))];
    }),
  );

  return library
    .map(({ entry, fields }) => {
      const scores = queryTerms.map((term) => {
        const strength = fields.reduce((sum, field) => sum + field.weight * termScore(term, field), 0);
        return (rarity.get(term) ?? 0) * strength;
      });
      const found = scores.filter((score) => score > 0);
      return {
        entry,
        score: found.reduce((sum, score) => sum + score, 0) * (entry.boost ?? 1),
        coverage: queryTerms.length > 0 ? found.length / queryTerms.length : 0,
      };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
}

/** Longer questions are not useful, and each word costs a scan of all entries. */
const maxTerms = 24;

type Field = { terms: Map<string, number>; length: number; weight: number; typicalLength: number };

/** Tokenized entries, since tokenizing a text costs far more than looking words up in it. */
const tokenized = new WeakMap<Searchable, Field[]>();

function cachedFieldsOf(entry: Searchable): Field[] {
  let fields = tokenized.get(entry);
  if (!fields) {
    fields = fieldsOf(entry);
    tokenized.set(entry, fields);
  }
  return fields;
}

function fieldsOf({ title, keywords, text }: Searchable): Field[] {
  return [
    { ...countTerms(title), weight: 1, typicalLength: 20 },
    { ...countTerms(keywords), weight: 0.8, typicalLength: 20 },
    { ...countTerms(text), weight: 0.6, typicalLength: 200 },
  ];
}

function countTerms(text: string): Pick<Field, "terms" | "length"> {
  const terms = new Map<string, number>();
  const all = termsOf(text);
  for (const term of all) terms.set(term, (terms.get(term) ?? 0) + 1);
  return { terms, length: all.length };
}

/** From 0 to 1 (BM25). The first occurrence counts most, and less in a long text, which contains many words. */
function termScore(term: string, field: Field): number {
  const times = occurrences(term, field);
  return times / (times + 0.5 + field.length / field.typicalLength);
}

/** How often a word occurs; as a prefix of another word it counts half. */
function occurrences(term: string, { terms }: Field): number {
  const whole = terms.get(term) ?? 0;
  if (whole > 0 || term.length < 3) return whole;
  for (const word of terms.keys()) if (word.startsWith(term)) return 0.5;
  return 0;
}

/** Synonyms for the concepts of this project, in both languages. */
const concepts: [RegExp, string][] = [
  [/sign(ing|s)?[- ]?in\b|signin|log(ging)?[- ]?in\b|로그인|로그 인/g, "sign-in"],
  [/sign(ing|s)?[- ]?up\b|signup|regist(er|ration)\w*|회원\s?가입|가입/g, "sign-up"],
  [/sign(ing|s)?[- ]?out\b|signout|log(ging)?[- ]?out\b|로그아웃/g, "sign-out"],
  [/\bwho am i\b|\/me\b|current user|내 정보|내 계정/g, "me"],
  [/passwords?|비밀\s?번호|패스워드|암호/g, "password"],
  [/forg[eo]t\w*|찾기|잊/g, "reset request"],
  [/reset\w*|재설정|초기화/g, "reset"],
  [/request\w*|요청/g, "request"],
  [/refresh\w*|renew\w*|갱신|재발급|리프레시/g, "refresh"],
  [/tokens?|\bjwt\b|토큰/g, "token"],
  [/verif\w+|confirm\w*|인증|확인/g, "verify"],
  [/\be?-?mail(s|ed|ing)?\b|이?메일/g, "mail"],
  [/articles?|\bposts?\b|게시글|게시물|글/g, "article"],
  [/drafts?|초안/g, "draft"],
  [/publish\w*|발행|게시/g, "publish"],
  [/writ(e|es|ing)\b|creat(e|es|ing)\b|쓰기|작성|쓰/g, "write"],
  [/updat(e|es|ing)\b|edit(s|ing)?\b|chang(e|es|ing)\b|수정|변경/g, "update"],
  [/delet\w+|remov\w+|삭제|지우/g, "delete"],
  [/withdraw\w*|탈퇴/g, "withdraw"],
  [/sessions?|devices?|세션|기기/g, "session"],
  [/profiles?|프로필/g, "profile"],
  [/avatars?|아바타|프로필 사진/g, "avatar"],
  [/uploads?|uploading|업로드|올리/g, "upload"],
  [/images?|pictures?|photos?|이미지|사진|그림/g, "picture"],
  [/files?|파일/g, "file"],
  [/tags?|태그/g, "tag"],
  [/bookmarks?|북마크|책갈피/g, "bookmark"],
  [/search\w*|검색/g, "search"],
  [/lists?|listing|목록/g, "list"],
  [/filters?|필터/g, "filter"],
  [/errors?|오류|에러/g, "error"],
  [/social|oauth|소셜/g, "social"], // part: social-sign-in
  [/google|구글/g, "google"], // part: social-sign-in
  [/github|깃허브/g, "github"], // part: social-sign-in
  [/deploy\w*|배포/g, "deploy"],
  [/docker\w*|도커/g, "docker"],
  [/settings?|environment variables?|설정|환경 ?변수/g, "setting"],
  [/tests?|testing|테스트/g, "test"],
  [/databases?|postgres(ql)?|데이터베이스|디비/g, "database"],
  [/migrations?|마이그레이션/g, "migration"],
  [/limits?|\b429\b|제한/g, "limit"],
  [/colou?rs?|색/g, "colour"],
  [/keys?\b|api-key|키/g, "key"],
];

/** Words without meaning for the search. */
const stopWords = new Set(
  "a an and as at be blog build by can do does for form from get how i in is it make me my of on or page please screen that the this to use user want what when where which with you your implement add need should 만들기 만들어 만들고 싶어 어떻게 어떤 있어 해줘 하는 방법 구현 추가 기능 좀 그리고 화면 페이지 블로그".split(
    " ",
  ),
);

function termsOf(text: string): string[] {
  const terms: string[] = [];
  // Splits `postAuthEmailSignin` into four words.
  let rest = text.replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2").toLowerCase();
  for (const [pattern, concept] of concepts) {
    rest = rest.replace(pattern, () => {
      terms.push(...concept.split(" "));
      return " ";
    });
  }
  for (const [word] of rest.matchAll(/\p{Script=Hangul}+|[\p{L}\p{N}]+/gu)) {
    if (stopWords.has(word)) continue;
    terms.push(...(/\p{Script=Hangul}/u.test(word) ? pairsOf(word) : [word]));
  }
  return terms;
}

/** Splits 여백을 into 여백 and 백을. A single syllable is dropped: mostly, it is an ending. */
function pairsOf(word: string): string[] {
  return Array.from({ length: word.length - 1 }, (_, start) => word.slice(start, start + 2));
}
