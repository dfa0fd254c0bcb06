/** What the log costs: a row appended beside a plain insert, verification beside bare SHA-256, and ten million rows beside none. */
import { type ChildProcess, spawn } from 'node:child_process';
import { hash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import pg from 'pg';
import { exampleRow } from '../../src/audit/log/examples.ts';
import { generateLogKeys } from '../../src/audit/log/keys.ts';
import { signedCheckpoint } from '../../src/audit/sealing/checkpoint.ts';
import { commitment, leafColumns } from '../../src/audit/sealing/leaf.ts';
import { Edge, leafHash } from '../../src/audit/sealing/tree.ts';
import { GrowingTree, hashLeaf } from '../../src/audit/verify/merkle.ts';
import { computeCommitment, encodeRow, type Row } from '../../src/audit/verify/row.ts';
import { openGround } from '../assurance/audit/log/ground.ts';
import { by, type Effort, type Line } from './effort.ts';
import { inTurn, median, range } from './processes.ts';

export async function* measureLog(effort: Effort): AsyncGenerator<Line> {
  yield verification(by(effort, 200_000, 50_000, 5_000));
  const ground = await openGround(true);
  try {
    const { superuser, staff } = ground.addresses;
    await plainTable(superuser);
    const keyFile = join(ground.folder, 'log-keys.json');
    for (const clients of [8, 32]) {
      const sealer = await startSealer(ground.addresses.leader, keyFile);
      try {
        const ours = () => appended(staff, 'access_log', clients, by(effort, 4, 2, 1));
        const theirs = () => appended(superuser, 'plain_log', clients, by(effort, 4, 2, 1));
        yield line(
          `log row appended at ${clients} clients, the sealer at work, beside a plain insert`,
          await warm(ours, theirs, by(effort, 5, 3, 1)),
          [0.6, 0.9],
          'the same columns and indexes, one row in ten of a list of ten; no policy, no trigger, nothing sealed',
        );
      } finally {
        sealer.kill('SIGKILL');
      }
    }
    const rows = by(effort, 10_000_000, 1_000_000, 20_000);
    const [big, bigLeader] = await filledDatabase(superuser, ground.addresses, rows);
    const sealers = [await startSealer(ground.addresses.leader, keyFile), await startSealer(bigLeader, keyFile)];
    try {
      const found = await warm(
        () => appended(big, 'access_log', 8, by(effort, 4, 2, 1)),
        () => appended(staff, 'access_log', 8, by(effort, 4, 2, 1)),
        by(effort, 5, 3, 1),
      );
      yield line(
        `log row appended after ${rows.toLocaleString('en-GB')} rows beside after few`,
        found,
        [0.9, 0.95],
        effort === 'full' ? '8 clients, both sealers at work' : `${effort}: fewer rows than the full run`,
      );
    } finally {
      for (const sealer of sealers) sealer.kill('SIGKILL');
    }
  } finally {
    await ground.stop();
  }
}

type Pairs = Awaited<ReturnType<typeof inTurn<number>>>;

/** The first of each warms up. */
const warm = async (ours: () => Promise<number>, theirs: () => Promise<number>, rounds: number): Promise<Pairs> =>
  (await inTurn(ours, theirs, rounds + 1)).slice(1);

function line(what: string, pairs: Pairs, [pass, aim]: readonly [number, number], more: string): Line {
  const per = (which: 'ours' | 'theirs') => median(pairs.map((pair) => pair[which])).toFixed(0);
  const ratios = pairs.map(({ ours, theirs }) => ours / theirs);
  return {
    what,
    value: median(ratios),
    unit: '×',
    pass,
    aim,
    more: `${per('ours')} beside ${per('theirs')} a second, pairs ${range(ratios)}; ${more}`,
  };
}

const columns = leafColumns.filter((name) => name !== 'xid' && name !== 'id');
/** A partnership’s worth of members, agencies and subjects, the same in both tables and in what they are filled with. */
const pools = { member_id: ['m', 200], agency_id: ['a', 10], owner_id: ['a', 10], subject: ['s', 50_000] } as const;
const fromPool = ([letter, most]: readonly [string, number]): string =>
  hash('md5', `${letter}${Math.floor(Math.random() * most)}`);
const fromPoolSql = ([letter, most]: readonly [string, number]): string =>
  `md5('${letter}' || floor(random() * ${most})::int)::uuid`;

/** One row in ten is of a list: it says which ten records were on it. */
const lists = { every: 10, length: 10 } as const;

function benchRow(): Record<string, unknown> {
  const pooled = Object.entries(pools).map(([name, pool]) => [camel(name), fromPool(pool)]);
  const listed = Math.random() * lists.every < 1 ? lists.length : 0;
  return {
    ...exampleRow({ at: new Date(1_790_000_000_000 + performance.now()) }),
    ...Object.fromEntries(pooled),
    returned: Array.from({ length: listed }, () => fromPool(pools.subject)),
  };
}

const camel = (name: string): string => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

/** Rows a second, each in a durable transaction of its own. */
async function appended(address: string, table: string, clients: number, seconds: number): Promise<number> {
  const text = `insert into ${table} (${columns.join(', ')}) values (${columns.map((_, at) => `$${at + 1}`).join(', ')})`;
  const all = Array.from({ length: clients }, () => new pg.Client({ connectionString: address }));
  await Promise.all(all.map((client) => client.connect()));
  let [rows, until] = [0, Number.POSITIVE_INFINITY];
  const work = async (client: pg.Client): Promise<void> => {
    while (performance.now() < until) {
      const row = benchRow();
      await client.query({ name: 'append', text, values: columns.map((name) => row[camel(name)]) });
      rows += 1;
    }
  };
  const began = performance.now();
  until = began + seconds * 1_000;
  await Promise.all(all.map(work));
  const took = performance.now() - began;
  await Promise.all(all.map((client) => client.end()));
  return (rows * 1_000) / took;
}

async function plainTable(superuser: string): Promise<void> {
  await asked(superuser, [
    'create table plain_log (like access_log including defaults including identity including indexes)',
  ]);
}

async function asked(address: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Seals as the leader does, in a process of its own, twice a second. */
async function startSealer(address: string, keyFile: string): Promise<ChildProcess> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, '../assurance/audit/log/sealer-process.ts'), address, keyFile, 'as the leader'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  process.once('exit', () => child.kill('SIGKILL'));
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  return child;
}

