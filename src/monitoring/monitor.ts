/** Measures the running system: databases, queues, disks, backups, messages. Bounded: a database that hangs is away. */
import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { StoreName } from '../platform/access-policy/access.ts';
import { type Clock, systemClock } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import type { Databases, Db } from '../platform/database/database.ts';
import { digestOf } from '../platform/database/migrate.ts';
import { openObjectStore } from '../platform/files/index.ts';
import type { LoadDefinition } from '../platform/start.ts';
import { safelightVersion } from '../platform/version.ts';
import { floorToHour } from '../vocabulary/calendar/moments.ts';
import { measureBackups } from './backups.ts';
import type { Measures, QueueMeasures, StoreMeasures } from './measures.ts';
import { SiteCertificates } from './site-certificates.ts';
import { countMessages, listFailingWays, readAsLeader, readQueues, readState, type StoreState } from './store.ts';

export type MonitorOptions = {
  readonly config: Pick<
    Config,
    'dataFolder' | 'filesFolder' | 'backupsFolder' | 'messages' | 'origin' | 'privateOrigin'
  >;
  readonly databases: Databases;
  /** The time of records, which a test stops. */
  readonly clock: Clock;
  /** The time of this machine. */
  readonly machineClock?: Clock;
  /** Left out where nobody asks about schemas. */
  readonly loadDefinition?: LoadDefinition;
};

export type MessageCounts = readonly { readonly state: string; readonly count: number }[];

/** In milliseconds: no question to a database takes longer. */
const longest = 2_000;

export class Monitor {
  readonly #options: MonitorOptions;
  readonly #sites: SiteCertificates;
  #wanted: Promise<WantedSchemas | undefined> | undefined;
  /** What would tell by the minute that somebody spoke: read once an hour. */
  #hourly: { readonly hour: number; readonly queues?: QueueMeasures; readonly messages?: MessageCounts } = { hour: 0 };

  constructor(options: MonitorOptions) {
    this.#options = options;
    this.#sites = new SiteCertificates([options.config.origin, options.config.privateOrigin]);
  }

  /** Everything that the rules judge. Never refuses. */
  async measure(): Promise<Measures> {
    const { config, databases, loadDefinition, machineClock = systemClock } = this.#options;
    this.#wanted ??= loadDefinition ? loadWanted(loadDefinition) : Promise.resolve(undefined);
    // Before the databases have their time: loading it can take longer than they may.
    const wanted = await this.#wanted;
    const [main, safeguarding, data, files, filesStore, siteCertificates, backups] = await Promise.all([
      this.#measureStore('main', wanted),
      this.#measureStore('safeguarding', wanted),
      freeIn(config.dataFolder),
      typeof config.filesFolder === 'string' ? freeIn(config.filesFolder) : undefined,
      typeof config.filesFolder === 'string' ? undefined : openObjectStore(config.filesFolder).check(),
      this.#sites.read(machineClock.now()),
      config.backupsFolder === undefined
        ? ('not set up' as const)
        : measureBackups(config.backupsFolder, machineClock.now()),
    ]);
    return {
      version: safelightVersion,
      node: process.versions.node,
      main,
      safeguarding,
      poolWaiting: databases.pools().reduce((sum, { waiting }) => sum + waiting, 0),
      messagesSetUp: config.messages.mail !== undefined || config.messages.text !== undefined,
      certificateSeconds: secondsOfCertificates(config.messages.mail?.ca, machineClock.now()),
      siteCertificates,
      free: { data, files },
      filesStore,
      backups,
    };
  }

  /** Messages by state as they were at the last full hour; empty where this process cannot read them. */
  get messages(): MessageCounts {
    return this.#hourly.messages ?? [];
  }

