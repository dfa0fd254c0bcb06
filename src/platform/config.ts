/** Reads the environment once and checks it; reports each mistake in one sentence. */
import { resolve } from 'node:path';
import { z } from 'zod';
import { markingOrder } from '../vocabulary/marking.ts';
import type { Ceilings } from './exports/export-ceilings.ts';
import { type FilesPlace, isObjectAddress, objectEnvironment, toObjectPlace } from './files/object-place.ts';
import { hostNameOfOrigin } from './http/private-host.ts';
import { type MessageSettings, messageEnvironment, toMessageSettings } from './messages/settings.ts';
import { inventedPartnership, type Partnership, readPartnership } from './partnership.ts';
import { type TraceSettings, toTraceSettings, traceEnvironment } from './traces/settings.ts';

export const databaseRoles = [
  'public',
  'staff',
  'field',
  'statistics',
  'publisher',
  'auditor',
  'safeguarding',
  'leader',
] as const;
export type DatabaseRole = (typeof databaseRoles)[number];

/** Which roles may enter each store's database. */
export const storeRoles: Readonly<Record<'main' | 'safeguarding', readonly DatabaseRole[]>> = {
  main: databaseRoles.filter((role) => role !== 'safeguarding'),
  // The public's role may add a sealed report there, by functions alone: it reads no table.
  safeguarding: ['safeguarding', 'statistics', 'auditor', 'leader', 'public'],
};

export const sites = ['public', 'staff', 'field'] as const;
export type Site = (typeof sites)[number];

const Address = z.url({
  protocol: /^postgres(ql)?$/,
  error: 'must be an address like postgres://name:secret@host/database',
});

const secretsShape = 'must be JSON like {"client id": "secret"}';

const Secrets = z
  .string()
  .default('{}')
  .transform((text, context): Record<string, string> => {
    try {
      return z.record(z.string(), z.string().min(1)).parse(JSON.parse(text));
    } catch {
      context.addIssue({ code: 'custom', message: secretsShape });
      return z.NEVER;
    }
  });
const intakeShape = 'must be the line that `npm run safelight -- intake keys` prints';

const PublicKey = z.object({
  id: z.string().regex(/^[\da-f]{16}$/),
  publicKey: z.base64().transform((text) => Buffer.from(text, 'base64')),
});
const IntakeKeys = z
  .string()
  .transform((text, context) => {
    try {
      return z.object({ police: PublicKey, help: PublicKey }).parse(JSON.parse(text));
    } catch {
      context.addIssue({ code: 'custom', message: intakeShape });
      return z.NEVER;
    }
  })
  .optional();
const Ceiling = z.enum(markingOrder, `must be ${markingOrder.join(' or ')}`).default('OFFICIAL-SENSITIVE: OPERATIONAL');

const metricsShape = 'must be a port, or an address and a port, like 9464 or 10.0.0.11:9464';
/** A port alone is one of this machine. */
const MetricsAddress = z
  .string()
  .regex(/^(?:(?:[\w.-]+|\[[\da-fA-F:]+\]):)?\d{1,5}$/, metricsShape)
  .transform((text) => {
    const [, host = '127.0.0.1', port] = /^(?:\[?(.+?)\]?:)?(\d+)$/.exec(text) ?? [];
    return { host, port: Number(port) };
  })
  .refine(({ port }) => port <= 65_535, metricsShape)
  .optional();

const originShape = 'must be a host of its own without a path, like https://information.example';
const isOrigin = (address: string): boolean => {
  if (!URL.canParse(address)) return false;
  const { pathname, search, hash, username, hostname } = new URL(address);
  return pathname === '/' && !search && !hash && !username && !hostname.endsWith('.');
};