/** Another database with this many rows in its log, all under one checkpoint. Leaves hold arbitrary hashes, because nothing verifies them here. */
async function filledDatabase(
  superuser: string,
  addresses: Readonly<Record<string, string>>,
  rows: number,
): Promise<[string, string]> {
  const at = (address: string): string => Object.assign(new URL(address), { pathname: '/safelight_many' }).href;
  await asked(Object.assign(new URL(superuser), { pathname: '/postgres' }).href, [
    'create database safelight_many template safelight strategy file_copy',
    'grant connect on database safelight_many to safelight_staff, safelight_leader',
  ]);
  const secondary = [
    'by_subject on access_log (subject, at)',
    'by_member on access_log (member_id, at)',
    'by_owner on access_log (owner_id, at) where owner_id is not null',
    'by_returned on access_log using gin (returned) where cardinality(returned) > 0',
  ];
  await asked(at(superuser), [
    'set session_replication_role = replica',
    "set maintenance_work_mem = '512MB'",
    'set synchronous_commit = off',
    'truncate access_log, log_leaves, log_nodes, log_cosignatures, log_checkpoints',
    ...secondary.map((index) => `drop index access_log_${index.split(' ')[0]}`),
    `insert into access_log (${columns.join(', ')})
     select to_timestamp(1790000000 - ${rows} + n), 'consultation', 'visit.looked at', 'visit.read', 'operation',
       ${fromPoolSql(pools.member_id)}, ${fromPoolSql(pools.agency_id)}, '{field}', ${fromPoolSql(pools.subject)}, '{language,rooms}',
       case when n % ${lists.every} = 0 then array[${Array.from({ length: lists.length }, () => fromPoolSql(pools.subject)).join(', ')}] else '{}' end,
       null, null, gen_random_uuid(), ${fromPoolSql(pools.owner_id)}, null
     from generate_series(1, ${rows}) n`,
    ...secondary.map((index) => `create index access_log_${index}`),
    `insert into log_leaves select row_number() over (order by xid, id) - 1, xid, id, sha256(int8send(id)), sha256(int8send(id + 1)) from access_log`,
    'vacuum analyze access_log',
    'vacuum analyze log_leaves',
    'checkpoint',
  ]);
  await signTree(at(superuser), rows);
  return [at(addresses.staff ?? ''), at(addresses.leader ?? '')];
}

