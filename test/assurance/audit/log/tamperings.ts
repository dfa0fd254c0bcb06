/** What somebody who rules the database may do to a log, one thing at a time, each a real change. */
import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import type pg from 'pg';
import { bodyOf, cosignatureLine, readCheckpoint, signedCheckpoint } from '../../../../src/audit/sealing/checkpoint.ts';
import { sealBatch } from '../../../../src/audit/sealing/sealing.ts';
import { over, type Sealed } from './ground.ts';

export type Hand = {
  readonly client: pg.Client;
  readonly log: Sealed;
  readonly below: (most: number) => number;
  readonly one: <Value>(values: readonly Value[]) => Value;
};

/** Returns what was done, in a word or two. */
export type Tampering = (hand: Hand) => Promise<string>;

const ofLeaf = 'from log_leaves l where l.index = $1 and a.xid = l.xid and a.id = l.id';

/** For each column, ways to make it another. An expression that changes nothing is tried again. */
const columns: Readonly<Record<string, readonly string[]>> = {
  xid: [`(a.xid::text::bigint + 1)::text::xid8`, `'3'::xid8`, `'9000000000000000000'::xid8`],
  id: ['a.id + 1000000', '-a.id'],
  at: [`a.at + interval '1 microsecond'`, `a.at - interval '1 hour'`, `'infinity'`],
  kind: [`case when a.kind = 'disclosure' then 'collection' else 'disclosure' end`],
  event: [`a.event || ' '`, `upper(a.event)`, `'erased'`],
  action: [`a.action || 'x'`, `''`],
  purpose: [`'audit'`, `a.purpose || E'\\n'`],
  member_id: ['gen_random_uuid()', 'null'],
  agency_id: ['gen_random_uuid()', 'null'],
  roles: [`array_append(a.roles, 'auditor')`, `a.roles[2:]`, `array_append(a.roles, null)`],
  subject: ['gen_random_uuid()', 'null'],
  fields: [
    `array_append(a.fields, '')`,
    `a.fields[2:]`,
    `array[array_to_string(a.fields, ',')]`,
    `('[5:5]={' || 'x' || '}')::text[]`,
  ],
  returned: [`a.returned || gen_random_uuid()`, `a.returned[2:]`, `a.returned || a.returned`],
  recipient: ['gen_random_uuid()', 'null'],
  reason: [`coalesce(a.reason, '')`, 'null', `coalesce(a.reason, '') || '.'`, `nullif(a.reason, '')`],
  request_id: ['gen_random_uuid()'],
  owner_id: ['gen_random_uuid()', 'null'],
  break_glass_id: ['gen_random_uuid()'],
};

async function changed({ client }: Hand, text: string, values: readonly unknown[] = []): Promise<boolean> {
  const { rowCount } = await client.query(text, values as unknown[]);
  return (rowCount ?? 0) > 0;
}

/** Tries until something was in fact another. */
async function until(attempt: () => Promise<string | undefined>): Promise<string> {
  for (let tries = 0; tries < 200; tries += 1) {
    const done = await attempt();
    if (done !== undefined) return done;
  }
  throw new Error('nothing could be changed');
}

const flippedByte = (column: string): string =>
  `set_byte(${column}, $2::int % length(${column}), get_byte(${column}, $2::int % length(${column})) # $3::int)`;

const flipColumn: Tampering = (hand) =>
  until(async () => {
    const name = hand.one(Object.keys(columns));
    const made = hand.one(columns[name] ?? []);
    const set = `update access_log a set ${name} = ${made} ${ofLeaf} and a.${name}::text is distinct from (${made})::text`;
    return (await changed(hand, set, [hand.below(hand.log.size)])) ? `${name} of a row` : undefined;
  });

const flipBytes =
  (table: string, column: string, which: string): Tampering =>
  (hand) =>
    until(async () => {
      const set = `update ${table} set ${column} = ${flippedByte(column)} where ${column} is not null and ${which}`;
      const values = [hand.below(hand.log.size), hand.below(64), 1 << hand.below(8)];
      return (await changed(hand, set, values)) ? `${column} of ${table}` : undefined;
    });

