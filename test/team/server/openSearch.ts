/** Starts a real OpenSearch node; it ends with the process that started it. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { nodeFiles, type NodeFiles } from './artifacts.ts';

const run = promisify(execFile);
const START_LIMIT = 90_000;
const SECRET = 'test-secret';
const PLUGINS = [
  'org.opensearch.index.mapper.MapperExtrasPlugin',
  'org.opensearch.index.reindex.ReindexPlugin',
];
const LOGGING = `status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %p %c{1} - %m%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
`;

export interface NodeOptions {
  /** TLS, users and roles; the user `admin` has the password `admin`. */
  readonly security?: boolean;
  /** Java's, as in -Xmx. */
  readonly heap?: string;
  /** As fast as it can be once it is warm, for measuring; else it starts faster and uses less memory. */
  readonly fast?: boolean;
  /** Where it keeps its data; else a temporary folder. */
  readonly home?: string;
}

export class OpenSearchNode {
  readonly #options: NodeOptions;
  readonly #files: NodeFiles;
  readonly #home: string;
  #process: ChildProcess | null = null;
  #port = 0;
  /** The end of what it printed. */
  #said: string[] = [];
  /** Certificate that its own is checked by, as PEM; null without security. */
  ca: string | null = null;

  private constructor(options: NodeOptions, files: NodeFiles, home: string) {
    this.#options = options;
    this.#files = files;
    this.#home = home;
  }

  /** Resolves when it answers. */
  static async start(options: NodeOptions = {}): Promise<OpenSearchNode> {
    const files = await nodeFiles(options.security === true);
    const home = options.home ?? (await mkdtemp(path.join(os.tmpdir(), 'malmoi-opensearch-')));
    const node = new OpenSearchNode(options, files, home);
    await mkdir(path.join(home, 'config'), { recursive: true });
    await writeFile(path.join(home, 'config', 'log4j2.properties'), LOGGING);
    if (options.security === true) await node.#secure();
    await node.up();
    return node;
  }

  get url(): string {
    return `${this.#options.security === true ? 'https' : 'http'}://127.0.0.1:${this.#port}`;
  }

  get pid(): number {
    return this.#process!.pid!;
  }

  /** Starts it again, at the same address and with the same data. */
  async up(): Promise<void> {
    const heap = this.#options.heap ?? '512m';
    const config = path.join(this.#home, 'config');
    const { security } = this.#options;
    const plugin = security === true ? 'security.OpenSearchSecurityPlugin' : 'transport.Netty4Plugin';
    const settings = security === true ? SECURITY_SETTINGS : ['http.type=netty4', 'transport.type=netty4'];
    const child = spawn(
      'java',
      [
        `-Xms256m`,
        `-Xmx${heap}`,
        ...(this.#options.fast === true ? [] : ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC']),
        `-Dlog4j2.configurationFile=${path.join(config, 'log4j2.properties')}`,
        '-cp',
        this.#files.classpath,
        'TestNode',
        this.#home,
        [`org.opensearch.${plugin}`, ...PLUGINS].join(','),
        `http.port=${this.#port}`,
        ...settings,
      ],
      { stdio: ['pipe', 'pipe', 'pipe'] },
    );
    this.#process = child;
    this.#said = [];
    const ready = new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('did not start in time')), START_LIMIT);
      for (const stream of [child.stdout, child.stderr])
        createInterface({ input: stream }).on('line', line => {
          this.#said = [...this.#said.slice(-40), line];
          if (!line.startsWith('READY ')) return;
          clearTimeout(timer);
          resolve(line.slice('READY '.length));
        });
      child.once('error', reject);
      child.once('exit', code => {
        clearTimeout(timer);
        reject(new Error(`ended with ${code}`));
      });
    });
    const address = await ready.catch((error: Error) => {
      throw new Error(`OpenSearch ${error.message}:\n${this.#said.join('\n')}`);
    });
    this.#port = Number(address.slice(address.lastIndexOf(':') + 1));
    await this.#answers();
  }

  async #answers(): Promise<void> {
    for (const limit = Date.now() + START_LIMIT; ;) {
      // Port, certificate and users are there one after the other.
      const { status } = await this.request('GET', '/_cluster/health').catch(() => ({ status: 0 }));
      if (status === 200) return;
      if (Date.now() > limit) throw new Error(`OpenSearch does not answer:\n${this.#said.join('\n')}`);
      await new Promise(resolve => setTimeout(resolve, 200));
    }
  }

  /** As the administrator, past Malmoi's own client: for arranging and looking, not for what is tested. */
  async request(
    method: string,
    target: string,
    body?: unknown,
  ): Promise<{ readonly status: number; readonly body: unknown }> {
    const { Agent, request } = await import('undici');
    const dispatcher = new Agent({ connect: this.ca === null ? {} : { ca: this.ca } });
    try {
      const authorization = `Basic ${Buffer.from('admin:admin').toString('base64')}`;
      const answer = await request(this.url + target, {
        method: method as 'GET',
        dispatcher,
        headers: {
          'content-type': 'application/json',
          ...(this.ca === null ? {} : { authorization }),
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await answer.body.text();
      return { status: answer.statusCode, body: text === '' ? null : JSON.parse(text) };
    } finally {
      await dispatcher.close();
    }
  }

  /** Like a power cut. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
    if (this.#options.home === undefined) await rm(this.#home, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (child === null || child.exitCode !== null) return;
    const ended = new Promise(resolve => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }

  /** A certificate of its own, made by the runtime's tool, and the plugin's users as shipped. */
  async #secure(): Promise<void> {
    const config = path.join(this.#home, 'config');
    await cp(this.#files.securityConfig!, path.join(config, 'opensearch-security'), { recursive: true });
    const keytool = (...args: string[]): Promise<unknown> =>
      run('keytool', [...args, '-storepass', SECRET, '-storetype', 'PKCS12'], { cwd: config });
    const names = 'san=ip:127.0.0.1,dns:localhost';
    const certificate = `-genkeypair -alias node -keyalg EC -groupname secp256r1 -validity 30 -dname CN=localhost -ext ${names} -ext bc:c=ca:true -keystore node.p12`;
    await keytool(...certificate.split(' '));
    await keytool('-exportcert', '-rfc', '-alias', 'node', '-keystore', 'node.p12', '-file', 'ca.pem');
    await keytool('-importcert', '-noprompt', '-alias', 'ca', '-file', 'ca.pem', '-keystore', 'trust.p12');
    this.ca = await readFile(path.join(config, 'ca.pem'), 'utf8');
  }
}

const SECURITY_SETTINGS = [
  ...['http', 'transport'].flatMap(layer => {
    const prefix = `plugins.security.ssl.${layer}`;
    return [
      `${prefix}.keystore_type=PKCS12`,
      `${prefix}.keystore_filepath=node.p12`,
      `${prefix}.keystore_password=${SECRET}`,
      `${prefix}.truststore_type=PKCS12`,
      `${prefix}.truststore_filepath=trust.p12`,
      `${prefix}.truststore_password=${SECRET}`,
    ];
  }),
  'plugins.security.ssl.http.enabled=true',
  'plugins.security.ssl.transport.enforce_hostname_verification=false',
  'plugins.security.allow_default_init_securityindex=true',
  'plugins.security.restapi.roles_enabled=[all_access]',
  'plugins.security.authcz.admin_dn=[CN=admin]',
];