const Environment = z.object({
  PORT: z.coerce.number('must be a port number').int().min(0).max(65535).default(3000),
  HOST: z.string().default('localhost'),
  SAFELIGHT_DOOR: z.enum(['all', 'public', 'staff'], 'must be all, public or staff').default('all'),
  SAFELIGHT_MODE: z.enum(['demonstration', 'live'], 'must be demonstration or live').optional(),
  SAFELIGHT_DATA: z.string().default('data'),
  SAFELIGHT_KEYS: z.string().optional(),
  SAFELIGHT_KEY_HALVES: z.string().optional(),
  SAFELIGHT_FILES: z.string().optional(),
  ...objectEnvironment,
  SAFELIGHT_LOG_KEYS: z.string().optional(),
  SAFELIGHT_ORIGIN: z.url('must be the address that the public sees, like https://safelight.example').optional(),
  SAFELIGHT_PRIVATE_ORIGIN: z
    .url({ protocol: /^https?$/, error: originShape })
    .refine(isOrigin, originShape)
    .transform((address) => new URL(address).origin)
    .optional(),
  SAFELIGHT_EXIT_TO: z
    .url({
      protocol: /^https?$/,
      error: 'must be the address of an ordinary page elsewhere, like https://www.bbc.co.uk/weather',
    })
    .default('https://www.bbc.co.uk/weather'),
  SAFELIGHT_PARTNERSHIP: z
    .string()
    .transform((path, context) => {
      try {
        return readPartnership(resolve(path));
      } catch (error) {
        context.addIssue({ code: 'custom', message: (error as Error).message });
        return z.NEVER;
      }
    })
    .optional(),
  SAFELIGHT_COUNTRY: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be the two capital letters of a country in ISO 3166-1, like GB')
    .default('GB'),
  SAFELIGHT_TRUST_PROXY: z.stringbool('must be true or false').default(false),
  SAFELIGHT_EXPORT_CEILING: Ceiling,
  SAFELIGHT_PRINT_CEILING: Ceiling,
  SAFELIGHT_METRICS: MetricsAddress,
  SAFELIGHT_DRAIN_SECONDS: z.coerce
    .number('must be a number of seconds, from 0 to 60')
    .min(0, 'must be a number of seconds, from 0 to 60')
    .max(60, 'must be a number of seconds, from 0 to 60')
    .default(0),
  SAFELIGHT_BACKUPS: z.string().optional(),
  SAFELIGHT_LOG: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('warn'),
  SAFELIGHT_SIGN_ON_SECRETS: Secrets,
  SAFELIGHT_INTAKE_KEYS: IntakeKeys,
  SAFELIGHT_STEP_KEY: z
    .base64('must be 32 random bytes in base64, the same for all public processes')
    .transform((text) => Buffer.from(text, 'base64'))
    .refine((key) => key.length === 32, 'must be 32 random bytes in base64, the same for all public processes')
    .optional(),
  ...messageEnvironment,
  ...traceEnvironment,
  DATABASE_URL: Address.optional(),
  SAFEGUARDING_DATABASE_URL: Address.optional(),
  DATABASE_URL_PUBLIC: Address.optional(),
  DATABASE_URL_STAFF: Address.optional(),
  DATABASE_URL_FIELD: Address.optional(),
  DATABASE_URL_STATISTICS: Address.optional(),
  DATABASE_URL_PUBLISHER: Address.optional(),
  DATABASE_URL_AUDITOR: Address.optional(),
  DATABASE_URL_SAFEGUARDING: Address.optional(),
  DATABASE_URL_LEADER: Address.optional(),
  DATABASE_URL_BACKUP: Address.optional(),
  SAFEGUARDING_DATABASE_URL_BACKUP: Address.optional(),
});

/** The name of every setting. What deploy/ sets is checked against it. */
export const settingNames: readonly string[] = Object.keys(Environment.shape);

export type Config = {
  readonly port: number;
  readonly host: string;
  readonly site: Site | 'all';
  readonly mode: 'demonstration' | 'live';
  /** Where the embedded database, keys and generated passwords lie. */
  readonly dataFolder: string;
  readonly keysFile: string;
  /** Where the halves of records’ keys lie that are in no database. Doors and hosts with the unit’s keys share it. */
  readonly keyHalvesFolder: string;
  /** Where files that reporters send lie, sealed: a folder or a bucket. Doors that run apart share it. */
  readonly filesFolder: FilesPlace;
  /** The keys that sign the log; the leader alone needs them. */
  readonly logKeysFile: string;
  /** The public's address of this service, without a slash at the end. */
  readonly origin: string;
  /** ISO 3166-1 alpha-2, as signed returns say it. */
  readonly country: string;
  /** The address of the private entrance where it has a host of its own, without a slash at the end. */
  readonly privateOrigin: string | undefined;
  readonly trustProxy: boolean;
  /** The ordinary page elsewhere to which exit leads. */
  readonly exitTo: string;
  /** Whose site it is; undefined where a live site has not said so yet. */
  readonly partnership: Partnership | undefined;
  readonly logLevel: string;
  /** Where Prometheus reads the metrics; undefined means nowhere. */
  readonly metrics: { readonly host: string; readonly port: number } | undefined;
  /** Where traces of staff pages are sent; undefined means nowhere. */
  readonly traces: TraceSettings | undefined;
  /** Milliseconds that a process goes on answering after it was told to end, so that a balancer notices first. */
  readonly drainMs: number;
  /** Where backups lie, to say how old the last one is; undefined where nobody said. */
  readonly backupsFolder: string | undefined;
  /** Client secrets of agencies' own sign-in, by client id. */
  readonly signOnSecrets: Readonly<Record<string, string>>;
  /** The public halves of the keys that reports are sealed to; undefined where this process holds the unit's keys. */
  readonly intakeKeys:
    | Readonly<Record<'police' | 'help', { readonly id: string; readonly publicKey: Uint8Array }>>
    | undefined;
  /** Signs the steps of the private journey in all public processes; undefined where there is one. */
  readonly stepKey: Buffer | undefined;
  /** The highest marking that anybody may take along as a file, and print; leaving.ts says whose work needs more. */
  readonly ceilings: Ceilings;
  /** How members are told outside Safelight that something is new. */
  readonly messages: MessageSettings;
  /** The owner's address; undefined means the embedded database. */
  readonly ownerAddress: string | undefined;
  readonly safeguardingOwnerAddress: string | undefined;
  readonly roleAddresses: Readonly<Partial<Record<DatabaseRole, string>>>;
  /** Of a login that may replicate, for `safelight backup` alone. */
  readonly backupAddresses: { readonly main: string | undefined; readonly safeguarding: string | undefined };
};

