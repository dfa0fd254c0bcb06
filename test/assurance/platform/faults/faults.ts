/** The twelve faults: how each is made in a running Safelight, which alarm must ring, and how it is cured. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { addRows } from '../../../../src/audit/log/examples.ts';
import { addAgency, addMember } from '../../../../src/identity/agencies/index.ts';
import { sessionCookie } from '../../../../src/platform/http/shells.ts';
import { notify } from '../../../../src/platform/notifications/index.ts';
import { type MemberId, newId } from '../../../../src/vocabulary/ids.ts';
import { sideOf } from '../../../../src/vocabulary/people.ts';
import type { World } from './world.ts';

export type Fault = {
  readonly what: string;
  /** Any of them is enough. */
  readonly alarms: readonly string[];
  /** Makes the fault, and returns its cure; undefined where this machine lacks what it needs, with the reason. */
  readonly make: (world: World) => Promise<Cure | string>;
  /** A process that reaches no database says so at `/readyz` too. */
  readonly probed?: true;
  /** The finding lasts until the next try of a message, a minute later. */
  readonly slowCure?: true;
};
type Cure = () => Promise<unknown>;

/** A statement of the superuser in a transaction that stays open. */
async function holdOpen(world: World, ...statements: readonly string[]): Promise<Cure> {
  const client = new pg.Client({ connectionString: world.superuser });
  client.on('error', () => {});
  await client.connect();
  await client.query('begin');
  for (const statement of statements) await client.query(statement);
  return () => client.end();
}

/** More requests than there are connections, again and again, on a table that somebody has locked. */
async function takeConnections(world: World): Promise<Cure> {
  const release = await holdOpen(world, 'lock table sessions in access exclusive mode');
  const over = new AbortController();
  // Of one session few are answered at once.
  const ask = async (_: unknown, index: number): Promise<void> => {
    while (!over.signal.aborted)
      await fetch(`${world.staff.url}/staff`, {
        headers: { cookie: `${sessionCookie}=${String(index).padStart(43, 'a')}` },
        redirect: 'manual',
        signal: over.signal,
      })
        .then((answer) => answer.text())
        .catch(() => sleep(50));
  };
  const asking = Array.from({ length: 24 }, ask);
  return async () => {
    over.abort();
    await Promise.all(asking);
    await release();
  };
}

/** An event whose listener never ends: another transaction holds its row. */
async function holdEvent(world: World): Promise<Cure> {
  const client = new pg.Client({ connectionString: world.superuser });
  await client.connect();
  for (;;) {
    const id = newId();
    await client.query(
      "insert into outbox (id, event, about, details, at) values ($1, 'nobody listens', $1, '{}', clock_timestamp())",
      [id],
    );
    await client.query('begin');
    const { rowCount } = await client.query(
      'select from outbox where id = $1 and handled_at is null for update skip locked',
      [id],
    );
    // Where the background work was quicker, once more.
    if (rowCount === 1) return () => client.end();
    await client.query('rollback');
  }
}

/** A member with a confirmed address, to whom something urgent is to be said. */
async function sendMessage({ db }: World): Promise<void> {
  const kind = 'police force';
  const agency = { id: newId<'agency'>(), name: 'Lea Vale', officialName: `Lea Vale ${newId()}`, kind } as const;
  await addAgency(db, { ...agency, side: sideOf[kind], firstResponder: false });
  const id = newId<'member'>() as MemberId;
  const member = {
    id,
    agencyId: agency.id,
    name: 'Robin Test',
    title: 'Officer',
    roles: ['triage'],
    endedAt: null,
  } as const;
  await addMember(db, member, { email: `${id}@example.org`, passwordHash: 'none' });
  const channel = {
    id: newId(),
    memberId: id,
    channel: 'email',
    address: 'robin@example.org',
    confirmedAt: new Date(),
  };
  await db.insertInto('notificationChannels').values(channel).execute();
  const to = { member: id };
  await notify(db, [{ kind: 'urgent case news', subject: null, ownerId: agency.id, to, madeAt: new Date() }]);
}

