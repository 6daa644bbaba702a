/** Errors of the network, in terms that people understand; some of them are worth another try. */
import { isAbort } from '../../../threads/abort.ts';
import { UserError, type UserErrorCode } from '../../../errors/userError.ts';

export class TransferError extends UserError {
  /** True where another try may succeed. */
  readonly again: boolean;
  /** Milliseconds that the server asked us to wait; null if it did not. */
  readonly wait: number | null;

  constructor(
    code: UserErrorCode,
    subject: string,
    options: ErrorOptions & { readonly again: boolean; readonly wait?: number | null },
  ) {
    super(code, subject, options);
    this.again = options.again;
    this.wait = options.wait ?? null;
  }
}

/** An address to show: without credentials, and without the query (storage hosts put signatures into it). */
export function shownUrl(url: string): string {
  const parsed = parsedUrl(url);
  return parsed === null ? '?' : `${parsed.origin}${parsed.pathname}`;
}

/** `URL.canParse` is missing in the oldest runtime. */
export function parsedUrl(url: string, base?: string): URL | null {
  try {
    return new URL(url, base);
  } catch {
    return null;
  }
}

const TLS =
  /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ERR_TLS|ERR_SSL|EPROTO|UND_ERR_PRX_TLS|ERR_INVALID_PROTOCOL/;
const UNREACHABLE = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
]);
const TIMEOUTS = new Set(['UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT']);

/** An error of the connection. Errors that explain themselves, and cancellation, are passed on. */
export function connectionError(error: unknown, url: string): Error {
  if (error instanceof UserError) return error;
  if (!(error instanceof Error)) return new Error(String(error));
  if (isAbort(error) && codeOf(error) === '') return error;
  const subject = shownUrl(url);
  const options = { cause: error };
  for (let each: unknown = error; each instanceof Error; each = each.cause) {
    const code = codeOf(each);
    const [, status] = /Proxy response \((\d+)\)/.exec(each.message) ?? [];
    if (status !== undefined)
      return new TransferError('downloadProxy', `${subject} (HTTP ${status})`, {
        ...options,
        again: isPassing(Number(status)),
      });
    if (/Proxy Authentication Required/.test(each.message))
      return new TransferError('downloadProxy', `${subject} (HTTP 407)`, { ...options, again: false });
    if (TLS.test(code))
      return new TransferError('downloadTls', `${subject} (${code})`, { ...options, again: false });
    if (UNREACHABLE.has(code) || TIMEOUTS.has(code))
      // A name that does not exist will not appear: without a network, nobody should wait for all the tries.
      return new TransferError('downloadUnreachable', `${subject} (${code})`, {
        ...options,
        again: code !== 'ENOTFOUND',
      });
  }
  const detail = codeOf(error) || error.message;
  return new TransferError('downloadFailed', `${subject} (${detail})`, { ...options, again: true });
}

function codeOf(error: Error): string {
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' ? code : '';
}

export interface ResponseHead {
  readonly status: number;
  /** Headers by lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** The error of a status that is not a success. */
export function statusError({ status, headers }: ResponseHead, url: string): TransferError {
  const subject = `${shownUrl(url)} (HTTP ${status})`;
  // The hub answers 401 for things that do not exist; this header distinguishes the two.
  const reason = headers['x-error-code'] ?? '';
  if (status === 404 || status === 410 || reason.endsWith('NotFound'))
    return new TransferError('downloadNotFound', subject, { again: false });
  if (status === 407) return new TransferError('downloadProxy', subject, { again: false });
  if (isHtml(headers) && status === 403 && reason === '')
    return new TransferError('downloadHtml', subject, { again: false });
  if (status === 401 || status === 403)
    return new TransferError('downloadForbidden', subject, { again: false });
  const wait = retryAfter(headers['retry-after'], Date.now());
  return new TransferError('downloadFailed', subject, { again: isPassing(status), wait });
}

function isPassing(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || (status >= 500 && status !== 501);
}

export function isHtml(headers: ResponseHead['headers']): boolean {
  return /^\s*(?:text\/html|application\/xhtml)/i.test(headers['content-type'] ?? '');
}

/** RFC 9110 §10.2.3: seconds, or a date. In milliseconds from `now`; null if there is none. */
export function retryAfter(value: string | undefined, now: number): number | null {
  if (value === undefined) return null;
  if (/^\s*\d+\s*$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