  /** Under the leader's login, where this process has it. */
  #openStore(store: StoreName): { readonly db: Db; readonly leads: boolean } | undefined {
    const { databases } = this.#options;
    const role = (['leader', 'staff', 'safeguarding', 'public'] as const).find((one) => databases.has(store, one));
    if (!role) return undefined;
    return { db: databases.for(store, role, { maxConnections: 2, timeoutMs: longest }), leads: role === 'leader' };
  }

  async #measureStore(
    store: StoreName,
    wanted: WantedSchemas | undefined,
  ): Promise<StoreMeasures | 'away' | 'elsewhere'> {
    const opened = this.#openStore(store);
    if (!opened) return 'elsewhere';
    const late = Promise.withResolvers<'away'>();
    const timer = setTimeout(() => late.resolve('away'), longest);
    try {
      const reading = this.#readStore(store, opened.db, opened.leads);
      return await Promise.race([reading.then((found) => withSchema(found, wanted?.[store])), late.promise]);
    } catch {
      return 'away';
    } finally {
      clearTimeout(timer);
    }
  }

  async #readStore(store: StoreName, db: Db, leads: boolean): Promise<ReadStore> {
    const { machineClock = systemClock } = this.#options;
    const before = machineClock.now().getTime();
    const state = await readState(db);
    const between = (before + machineClock.now().getTime()) / 2;
    return {
      ...state,
      clockApartSeconds: (state.now.getTime() - between) / 1_000,
      led: store === 'main' ? state.led : undefined,
      queues: leads ? await this.#readQueues(store, db) : undefined,
      failingMessages:
        leads && store === 'main' ? await readAsLeader(db, this.#options.clock.now(), listFailingWays) : undefined,
    };
  }

  async #readQueues(store: StoreName, db: Db): Promise<QueueMeasures> {
    const now = this.#options.clock.now();
    const hour = floorToHour(now).getTime();
    if (store === 'main') {
      const { queues, messages } = await readAsLeader(db, now, async (tx) => ({
        queues: await readQueues(tx, now),
        messages: this.#hourly.hour === hour && this.#hourly.messages ? undefined : await countMessages(tx, now),
      }));
      if (messages) this.#hourly = { ...this.#hourOf(hour), messages };
      return queues;
    }
    const known = this.#hourOf(hour).queues;
    if (known) return known;
    const queues = await readAsLeader(db, floorToHour(now), (tx) => readQueues(tx, now));
    this.#hourly = { ...this.#hourOf(hour), queues };
    return queues;
  }

  #hourOf(hour: number) {
    return this.#hourly.hour === hour ? this.#hourly : { hour };
  }
}

type WantedSchema = { readonly digest: string; readonly name: string };
type WantedSchemas = Readonly<Record<StoreName, WantedSchema>>;
type ReadStore = Omit<StoreMeasures, 'schemaFits' | 'schemaName'> & Pick<StoreState, 'schema'>;

const withSchema = ({ schema, ...found }: ReadStore, wanted: WantedSchema | undefined): StoreMeasures => ({
  ...found,
  schemaFits: wanted === undefined || schema === wanted.digest,
  schemaName: wanted?.name ?? 'not asked',
});

/** What both databases are migrated to by this version. */
async function loadWanted(loadDefinition: LoadDefinition): Promise<WantedSchemas> {
  const definition = await loadDefinition();
  const wantedOf = (store: StoreName): WantedSchema => ({
    digest: definition.digests?.[store] ?? digestOf(definition, store),
    name: definition.schema[store].changes.at(-1)?.name.split('/').at(-1) ?? 'none',
  });
  return { main: wantedOf('main'), safeguarding: wantedOf('safeguarding') };
}

/** A folder that is not there yet will lie where the folder above it lies. */
const nearestFolder = (path: string): string => (existsSync(path) ? path : nearestFolder(dirname(path)));

async function freeIn(folder: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(nearestFolder(folder));
    return bavail * bsize;
  } catch {
    return undefined;
  }
}

const pem = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** Until the first of them ends; undefined where there is none that can be read. */
export function secondsOfCertificates(text: string | undefined, now: Date): number | undefined {
  const ends = (text?.match(pem) ?? []).map((one) => Date.parse(new X509Certificate(one).validTo));
  return ends.length === 0 ? undefined : (Math.min(...ends) - now.getTime()) / 1_000;
}