const flipPlace: Tampering = async (hand) => {
  const made = hand.one([
    'xid = (xid::text::bigint + 1)::text::xid8',
    'id = id + 1000000',
    'index = index + 1000000',
    `xid = '2'::xid8`,
  ]);
  await changed(hand, `update log_leaves set ${made} where index = $1`, [hand.below(hand.log.size)]);
  return `place of a leaf`;
};

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= —\n';

const flipNote =
  (table: string, column: string): Tampering =>
  (hand) =>
    until(async () => {
      const { rows } = await hand.client.query<{ text: string; key: string }>(
        `select ${column} as text, ctid::text as key from ${table} order by random() limit 1`,
      );
      const { text = '', key = '' } = rows[0] ?? {};
      const place = hand.below(text.length);
      const letter = hand.one([...letters, '']);
      const spoiled = `${text.slice(0, place)}${letter}${text.slice(place + 1)}`;
      if (spoiled === text || spoiled === '') return undefined;
      await hand.client.query(`update ${table} set ${column} = $1 where ctid = $2::tid`, [spoiled, key]);
      return `${column} of ${table}`;
    });

const sizeOfCheckpoint: Tampering = async (hand) => {
  await changed(hand, 'update log_checkpoints set size = size + $2 where size = $1', [
    hand.one(hand.log.sizes),
    1 + hand.below(6),
  ]);
  return 'size of a checkpoint';
};

const drop: Tampering = async (hand) => {
  const what = hand.one(['row', 'leaf', 'node', 'checkpoint', 'row and leaf'] as const);
  const index = hand.below(hand.log.size);
  if (what === 'node') await changed(hand, 'delete from log_nodes');
  if (what === 'checkpoint') await changed(hand, 'delete from log_checkpoints where size = $1', [hand.log.size]);
  if (what.startsWith('row'))
    await changed(
      hand,
      `delete from access_log a using log_leaves l where l.index = $1 and a.xid = l.xid and a.id = l.id`,
      [index],
    );
  if (what.endsWith('leaf')) await changed(hand, 'delete from log_leaves where index = $1', [index]);
  return what;
};

const contentColumns = Object.keys(columns).filter((name) => name !== 'xid' && name !== 'id');

const insert: Tampering = async (hand) => {
  const what = hand.one(['row', 'leaf', 'node', 'checkpoint', 'row and leaf'] as const);
  const { client, log, below } = hand;
  if (what.startsWith('row'))
    await client.query(
      `insert into access_log (xid, id, ${contentColumns.join(', ')})
       select xid, $2, ${contentColumns.join(', ')} from access_log order by xid, id offset $1 limit 1`,
      [below(log.size - 1), -1 - below(1_000)],
    );
  if (what.endsWith('leaf'))
    await client.query(
      `insert into log_leaves (index, xid, id, commitment, opening) select $1, xid, id - 5000, $3, opening from log_leaves where index = $2`,
      [log.size, below(log.size), randomBytes(32)],
    );
  if (what === 'node')
    await client.query('insert into log_nodes values ($1, $2, $3)', [hand.one([8, 16]), 1 + below(9), randomBytes(32)]);
  if (what === 'checkpoint')
    await client.query('insert into log_checkpoints values ($1, $2)', [
      log.size + 1 + below(9),
      signedCheckpoint(
        log.key.origin,
        generateKeyPairSync('ed25519').privateKey,
        log.size,
        randomBytes(32),
        new Date(0),
      ),
    ]);
  return what;
};

