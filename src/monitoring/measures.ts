/** What is measured of a running Safelight. No figure of people is among it. */
import type { StoreState } from '../platform/files/index.ts';
import type { Channel } from '../platform/messages/message.ts';

export type Replica = {
  /** Null where this login may not read it. */
  readonly state: string | null;
  readonly lagSeconds: number | null;
};

/** Read under the login of the leader; undefined in a process that has none. Those of the safeguarding database are of the last full hour. */
export type QueueMeasures = {
  readonly outboxSeconds: number | undefined;
  readonly outboxGivenUp: number;
  readonly unsealedSeconds: number | undefined;
  readonly unsealedRows: number;
};

export type StoreMeasures = {
  readonly version: string;
  readonly readOnly: boolean;
  /** Whether a change waits until a replica has it. */
  readonly synchronous: boolean;
  readonly replicas: readonly Replica[];
  readonly clockApartSeconds: number;
  readonly schemaFits: boolean;
  /** The newest numbered file that this version knows. */
  readonly schemaName: string;
  /** Whether a process does the background work: undefined in the safeguarding database. */
  readonly led: boolean | undefined;
  readonly queues: QueueMeasures | undefined;
  /** The ways by which messages fail now; undefined where this process cannot read it. */
  readonly failingMessages: readonly Channel[] | undefined;
};

export type BackupMeasures = {
  readonly backupSeconds: number | undefined;
  /** Since the last drill that succeeded. */
  readonly drillSeconds: number | undefined;
  readonly lastDrillFailed: boolean;
  /** Whether the newest backup was verified, and failed. */
  readonly newestFailed: boolean;
  /** Whether the newest folder is an incremental backup that rests on one that is missing. Its age is not that of the last backup. */
  readonly newestBaseless: boolean;
  /** Whether the last drill that succeeded opened no sealed record. */
  readonly drillOpenedNone: boolean;
  /** Since the moment until which the write-ahead log of every server was received; undefined where nobody receives it. */
  readonly logSeconds: number | undefined;
};

/** What a browser gets from a site with TLS. `fitsHost`: it is for the name that everybody types. */
export type SiteCertificate = { readonly host: string } & (
  | { readonly state: 'not reached' }
  | { readonly state: 'read'; readonly secondsLeft: number; readonly fitsHost: boolean }
);

export type Measures = {
  readonly version: string;
  readonly node: string;
  readonly main: StoreMeasures | 'away' | 'elsewhere';
  readonly safeguarding: StoreMeasures | 'away' | 'elsewhere';
  readonly poolWaiting: number;
  readonly messagesSetUp: boolean;
  /** Until the first certificate of the mail server's authority ends; undefined where the process holds none. */
  readonly certificateSeconds: number | undefined;
  /** Of the sites that are served with TLS; none where there is none. */
  readonly siteCertificates: readonly SiteCertificate[];
  /** Bytes. Undefined where the folder is not there yet. */
  readonly free: { readonly data: number | undefined; readonly files: number | undefined };
  /** Undefined where files lie in a folder. */
  readonly filesStore: StoreState | undefined;
  readonly backups: BackupMeasures | 'not set up' | 'unreadable';
};
