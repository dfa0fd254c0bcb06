/** `killed while erasing`: the leader is killed while it erases people, every fourth time together with the database. The person concerned must then be complete, or erased with a certificate, never half. */

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { dayOf } from '../../../../src/platform/clock.ts';
import { findPointer } from '../../../../src/platform/crypto/crypto.ts';
import { KeyHalves } from '../../../../src/platform/crypto/key-halves.ts';
import { type Db, forceSynchronousCommit } from '../../../../src/platform/database/database.ts';
import { addTask } from '../../../../src/safeguarding/actions/examples.ts';
import { addConsent, addGrant } from '../../../../src/safeguarding/consent/examples.ts';
import { addDocument } from '../../../../src/safeguarding/documents/examples.ts';
import { seedNrmReferral } from '../../../../src/safeguarding/nrm-drafts/examples.ts';
import { newTimelessId } from '../../../../src/vocabulary/ids.ts';
import { plainJpeg } from '../../../fixtures/files.ts';
import { withApplication } from '../../../fixtures/server.ts';
import { type Row, chance as seeded } from '../../../harness/assurance.ts';
import { listed } from '../../../harness/listed.ts';
import { countsOf, verify } from './erased.ts';
import type { Told } from './killed-leader.ts';
import { dump } from './lying.ts';
import { keysLeft, opens, sealedBy } from './sealed.ts';
import { type Planted, populate, type World } from './world.ts';

type State = 'there' | 'gone, keys waiting' | 'some keys' | 'keys gone, not said' | 'gone';

/** So many are ordered to go before each kill. */
const atOnce = 2;
const kept = 5;
const tables = listed(
  `notes, referrals, consents, disclosures, person_grants, person_actions, nrm_drafts, person_documents`,
);

export async function assureKilled({ seed, quick }: { seed: number; quick: boolean }): Promise<Row[]> {
  const kills = quick ? 12 : 60;
  return withApplication(async (application) => {
    const world = await populate(application, { gone: (kills + 1) * atOnce, kept });
    for (const one of [...world.gone, ...world.kept]) await more(world, one);
    return new Killing(world, seed).run(kills);
  });
}

/** A concern, a consent with a grant, a task, and a paper of which the copy lies in the folder. */
async function more({ application, lead, operationId }: World, { person }: Planted): Promise<void> {
  const { safeguardingDb: db, keys, clock, config } = application;
  const at = clock.now();
  content ??= await plainJpeg();
  await addDocument(db, keys, person, { called: 'Letter' }, { filesFolder: config.filesFolder, content });
  await seedNrmReferral(db, keys, person, at, { words: 'An invented word', again: true });
  await addTask(db, keys, person.id, lead, at);
  const known = { personId: person.id, operationId: operationId as never, at };
  const consent = await addConsent(db, keys, known, newTimelessId(), lead, { act: 'share' });
  await addGrant(db, keys, { consent }, [{ item: 'help needed', words: 'A bed' }], lead);
}
let content: Buffer | undefined;

type Leader = { readonly child: ChildProcess; readonly ready: Promise<unknown> };
/** One that nothing disturbed. */
type Round = { readonly ms: number; readonly answers: number };
type Hers = {
  readonly id: string;
  readonly sealed: ReturnType<typeof sealedBy<string>>;
  readonly halves: readonly Buffer[];
};

