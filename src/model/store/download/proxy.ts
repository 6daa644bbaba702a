/** Chooses the proxy of a request: by the editor's settings first, then by the environment. */
import { BlockList, isIP } from 'node:net';

export interface ProxySettings {
  /** The setting `http.proxy`; where it is '' or absent, the environment decides. */
  readonly proxy?: string;
  /** The setting `http.noProxy`, in addition to `NO_PROXY` of the environment. */
  readonly noProxy?: readonly string[];
  /** `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`; lower case goes first. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Address of the proxy for this request, or null for a direct connection. */
export function proxyFor(url: URL, { proxy, noProxy = [], environment }: ProxySettings): string | null {
  const variable = (name: string): string =>
    environment[name.toLowerCase()] ?? environment[name.toUpperCase()] ?? '';
  const address =
    (proxy ?? '').trim() ||
    variable(url.protocol === 'https:' ? 'https_proxy' : 'http_proxy').trim() ||
    variable('all_proxy').trim();
  if (address === '') return null;
  const exceptions = [...noProxy, ...variable('no_proxy').split(/[\s,]+/)];
  if (exceptions.some(exception => covers(exception.trim().toLowerCase(), url))) return null;
  // `proxy.example:8080`, as people write it.
  return /^[a-z][a-z\d+.-]*:\/\//i.test(address) ? address : `http://${address}`;
}

/** Matches `*`, `example.com` and `.example.com` (with all below), `*.example.com`, `host:port`, `10.0.0.0/8`. */
function covers(exception: string, url: URL): boolean {
  if (exception === '') return false;
  if (exception === '*') return true;
  const host = url.hostname.toLowerCase().replace(/^\[|\]$/g, '');
  const family = isIP(host);
  const [network, bits] = exception.split('/') as [string, string | undefined];
  if (bits !== undefined) return family !== 0 && isIP(network) === family && inSubnet(host, network, bits);
  const [, name = '', port] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(exception) ?? [];
  if (isIP(exception) !== 0) return host === exception;
  if (port !== undefined && port !== (url.port || (url.protocol === 'https:' ? '443' : '80'))) return false;
  const suffix = name.replace(/^\*?\.?/, '');
  return host === suffix || (family === 0 && host.endsWith(`.${suffix}`));
}

function inSubnet(host: string, network: string, bits: string): boolean {
  const type = isIP(network) === 6 ? 'ipv6' : 'ipv4';
  const prefix = Number(bits);
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > (type === 'ipv6' ? 128 : 32)) return false;
  const list = new BlockList();
  list.addSubnet(network, prefix, type);
  return list.check(host, type);
}