/** Two leaves, or two rows, change places. */
const reorder: Tampering = (hand) =>
  until(async () => {
    const [a, b] = [hand.below(hand.log.size), hand.below(hand.log.size)];
    if (a === b) return undefined;
    const what = hand.one(['content', 'leaves', 'places'] as const);
    if (what === 'content') {
      const list = contentColumns.join(', ');
      const { rowCount } = await hand.client.query(
        `update access_log a set (${list}) = (select ${contentColumns.map((name) => `o.${name}`).join(', ')} from access_log o join log_leaves m
            on o.xid = m.xid and o.id = m.id where m.index = case when l.index = $1 then $2::bigint else $1::bigint end)
         from log_leaves l where l.index in ($1::bigint, $2::bigint) and a.xid = l.xid and a.id = l.id
           and not (${hand.log.erased.includes(a) && hand.log.erased.includes(b)})`,
        [a, b],
      );
      return rowCount ? what : undefined;
    }
    const list = what === 'leaves' ? ['commitment', 'opening'] : ['xid', 'id'];
    await hand.client.query('alter table log_leaves drop constraint if exists log_leaves_xid_id_key');
    await hand.client.query(
      `update log_leaves l set ${list.map((name) => `${name} = o.${name}`).join(', ')} from log_leaves o
       where (l.index, o.index) in (($1::bigint, $2::bigint), ($2::bigint, $1::bigint))`,
      [a, b],
    );
    return what;
  });

const swapOpenings: Tampering = (hand) =>
  until(async () => {
    const [a, b] = [hand.below(hand.log.size), hand.below(hand.log.size)];
    if (a === b || (hand.log.erased.includes(a) && hand.log.erased.includes(b))) return undefined;
    await hand.client.query(
      `update log_leaves l set opening = o.opening from log_leaves o
       where (l.index, o.index) in (($1::bigint, $2::bigint), ($2::bigint, $1::bigint))`,
      [a, b],
    );
    return 'two openings';
  });

async function cut({ client }: Hand, size: number, checkpoints: boolean, rows: boolean): Promise<void> {
  if (rows)
    await client.query(
      'delete from access_log a using log_leaves l where l.index >= $1 and a.xid = l.xid and a.id = l.id',
      [size],
    );
  await client.query('delete from log_leaves where index >= $1', [size]);
  await client.query('delete from log_nodes where (index + 1) * 2::numeric ^ level > $1', [size]);
  if (!checkpoints) return;
  await client.query('delete from log_cosignatures where size > $1', [size]);
  await client.query('delete from log_checkpoints where size > $1', [size]);
}

const truncate: Tampering = async (hand) => {
  const size = hand.below(hand.log.size);
  await cut(hand, size, false, hand.one([true, false]));
  return 'the end';
};

const rewind: Tampering = async (hand) => {
  const size = hand.one([0, ...hand.log.sizes.slice(0, -1)]);
  await cut(hand, size, true, hand.one([true, true, false]));
  return 'to an earlier checkpoint';
};

/** By an attacker with the log's own key, who rewrites history from some checkpoint on. */
const fork: Tampering = async (hand) => {
  const { log, client } = hand;
  const from = hand.one([0, ...log.sizes.slice(0, -1)]);
  const victim = from + hand.below(log.size - from);
  const { rows } = await client.query(`select xid::text, id::text from log_leaves where index = $1`, [victim]);
  await cut(hand, from, true, false);
  const how = hand.one(['changed', 'removed', 'as it was'] as const);
  if (how === 'changed')
    await client.query(`update access_log set reason = coalesce(reason, '') || 'x' where xid = $1::xid8 and id = $2`, [
      rows[0].xid,
      rows[0].id,
    ]);
  if (how === 'removed')
    await client.query('delete from access_log where xid = $1::xid8 and id = $2', [rows[0].xid, rows[0].id]);
  await sealBatch(over(client), log.key, new Date('2026-09-19T08:00:00Z'));
  return `sealed anew, a row ${how}`;
};

const wrongKey: Tampering = async (hand) => {
  const size = hand.one(hand.log.sizes);
  const { rows } = await hand.client.query<{ note: string }>('select note from log_checkpoints where size = $1', [
    size,
  ]);
  const { root = randomBytes(32) } = readCheckpoint(rows[0]?.note ?? '') ?? {};
  const { privateKey } = generateKeyPairSync('ed25519');
  const note = signedCheckpoint(hand.log.key.origin, privateKey, size, root, new Date('2026-09-18T11:00:00Z'));
  await hand.client.query('update log_checkpoints set note = $2 where size = $1', [size, note]);
  return 'a checkpoint signed by another';
};

