/** The official client, set up so that it trusts nobody who was not named, tells nobody what it knows, and waits for nobody. */
import { readFile } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';
import { Client } from '@opensearch-project/opensearch';
import type { TeamAccess, TeamCredentials } from '../../domain/team/team.ts';
import { BoundedConnection } from './boundedConnection.ts';
import { TeamFault } from './teamFault.ts';

/** The longest wait for anything; searches give up earlier. */
const REQUEST_LIMIT = 60_000;
const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/u;

/** Rejects with a `TeamFault` where the address would send credentials in the clear or is none. */
export async function openClient(access: TeamAccess): Promise<Client> {
  const { credentials, ca } = access;
  const url = addressOf(access);
  const headers = credentials === null ? {} : { authorization: authorizationOf(credentials) };
  const own = ca === undefined ? null : await certificates(ca);
  return new Client({
    node: url.href,
    Connection: BoundedConnection,
    maxRetries: 0,
    requestTimeout: REQUEST_LIMIT,
    headers,
    ssl: { rejectUnauthorized: true, ...(own === null ? {} : { ca: [...rootCertificates, own] }) },
  });
}

function addressOf({ url: text, credentials }: TeamAccess): URL {
  const url = urlOf(text);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw new TeamFault('insecure', 'no address of http or https');
  if (url.username !== '' || url.password !== '')
    throw new TeamFault('insecure', 'credentials stand in the address');
  if (url.protocol === 'http:' && credentials !== null && !LOOPBACK.test(url.hostname))
    throw new TeamFault('insecure', 'http would send the credentials in the clear');
  return url;
}

function urlOf(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

async function certificates(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new TeamFault('untrusted', `${file}: ${(error as NodeJS.ErrnoException).code ?? 'unreadable'}`);
  }
}

function authorizationOf(credentials: TeamCredentials): string {
  if (credentials.kind === 'basic')
    return `Basic ${Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')}`;
  return `${credentials.kind === 'apiKey' ? 'ApiKey' : 'Bearer'} ${credentials.key}`;
}