const notInstalled = (name: string): string => `not tried: ${name} is not installed`;

export const faults: readonly Fault[] = [
  {
    what: 'a certificate of the mail server comes near its end',
    alarms: ['SafelightCertificate'],
    make: async ({ site, writeAuthorities }) => {
      const seconds = 8;
      const from = performance.now();
      writeAuthorities(seconds);
      await site.restart();
      await sleep(Math.max(0, seconds * 1_000 - (performance.now() - from)));
      return async () => {
        writeAuthorities(undefined);
        await site.restart();
      };
    },
  },
  {
    what: 'the last backup is 27 hours old',
    alarms: ['SafelightBackup'],
    make: async ({ backups }) => {
      backups.set({ takenHoursAgo: 27 });
      return async () => backups.set({ takenHoursAgo: 1 });
    },
  },
  {
    what: 'the last restore drill is 36 days old',
    alarms: ['SafelightDrill'],
    make: async ({ backups }) => {
      backups.set({ drillDaysAgo: 36 });
      return async () => backups.set({ drillDaysAgo: 1 });
    },
  },
  {
    what: 'a replica replays nothing while the primary is written to',
    alarms: ['SafelightReplication'],
    make: async ({ databases, replica }) => {
      const over = new AbortController();
      const row = () => addRows(databases.for('main', 'staff'), 1, { at: new Date() });
      // The delay of a replica that has never replayed anything is not known.
      await row();
      await replica.pause();
      const writing = (async () => {
        while (!over.signal.aborted) {
          await row();
          await sleep(500, undefined, { signal: over.signal }).catch(() => {});
        }
      })();
      return async () => {
        over.abort();
        await writing;
        await replica.resume();
      };
    },
  },
  {
    what: 'the disk of received files has less than 1 GB free',
    alarms: ['SafelightDisk'],
    make: async ({ files }) => {
      if (!files) return 'not tried: this machine lets nobody mount a small disk';
      const file = join(files, 'filling');
      writeFileSync(file, Buffer.alloc(200e6));
      return async () => rmSync(file);
    },
  },
  {
    what: 'a transaction that never ends keeps the log from being sealed',
    alarms: ['SafelightSealSlow', 'SafelightSeal'],
    make: async (world) => {
      const release = await holdOpen(world, 'select pg_current_xact_id()');
      await addRows(world.databases.for('main', 'staff'), 1, { at: new Date() });
      return release;
    },
  },
  {
    what: 'the clock of a process is 8 seconds ahead',
    alarms: ['SafelightClock'],
    make: async ({ staff }) => {
      staff.child.kill('SIGUSR2');
      return async () => staff.child.kill('SIGUSR2');
    },
  },
  {
    what: 'an event of the outbox waits',
    alarms: ['SafelightOutboxSlow', 'SafelightOutbox'],
    make: holdEvent,
  },
  {
    what: 'the mail server is away',
    alarms: ['SafelightMessages'],
    slowCure: true,
    make: async (world) => {
      await world.mail.set('down');
      await sendMessage(world);
      return () => world.mail.set(undefined);
    },
  },
  {
    what: 'every connection of a process is taken',
    alarms: ['SafelightPoolFull'],
    make: takeConnections,
  },
  {
    what: 'etcd is away',
    alarms: ['SafelightEtcd'],
    make: async ({ etcd }) => {
      if (!etcd) return notInstalled('etcd');
      await etcd.stop();
      return etcd.start;
    },
  },
  {
    what: 'PgBouncer is away',
    alarms: ['SafelightDatabaseAway'],
    probed: true,
    make: async ({ pooler }) => {
      if (!pooler) return notInstalled('PgBouncer');
      await pooler.stop();
      return pooler.start;
    },
  },
];
