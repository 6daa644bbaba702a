/** The extension's page, made of the README: for people who have installed it, in an editor that shows no file of ours. */

/** Sections for those who build the extension; people who read the page have it. */
const FOR_BUILDERS = ['써 보기', 'Try it'];
const PICTURE = /^!\[[^\]]*\]\((?!https:)[^)]*\)\n\n?/gm;
const LINK = /(?<!!)\[([^\]]*)\]\((?!#|https?:)[^)]*\)/g;

/**
 * Where the project has a public address, vsce makes addresses of what is relative. Where it has none, pictures and
 * links to files would be broken: the pictures go, and of the links their text stays.
 */
export function pageOf(readme: string, hasAddress: boolean): string {
  let page = readme;
  for (const title of FOR_BUILDERS) {
    const section = new RegExp(`^## ${title}\\n[^]*?(?=^## )`, 'm');
    if (!section.test(page)) throw new Error(`the README has no section “${title}”`);
    page = page.replace(section, '');
  }
  return hasAddress ? page : page.replace(PICTURE, '').replace(LINK, '$1');
}
