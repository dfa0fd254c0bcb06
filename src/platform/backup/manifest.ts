/** What a backup says of itself: one JSON file, readable without a key. What counts people is sealed in it. */
import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { BackupFault, takeAnother } from './fault.ts';
import { partKey } from './sealed-part.ts';

export const manifestFile = 'manifest.json';
/** The newest format that is read: an incremental backup. A full one has the first, which earlier versions read too. */
export const formatVersion = 2;
export const fullVersion = 1;

const Digest = z.string().regex(/^[\da-f]{64}$/);

const Part = z.object({
  name: z.string().regex(/^[a-z-]+\.[a-z]+$/),
  bytes: z.int().min(0),
  sha256: Digest,
  holds: z.int().min(0),
});
export type Part = z.output<typeof Part>;

const DatabaseFacts = z.object({ database: z.string(), owner: z.string(), schema: z.string() });
export type DatabaseFacts = z.output<typeof DatabaseFacts>;

const Cluster = z.object({
  name: z.enum(['main', 'safeguarding']),
  databases: z.object({ main: DatabaseFacts.optional(), safeguarding: DatabaseFacts.optional() }),
  superuser: z.string(),
  server: z.string(),
  systemId: z.string(),
  endLsn: z.string(),
  /** Unbroken write-ahead logs that were being received when it was taken. They go on where it ends. */
  logs: z.array(z.string()).optional(),
  checksums: z.boolean(),
  /** Compressions of tables and log that a server must be able to read. */
  compressions: z.array(z.string()),
  extensions: z.array(z.string()),
  /** SHA-256 of what PostgreSQL said of the backup before, on which this one rests. */
  restsOn: Digest.optional(),
});
export type Cluster = z.output<typeof Cluster>;

const Manifest = z.object({
  format: z.literal('safelight-backup'),
  version: z.int(),
  id: z.string(),
  /** The backup before, on which an incremental one rests. It lies in the same folder. */
  base: z.object({ name: z.string().regex(/^safelight-[\dTZ]+-[\da-f]{6}$/), id: z.string() }).optional(),
  safelight: z.string(),
  begun: z.iso.datetime(),
  ended: z.iso.datetime(),
  /** What was kept before this moment is in the backup. */
  holdsUntil: z.iso.datetime(),
  key: z.object({ recipients: z.array(z.string()).readonly(), wrapped: z.base64() }),
  clusters: z.array(Cluster).min(1).max(2),
  files: z.object({ count: z.int(), bytes: z.int() }),
  parts: z.array(Part).min(1),
  counts: z.base64(),
  mac: z.string(),
});
export type Manifest = z.output<typeof Manifest>;

/** Rows of each table when the backup began and when it ended. */
export type Counts = Readonly<Record<string, { readonly begun: number; readonly ended: number }>>;
export type CountsOfStores = { readonly main?: Counts; readonly safeguarding?: Counts };

const macOf = (key: Buffer, unsigned: object): string =>
  createHmac('sha256', partKey(key, 'manifest')).update(JSON.stringify(unsigned)).digest('base64');

/** The manifest's text, signed with the backup's own key. */
export const signManifest = (unsigned: Omit<Manifest, 'mac'>, key: Buffer): string =>
  `${JSON.stringify({ ...unsigned, mac: macOf(key, unsigned) }, null, 2)}\n`;

const damaged = (): BackupFault => new BackupFault(`The ${manifestFile} of the backup is damaged.`, takeAnother);

/** Refuses, as a fault, what is no manifest or one of a later format. */
export function parseManifest(text: string): Manifest {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    throw damaged();
  }
  const { version } = (read ?? {}) as { readonly version?: unknown };
  if (typeof version === 'number' && version > formatVersion)
    throw new BackupFault(
      `The backup has format ${version}, and this Safelight reads up to ${formatVersion}.`,
      'Use the version of Safelight that made it, or a later one.',
    );
  const parsed = Manifest.safeParse(read);
  if (!parsed.success) throw damaged();
  return parsed.data;
}

export const missingBase = (name: string): BackupFault =>
  new BackupFault(
    `It is an incremental backup, and the backup ${name} on which it rests is missing from its folder.`,
    'Copy that one into the same folder again. If it is nowhere, use another backup, and take a full one now.',
  );

/** Why an incremental backup does not rest on this one, which has the right name; undefined where it does. */
export function findBaseProblem({ base, clusters }: Manifest, found: Manifest): BackupFault | undefined {
  if (base?.id !== found.id)
    return new BackupFault(
      `The backup ${base?.name ?? ''} is not the one on which this one rests: another was put in its place.`,
      takeAnother,
    );
  const other = clusters.find(({ name, systemId, restsOn }) => {
    const before = found.clusters.find((cluster) => cluster.name === name);
    return before?.systemId !== systemId || restsOn === undefined;
  });
  return other
    ? new BackupFault(`It rests on the backup ${base.name}, which is of another ${other.name} server.`, takeAnother)
    : undefined;
}

/** Refuses a manifest that was changed since the backup was made. */
export function checkSignature(text: string, key: Buffer): void {
  const { mac, ...unsigned } = JSON.parse(text) as { readonly mac: string };
  const [given, wanted] = [Buffer.from(mac), Buffer.from(macOf(key, unsigned))];
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted))
    throw new BackupFault(`The ${manifestFile} was changed after the backup was made.`, takeAnother);
}

export function sealCounts(counts: CountsOfStores, key: Buffer): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', partKey(key, 'counts'), nonce);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(counts)), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
}

/** After `checkSignature`, which covers it. */
export function openCounts(sealed: string, key: Buffer): CountsOfStores {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', partKey(key, 'counts'), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return JSON.parse(
    Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8'),
  ) as CountsOfStores;
}