const replay: Tampering = async (hand) => {
  const { sizes } = hand.log;
  const at = 1 + hand.below(sizes.length - 1);
  const values = [sizes[at], sizes[hand.below(at)]];
  await hand.client.query(
    'update log_checkpoints set note = (select note from log_checkpoints where size = $2) where size = $1',
    values,
  );
  return 'an old checkpoint in a later one’s place';
};

const erase: Tampering = (hand) =>
  until(async () => {
    const index = hand.below(hand.log.size);
    if (hand.log.erased.includes(index)) return undefined;
    await hand.client.query(
      `update access_log a set at = '1970-01-01T00:00:00Z', kind = 'erasure', event = 'erased', action = '', purpose = '',
         member_id = null, agency_id = null, roles = '{}', subject = null, fields = '{}', returned = '{}', recipient = null,
         reason = null, request_id = '00000000-0000-0000-0000-000000000000', owner_id = null, break_glass_id = null ${ofLeaf}`,
      [index],
    );
    if (hand.one([true, true, false]))
      await hand.client.query('update log_leaves set opening = null where index = $1', [index]);
    return 'a row that no erasure names';
  });

const fillErased: Tampering = async (hand) => {
  const set = hand.one([
    `reason = 'x'`,
    `subject = '${randomUUID()}'`,
    `fields = '{a}'`,
    `at = at + interval '1 s'`,
    `event = 'other'`,
  ]);
  await hand.client.query(`update access_log a set ${set} ${ofLeaf}`, [hand.one(hand.log.erased)]);
  return 'an erased row';
};

const forgeCosignature: Tampering = async (hand) => {
  const { log, client } = hand;
  const size = hand.one(log.sizes);
  const { rows } = await client.query<{ note: string }>('select note from log_checkpoints where size = $1', [size]);
  const { body = '' } = readCheckpoint(rows[0]?.note ?? '') ?? {};
  const how = hand.one(['another key', 'another checkpoint', 'moved'] as const);
  const other = bodyOf(log.key.origin, size, randomBytes(32));
  const at = new Date(Date.UTC(2026, 8, 18) + hand.below(1e9));
  const line =
    how === 'another key'
      ? cosignatureLine(log.witness.name, generateKeyPairSync('ed25519').privateKey, body, at)
      : cosignatureLine(log.witness.name, log.witness.key, how === 'moved' ? body : other, at);
  const place = how === 'moved' ? hand.one(log.sizes.filter((one) => one !== size)) : size;
  await client.query('insert into log_cosignatures (size, witness, line) values ($1, $2, $3)', [
    place,
    log.witness.name,
    line.trimEnd(),
  ]);
  return how;
};

/** By kind, each with the weight that it has among ten thousand. */
export const tamperings: Readonly<Record<string, readonly [weight: number, Tampering]>> = {
  'a column of a row flipped': [30, flipColumn],
  'an opening flipped': [6, flipBytes('log_leaves', 'opening', 'index = $1::bigint')],
  'a commitment flipped': [6, flipBytes('log_leaves', 'commitment', 'index = $1::bigint')],
  'the place of a leaf flipped': [4, flipPlace],
  'a node flipped': [3, flipBytes('log_nodes', 'hash', '$1::bigint >= 0')],
  'a checkpoint flipped': [8, flipNote('log_checkpoints', 'note')],
  'the size of a checkpoint flipped': [2, sizeOfCheckpoint],
  'a cosignature flipped': [4, flipNote('log_cosignatures', 'line')],
  dropped: [6, drop],
  inserted: [6, insert],
  reordered: [6, reorder],
  'openings swapped': [3, swapOpenings],
  truncated: [4, truncate],
  rewound: [3, rewind],
  forked: [3, fork],
  'signed by another key': [2, wrongKey],
  'a checkpoint replayed': [2, replay],
  'erased without an erasure': [4, erase],
  'an erased row filled': [2, fillErased],
  'a cosignature forged': [3, forgeCosignature],
};