export class BadConfiguration extends Error {}

/** Reads the environment; refuses a wrong setting with its name and what it must be. An unset mode is a demonstration on the embedded database and live on a server. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(present);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new BadConfiguration(`The setting ${issue?.path.join('.')} ${issue?.message}.`);
  }
  const env = parsed.data;
  const dataFolder = resolve(env.SAFELIGHT_DATA);
  const mode =
    env.SAFELIGHT_MODE ??
    (Object.keys(present).some((name) => name.startsWith('DATABASE_URL')) ? 'live' : 'demonstration');
  const origin = (env.SAFELIGHT_ORIGIN ?? `http://localhost:${env.PORT}`).replace(/\/$/, '');
  const privateProblem = findPrivateHostProblem(env.SAFELIGHT_PRIVATE_ORIGIN, origin, mode);
  const messages = toMessageSettings(env);
  if ('problem' in messages) throw new BadConfiguration(`${messages.problem}.`);
  const traces = toTraceSettings(env);
  if (traces && 'problem' in traces) throw new BadConfiguration(`${traces.problem}.`);
  if (privateProblem) throw new BadConfiguration(`The setting SAFELIGHT_PRIVATE_ORIGIN ${privateProblem}.`);
  return {
    port: env.PORT,
    host: env.HOST,
    site: env.SAFELIGHT_DOOR,
    mode,
    dataFolder,
    keysFile: resolve(env.SAFELIGHT_KEYS ?? `${dataFolder}/keys.json`),
    keyHalvesFolder: resolve(env.SAFELIGHT_KEY_HALVES ?? `${dataFolder}/key-halves`),
    filesFolder: readFilesPlace(env, dataFolder),
    logKeysFile: resolve(env.SAFELIGHT_LOG_KEYS ?? `${dataFolder}/log-keys.json`),
    origin,
    privateOrigin: env.SAFELIGHT_PRIVATE_ORIGIN,
    trustProxy: env.SAFELIGHT_TRUST_PROXY,
    exitTo: env.SAFELIGHT_EXIT_TO,
    country: env.SAFELIGHT_COUNTRY,
    partnership: env.SAFELIGHT_PARTNERSHIP ?? (mode === 'demonstration' ? inventedPartnership : undefined),
    logLevel: env.SAFELIGHT_LOG,
    metrics: env.SAFELIGHT_METRICS,
    traces,
    drainMs: env.SAFELIGHT_DRAIN_SECONDS * 1_000,
    backupsFolder: env.SAFELIGHT_BACKUPS === undefined ? undefined : resolve(env.SAFELIGHT_BACKUPS),
    signOnSecrets: env.SAFELIGHT_SIGN_ON_SECRETS,
    intakeKeys: env.SAFELIGHT_INTAKE_KEYS,
    stepKey: env.SAFELIGHT_STEP_KEY,
    ceilings: { export: env.SAFELIGHT_EXPORT_CEILING, print: env.SAFELIGHT_PRINT_CEILING },
    messages,
    ownerAddress: env.DATABASE_URL,
    safeguardingOwnerAddress: env.SAFEGUARDING_DATABASE_URL,
    backupAddresses: { main: env.DATABASE_URL_BACKUP, safeguarding: env.SAFEGUARDING_DATABASE_URL_BACKUP },
    roleAddresses: Object.fromEntries(
      databaseRoles.flatMap((role) => {
        const address = env[`DATABASE_URL_${role.toUpperCase() as Uppercase<DatabaseRole>}`];
        return address ? [[role, address]] : [];
      }),
    ),
  };
}

function readFilesPlace(env: z.output<typeof Environment>, dataFolder: string): FilesPlace {
  const { SAFELIGHT_FILES: text = `${dataFolder}/files` } = env;
  if (!isObjectAddress(text)) return resolve(text);
  const place = toObjectPlace(text, env);
  if ('problem' in place) throw new BadConfiguration(`${place.problem}.`);
  return place;
}

/** The named site and the staff site share one host. On it, everybody could read whose the private entrance is. */
function findPrivateHostProblem(
  privateOrigin: string | undefined,
  origin: string,
  mode: Config['mode'],
): string | undefined {
  if (privateOrigin === undefined) return undefined;
  if (hostNameOfOrigin(privateOrigin) === hostNameOfOrigin(origin))
    return 'must have another host than SAFELIGHT_ORIGIN, which is the host of the named site and the staff site';
  if (mode === 'live' && !privateOrigin.startsWith('https:')) return 'must begin with https:// on a live site';
  return undefined;
}
