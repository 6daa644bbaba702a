/** Names and addresses of the hub as people write them. Pure. */

const ID = /^\w[\w.-]{0,95}\/\w[\w.-]{0,95}$/;

/** `owner/name`, also out of a copied address of the model's page; null for anything else. */
export function hubIdOf(written: string): string | null {
  const trimmed = written.trim();
  const page = /^(?:https?:\/\/)?(?:www\.)?(?:huggingface\.co|hf\.co)\/([^?#]+)/i.exec(trimmed)?.[1];
  const id = (page ?? trimmed)
    .split('/')
    .slice(0, page === undefined ? undefined : 2)
    .join('/');
  return ID.test(id) && !id.includes('..') ? id : null;
}

/** The `name` of `owner/name`. */
export function lastPart(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

/** The mirror of the settings: null where none is set, undefined where it is not a web address. */
export function mirrorOf(setting: unknown): string | null | undefined {
  if (setting === undefined || setting === null || setting === '') return null;
  if (typeof setting !== 'string') return undefined;
  const trimmed = setting.trim();
  if (trimmed === '') return null;
  const url = URL.canParse(trimmed) ? new URL(trimmed) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '')
    return undefined;
  return trimmed.replace(/\/+$/, '');
}

/** The host of a download, without a password that may stand in the address. */
export function shownHost(base: string): string {
  if (!URL.canParse(base)) return base;
  const { host, pathname } = new URL(base);
  return `${host}${pathname.replace(/\/+$/, '')}`;
}

export function isEncrypted(base: string): boolean {
  return /^https:/i.test(base);
}