/** The tree over leaves that SQL has made, and a checkpoint that the sealer goes on from. */
async function signTree(address: string, rows: number): Promise<void> {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  const edge = new Edge();
  const nodes: string[] = [];
  for (let from = 0; from < rows; from += 50_000) {
    const { rows: found } = await client.query<{ commitment: Buffer }>(
      'select commitment from log_leaves where index >= $1 and index < $2 order by index',
      [from, from + 50_000],
    );
    for (const { commitment: data } of found)
      edge.append(leafHash(data), ({ level, index }, root) =>
        nodes.push(`(${level}, ${index}, '\\x${root.toString('hex')}')`),
      );
  }
  for (let from = 0; from < nodes.length; from += 1_000)
    await client.query(`insert into log_nodes values ${nodes.slice(from, from + 1_000).join(', ')}`);
  const { main } = generateLogKeys('bench.example');
  const note = signedCheckpoint(main.origin, main.key, edge.size, edge.root, new Date(1_790_000_000_000));
  await client.query('insert into log_checkpoints values ($1, $2)', [edge.size, note]);
  await client.end();
}

/** Rows that are in memory already: what the verifier makes of them, beside plain leaf and node hashes of the same rows. */
function verification(count: number): Line {
  const rows = Array.from({ length: count }, (_, at): Row => rowInMemory(at));
  const openings = rows.map(() => randomBytes(32));
  const sealed = rows.map((row, at) => commitment(openings[at] as Buffer, row));
  const ready = rows.map((row) => Buffer.from(encodeRow(row)));
  const rate = (leaf: (at: number) => Buffer): number => {
    const began = performance.now();
    const tree = new GrowingTree();
    for (let at = 0; at < count; at += 1) tree.add(leaf(at));
    tree.root();
    return (count * 1_000) / (performance.now() - began);
  };
  const verified = (at: number): Buffer => {
    const data = computeCommitment(openings[at] as Buffer, rows[at] as Row);
    if (!data.equals(sealed[at] as Buffer)) throw new Error('a leaf does not verify');
    return hashLeaf(data);
  };
  const bare = (at: number): Buffer => hash('sha256', encodeRow(rows[at] as Row), 'buffer');
  const barest = (at: number): Buffer => hash('sha256', ready[at] as Buffer, 'buffer');
  const rounds = Array.from({ length: 6 }, () => [rate(verified), rate(bare), rate(barest)] as const).slice(1);
  const pairs = rounds.map(([ours, theirs]) => ({ ours, theirs }));
  const beside = median(rounds.map(([ours, , theirs]) => ours / theirs)).toFixed(2);
  return line(
    'verification of rows already read beside bare SHA-256 of the same rows in a tree of the same shape',
    pairs,
    [0.5, 0.5],
    `the divisor encodes each row and hashes it once, ours keys and compares it too; beside hashes of bytes that lie ready encoded, ${beside}`,
  );
}

function rowInMemory(at: number): Row {
  const row = exampleRow() as unknown as Record<string, unknown>;
  return leafColumns.map((name) => {
    if (name === 'xid' || name === 'id') return String(1_000 + at);
    const value = row[camel(name)];
    if (Array.isArray(value)) return `{${value.join(',')}}`;
    return value instanceof Date ? value.toISOString() : ((value as string | null) ?? null);
  });
}