class Killing {
  readonly #world: World;
  readonly #seed: number;
  readonly #random: () => number;
  readonly #now: Date;
  readonly #people = new Map<string, Hers>();
  readonly #ordered: string[] = [];
  readonly #faults: string[] = [];
  /** The states in which a person under erasure was found. */
  readonly #found: Record<State, number> = {
    there: 0,
    'gone, keys waiting': 0,
    'some keys': 0,
    'keys gone, not said': 0,
    gone: 0,
  };
  #rowsOfOne = 0;
  #crashes = 0;

  constructor(world: World, seed: number) {
    this.#world = world;
    this.#seed = seed;
    this.#random = seeded(seed);
    this.#now = new Date(world.application.clock.now().getTime() + 26 * 3_600_000);
  }

  async run(kills: number): Promise<Row[]> {
    const { gone } = this.#world;
    await this.#learn();
    const counted = await countsOf(this.#world);
    this.#world.application.clock.move(this.#now);
    await this.#order(gone.slice(0, atOnce));
    const round = await this.#whole(this.#start());
    let next = this.#start();
    for (let number = 0; number < kills; number += 1) {
      const { child, ready } = next;
      await ready;
      next = this.#start();
      await this.#order(gone.slice((number + 1) * atOnce, (number + 2) * atOnce));
      const withDatabase = await this.#kill(child, number, round);
      await this.#atRest();
      await this.#judge(`kill ${number}`, !withDatabase);
    }
    await this.#whole(next);
    await this.#judge('after the last round', true);
    const left = await this.#left();
    const verified = await verify(this.#world);
    const people = `${this.#ordered.length} people, ${[...this.#people.values()].reduce((sum, { halves }) => sum + halves.length, 0)} halves of keys, seed ${this.#seed}`;
    return [
      {
        what: `kill -9 of the leader at ${kills} moments of letting go, ${this.#crashes} of them with the database: people half there, or half gone (must be 0)`,
        figure: `${this.#faults.length} of ${people}${this.#faults.length > 0 ? `: ${this.#faults.slice(0, 5).join('; ')}` : ''}`,
        passed: this.#faults.length === 0,
      },
      {
        what: 'the same: in what state they were found, each of them met',
        figure: Object.entries(this.#found)
          .map(([state, many]) => `${state}: ${many}`)
          .join(', '),
        passed: this.#found.there > 0 && this.#found.gone > 0 && this.#found['gone, keys waiting'] > 0,
      },
      {
        what: 'the same, when a round has run to its end: whoever was ordered to go and is not wholly gone, files without a record, records without a file',
        figure: `${left.people}, ${left.files}, ${left.without}`,
        passed: left.people + left.files + left.without === 0,
      },
      {
        what: 'the same: certificates, and their rows of the log',
        figure: `${left.certificates}, ${left.logged} of ${this.#ordered.length}`,
        passed: left.certificates === this.#ordered.length && left.logged === this.#ordered.length,
      },
      {
        what: 'the same: faults that a stranger finds in the sealed logs',
        figure: String(verified.faults),
        passed: verified.faults === 0 && verified.size > this.#ordered.length,
      },
      {
        what: 'the same: what is counted, before and after',
        figure: `${counted} · ${await countsOf(this.#world)}`,
        passed: counted === (await countsOf(this.#world)),
      },
    ];
  }

  /** Every sealed value and every half of a key, from a dump of what is there before. */
  async #learn(): Promise<void> {
    const { application, gone, kept: staying } = this.#world;
    const about = new Map<string, string>();
    for (const { person } of [...gone, ...staying])
      for (const id of [person.id, String(person.originId)]) about.set(id, person.id);
    const all = sealedBy(await dump({ safeguarding: application.safeguardingDb }), about);
    for (const [id, sealed] of Map.groupBy(all, ({ about: whose }) => whose)) {
      const pointers = sealed.map(({ wrapped }) => findPointer(wrapped) as Buffer);
      const halves = [...new Map(pointers.map((pointer) => [pointer.toString('hex'), pointer])).values()];
      this.#people.set(id, { id, sealed, halves });
    }
    this.#rowsOfOne = await this.#rowsOf(gone[0]?.person.id ?? '');
    if (this.#rowsOfOne < tables.length - 1) throw new Error('too few rows about the person to erase');
  }

  async #order(people: readonly Planted[]): Promise<void> {
    const { application, protection } = this.#world;
    // What is ordered is on the disk before the database is killed: a server of tests answers before.
    await application.safeguardingDb.transaction().execute(async (tx) => {
      await forceSynchronousCommit(tx);
      for (const { person } of people)
        await sql`insert into retention_facts (id, person_id, agency_id, what, detail, reason, recorded_on, recorded_by)
          values (${newTimelessId()}, ${person.id}, ${protection.agencyId}, 'asked to go', 'the person asked', 'A reason that somebody else can judge',
            ${dayOf(new Date(this.#now.getTime() - 26 * 3_600_000))}, ${protection.id})`.execute(tx);
    });
    this.#ordered.push(...people.map(({ person }) => person.id));
  }

  #start(): Leader {
    const { application } = this.#world;
    const child = fork(join(import.meta.dirname, 'killed-leader.ts'), {
      env: {
        ...process.env,
        HOUSE_ADDRESSES: JSON.stringify(application.addresses),
        HOUSE_HALVES: application.config.keyHalvesFolder,
        HOUSE_FILES: application.config.filesFolder,
      },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    return { child, ready: once(child, 'message') };
  }

  /** To its end; says how long it took, and how often the database answered. */
  async #whole({ child, ready }: Leader): Promise<Round> {
    await ready;
    const began = performance.now();
    let answers = 0;
    child.on('message', (told: Told) => {
      if (typeof told === 'object') answers = told.answers;
    });
    child.send({ now: this.#now.getTime() });
    const [code] = await once(child, 'exit');
    if (code !== 0) throw new Error(`the leader ended by itself with ${code}`);
    return { ms: performance.now() - began, answers };
  }

  /** In turn: after an answer of the database, at a moment that nobody chose, while halves are overwritten, and with the database. */
  async #kill(child: ChildProcess, number: number, { ms, answers }: Round): Promise<boolean> {
    const [way, now] = [number % 4, this.#now.getTime()];
    const ended = once(child, 'exit');
    const kill = (): void => void child.kill('SIGKILL');
    if (way === 0) child.send({ now, fallsAfter: 1 + Math.floor(this.#random() * answers) });
    else if (way === 2) {
      const after = this.#random() * 8;
      child.on('message', (told: Told) => {
        if (told !== 'destroying') return;
        const until = performance.now() + after;
        while (performance.now() < until);
        kill();
      });
      child.send({ now });
    } else {
      child.send({ now });
      await sleep(this.#random() * ms * (way === 3 ? 0.8 : 1.1));
      if (way === 3 && (await this.#crash())) this.#crashes += 1;
      kill();
    }
    await ended;
    return way === 3;
  }

  /** A process of the database killed outright takes all of it down, and it comes up again by itself. */
  async #crash(): Promise<boolean> {
    for (let tries = 0; tries < 40; tries += 1) {
      const { rows } = await sql<{ pid: number }>`select pid from pg_stat_activity
        where datname = current_database() and usename like '%leader%' limit 1`.execute(
        this.#world.application.safeguardingDb,
      );
      const [found] = rows;
      if (found) return process.kill(found.pid, 'SIGKILL');
      await sleep(5);
    }
    return false;
  }

  /** Waits until the database answers and has finished the killed process's work. */
  async #atRest(): Promise<void> {
    const until = performance.now() + 30_000;
    for (;;) {
      const busy = await sql<{ n: number }>`select count(*)::int as n from pg_stat_activity
        where datname = current_database() and usename like '%leader%' and state is not null and pid <> pg_backend_pid()`
        .execute(this.#world.application.safeguardingDb)
        .then(
          ({ rows }) => rows[0]?.n,
          () => undefined,
        );
      if (busy === 0) return;
      if (performance.now() > until) throw new Error('the database does not come to rest');
      await sleep(10);
    }
  }

  async #rowsOf(id: string): Promise<number> {
    const found = tables
      .filter((table) => table !== 'notes')
      .map((table) => sql`select 1 from ${sql.table(table)} where person_id = ${id}::uuid`);
    const notes = sql`select 1 from notes n join persons p on p.origin_id = n.encounter_id where p.id = ${id}`;
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from (${sql.join([...found, notes], sql` union all `)}) x`.execute(
      this.#world.application.safeguardingDb as Db,
    );
    return rows[0]?.n ?? 0;
  }

  async #judge(when: string, byPage: boolean): Promise<void> {
    const { application, lead, kept: staying } = this.#world;
    const db = application.safeguardingDb;
    const halves = new KeyHalves(application.config.keyHalvesFolder);
    const open = keysLeft(this.#world);
    const there = new Set((await db.selectFrom('persons').select('id').execute()).map(({ id }) => id as string));
    const certificates = Map.groupBy(
      await db.selectFrom('personErasureCertificates').selectAll().execute(),
      ({ personId }) => personId as string,
    );
    const fault = (id: string, what: string): void => void this.#faults.push(`${when}, ${id.slice(-4)}: ${what}`);
    for (const id of [...this.#ordered, ...staying.map(({ person }) => person.id)]) {
      const hers = this.#people.get(id) as Hers;
      const destroyed = hers.halves.filter((half) => halves.isDestroyed(half)).length;
      const [certificate, second] = certificates.get(id) ?? [];
      if (there.has(id)) {
        if (certificate) fault(id, 'a certificate, and a record');
        if (destroyed > 0) fault(id, `${destroyed} keys destroyed of a record that is there`);
        if ((await this.#rowsOf(id)) !== this.#rowsOfOne) fault(id, 'rows of hers are missing');
        if (hers.sealed.some((one) => !opens(() => open(one)))) fault(id, 'there, and does not open');
      } else {
        if (!certificate || second) fault(id, 'gone without one certificate');
        else if (certificate.keysDestroyedAt && destroyed < hers.halves.length) fault(id, 'said destroyed, and is not');
        // The key of why it goes is one more; it was given open here.
        else if (certificate.keys !== hers.halves.length) fault(id, `${certificate.keys} keys said`);
        if ((await this.#rowsOf(id)) > 0) fault(id, 'rows of hers are left');
      }
    }
    const state = (id: string): State => {
      if (there.has(id)) return 'there';
      const destroyed = this.#people.get(id)?.halves.filter((half) => halves.isDestroyed(half)).length ?? 0;
      if (destroyed === 0) return 'gone, keys waiting';
      if (destroyed < (this.#people.get(id)?.halves.length ?? 0)) return 'some keys';
      return certificates.get(id)?.[0]?.keysDestroyedAt ? 'gone' : 'keys gone, not said';
    };
    const last = this.#ordered.slice(-atOnce);
    for (const id of last) this.#found[state(id)] += 1;
    if (!byPage) return;
    const { get } = await application.signIn(lead);
    for (const id of last) {
      const { statusCode } = await get(`/staff/safeguarding/people/${id}`);
      if (statusCode !== (there.has(id) ? 200 : 404)) fault(id, `her page answers ${statusCode}`);
    }
  }

  async #left(): Promise<Record<'people' | 'files' | 'without' | 'certificates' | 'logged', number>> {
    const { application } = this.#world;
    const db = application.safeguardingDb;
    const halves = new KeyHalves(application.config.keyHalvesFolder);
    const { rows } = await sql<{
      id: string;
    }>`select id from persons where id = any (${this.#ordered}::uuid[])`.execute(db);
    const alive = new Set(rows.map(({ id }) => id));
    const people = this.#ordered.filter(
      (id) => alive.has(id) || !this.#people.get(id)?.halves.every((half) => halves.isDestroyed(half)),
    );
    const lying = new Set(await readdir(join(application.config.filesFolder, 'papers')));
    // The first paper of each was added without its bytes.
    const papers = await db.selectFrom('personDocuments').select(['fileId', 'personId']).execute();
    const known = new Set(papers.map(({ fileId }) => fileId as string));
    const logged = await sql<{ n: number }>`
      select count(*)::int as n from access_log where event = 'person.let go'`.execute(db);
    const certificates = await sql<{ n: number }>`
      select count(*)::int as n from person_erasure_certificates where keys_destroyed_at is not null`.execute(db);
    return {
      people: people.length,
      files: [...lying].filter((id) => !known.has(id)).length,
      without: papers.length / 2 - papers.filter(({ fileId }) => lying.has(fileId as string)).length,
      certificates: certificates.rows[0]?.n ?? 0,
      logged: logged.rows[0]?.n ?? 0,
    };
  }
}
