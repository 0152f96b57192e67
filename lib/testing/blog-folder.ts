import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { picture } from "./pictures";

/** Files by path, with bytes or text. */
export type FolderFiles = Record<string, string | Buffer>;

/** Writes files, and creates their folders. */
export async function writeFiles(folder: string, files: FolderFiles): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

/** Texts of Hugo, Jekyll, Astro, velog and Ghost, with pictures, a wrong date, a duplicate and a broken one. */
export async function sampleBlog(): Promise<FolderFiles> {
  const [red, green, blue] = await Promise.all(
    ["#b3301f", "#2f6b3a", "#1f4fb3"].map((colour) => picture("png", { colour })),
  );
  const files: FolderFiles = {
    "static/images/red.png": red ?? "",
    "content/posts/bundle/green.png": green ?? "",
    "src/assets/blue picture.png": blue ?? "",
    "content/images/2021/01/ghost.png": red ?? "",
  };
  for (let day = 1; day <= 7; day += 1) {
    files[`content/posts/hugo-${day}.md`] =
      `+++\ntitle = "Hugo ${day}"\ndate = 2023-02-0${day}T10:00:00+09:00\ntags = ["Go", "Static sites"]\ncategories = ["Notes", "Extra"]\ndescription = "A text of Hugo"\n+++\n\nSee ![a chart](/images/red.png "Red").\n\n\`\`\`md\n![not an image](/images/red.png)\n\`\`\`\n`;
    files[`_posts/2022-03-0${day}-jekyll-${day}.markdown`] =
      `---\nlayout: post\ntitle:  "Jekyll ${day}"\ndate:   2022-03-0${day} 21:30:00 +0900\ncategories: [dev]\ntags: [ruby, 한국어]\nredirect_from:\n  - /old/${day}/\n---\n# Hello\n\n<script>alert(1)</script> and <b>HTML</b> stay.\n`;
    files[`src/content/blog/astro-${day}.mdx`] =
      `---\ntitle: 'Astro ${day}'\ndescription: 'Short'\npubDate: 'Jul 0${day} 2022'\nupdatedDate: 2022-08-01\nheroImage: '../../assets/blue%20picture.png'\nheroImageAlt: Blue\ntags: astro, web\n---\nText ${day}.\n`;
  }
  for (let day = 1; day <= 4; day += 1) {
    files[`velog/벨로그 글 ${day}.md`] =
      `---\ntitle: "벨로그 글 ${day}"\ndescription: "설명"\ndate: 2021-05-0${day}T01:02:03.004Z\ntags: ["회고","#개발"]\n---\n오늘 쓴 글 ${day}이에요.\n`;
  }
  return {
    ...files,
    "content/posts/bundle/index.md":
      '---\ntitle: A bundle\ndate: 2023-01-01\ndraft: true\nslug: the-bundle\naliases: ["/bundle-was-here/"]\n---\n![green](green.png) ![missing](nowhere.png) ![diagram](d.svg)\n',
    "ghost/ghost-post.md":
      "---\ntitle: Ghost post\nslug: ghost-post\ndate_published: 2021-01-05T08:00:00.000Z\ndate_updated: 2021-02-05T08:00:00.000Z\nfeature_image: __GHOST_URL__/content/images/2021/01/ghost.png\nexcerpt: Boo\ntags: [{ name: Ghosts }]\n---\nBoo!\n",
    "content/posts/twin.md":
      '+++\ntitle = "Hugo 1"\ndate = 2023-02-01\n+++\n\nSee ![a chart](/images/red.png "Red").\n\n```md\n![not an image](/images/red.png)\n```\n',
    "content/posts/wrong-date.md": "---\ntitle: Wrong date\ndate: 2023-13-45\n---\nText.\n",
    "content/posts/broken.md": "---\ntitle: [unclosed\ndate: 2023-01-01\n---\nText.\n",
    "README.md": "# A repository\n",
  };
}
