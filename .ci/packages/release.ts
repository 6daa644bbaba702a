/** What a release changes in the texts of the repository. Pure. */

const NEXT = /^## 다음 판 \/ Next$/m;

/** The top section gets its version and date. Throws where there is nothing to release. */
export function datedChangelog(text: string, version: string, date: string): string {
  if (!NEXT.test(text)) throw new Error('CHANGELOG.md has no section "다음 판 / Next"');
  const [, section = ''] = text.split(NEXT);
  if (!/^- /m.test(section.split(/^## /m)[0]!)) throw new Error('CHANGELOG.md says of nothing that is new');
  return text.replace(NEXT, `## ${version} (${date})`);
}

/** `package.json` with the version; from 1.0.0 on it is no preview. Throws where the version is not a later one. */
export function releasedManifest(text: string, version: string): string {
  const current = /"version": "([^"]+)"/.exec(text)?.[1];
  if (current === undefined || !isLater(version, current))
    throw new Error(`${version} is not later than ${current}`);
  const raised = text.replace(`"version": "${current}"`, `"version": "${version}"`);
  return Number.parseInt(version, 10) >= 1 ? raised.replace(/^ *"preview": true,\n/m, '') : raised;
}

/** The marketplace takes three numbers and nothing after them. */
function isLater(version: string, than: string): boolean {
  if (!/^\d+\.\d+\.\d+$/.test(version)) return false;
  const [one, other] = [version, than].map(each => each.split('.').map(Number));
  const at = one!.findIndex((number, i) => number !== other![i]);
  return at !== -1 && one![at]! > other![at]!;
}
