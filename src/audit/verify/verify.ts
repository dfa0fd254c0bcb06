/** Verifies one log from the database alone, for somebody who trusts neither us nor the operator. Shares no code with the writer of the log. */
import { Checkpoints, type Cosigned, type HeldCheckpoint } from './checkpoints.ts';
import { type Finding, Findings } from './findings.ts';
import { checkGuards } from './guards.ts';
import { GrowingTree, hashLeaf, type Node } from './merkle.ts';
import { type Key, readKey, readNote } from './note.ts';
import { type Connection, queryRows, RowCursor, type RowValues } from './reading.ts';
import { columnOf, computeCommitment, coveredColumns, isErased, listErasedLeaves, type Row } from './row.ts';

export type VerifyOptions = {
  /** The keys of logs, and of the witnesses that the verifier knows. */
  readonly keys: readonly Key[];
  readonly held?: readonly HeldCheckpoint[];
  /** Accepts the keys that the database itself names. This finds accidents, but proves nothing against the operator. */
  readonly trusting?: boolean;
  /** Hears how many leaves are done, now and then. */
  readonly progress?: (leaves: number) => void;
  readonly piece?: number;
};

export type VerifyResult = {
  readonly origin: string | undefined;
  readonly size: number;
  readonly checkpoints: number;
  readonly erased: number;
  /** Rows that are in the log and not yet in the tree. */
  readonly tail: number;
  readonly oldestOfTail: string | undefined;
  /** The newest checkpoint that held, to be held by the verifier from now on. */
  readonly checkpoint: string | undefined;
  readonly cosigned: readonly Cosigned[];
  /** Cosigners without a known key. */
  readonly unchecked: readonly string[];
  /** The partners' witnesses as this database lists them. */
  readonly registered: readonly Key[];
  readonly findings: readonly Finding[];
  readonly count: number;
};

const rowColumns = coveredColumns.map((name) => `${name}::text`).join(', ');

/** Inside the transaction of the connection given: all is read as of one moment. */
export async function verifyLog(connection: Connection, asked: VerifyOptions): Promise<VerifyResult> {
  const { held = [], progress, piece } = asked;
  const findings = new Findings();
  const named = await listDatabaseKeys(connection);
  const keys = [...asked.keys, ...(asked.trusting ? named.flatMap((text) => readKey(text) ?? []) : [])];
  await queryRows(connection, "select set_config('TimeZone', 'UTC', true), set_config('DateStyle', 'ISO, YMD', true)");
  await checkColumns(connection, findings);
  await checkGuards(connection, findings);
  const origin = await originOf(connection, keys);
  const registered = await registeredWitnesses(connection);
  const witnesses = [...keys.filter(({ kind }) => kind === 'cosignature'), ...(registered ?? [])];
  const cursors = await openCursors(connection, piece);
  const checkpoints = new Checkpoints(cursors.stored, cursors.cosignatures, {
    keys,
    witnesses,
    listed: registered !== undefined,
    findings,
  });
  checkpoints.addHeld(held, origin ?? '');
  for (const text of named)
    if (!keys.some((key) => key.text === text)) findings.add('the database names a key of this log that was not given');

  const { size, settled } = await verifyLeaves(cursors, checkpoints, findings, progress);
  checkpoints.finish(size);
  const tail = await countUnsealedRows(cursors.rows);
  for (const stream of Object.values(cursors)) await stream.close();
  return {
    origin,
    size,
    checkpoints: checkpoints.count,
    erased: settled,
    ...tail,
    checkpoint: checkpoints.last?.text,
    cosigned: [...checkpoints.cosigned.values()],
    unchecked: [...checkpoints.unchecked],
    registered: registered ?? [],
    findings: findings.kept,
    count: findings.count,
  };
}

type Cursors = Readonly<Record<'leaves' | 'rows' | 'nodes' | 'stored' | 'cosignatures', RowCursor>>;

/** All tables of the log side by side, each in the order of the tree. */
async function openCursors(connection: Connection, piece: number | undefined): Promise<Cursors> {
  const open = (query: string, rows = piece) => RowCursor.open(connection, query, rows);
  return {
    leaves: await open(
      'select index::text, xid::text, id::text, commitment, opening from log_leaves order by log_leaves.index',
    ),
    rows: await open(`select ${rowColumns} from access_log order by access_log.xid, access_log.id`),
    nodes: await open('select level, index, hash from log_nodes order by (index + 1) * 2::numeric ^ level, level'),
    stored: await open('select size, note from log_checkpoints order by log_checkpoints.size', 500),
    cosignatures: await open(
      'select size, witness, line from log_cosignatures order by log_cosignatures.size, id',
      500,
    ),
  };
}

/** Follows the tree leaf by leaf: each against its row, each node and each checkpoint where the tree has its size. How many leaves there are, and how many erasures were accounted for. */
async function verifyLeaves(
  { leaves, rows, nodes }: Cursors,
  checkpoints: Checkpoints,
  findings: Findings,
  progress: VerifyOptions['progress'],
): Promise<{ readonly size: number; readonly settled: number }> {
  const tree = new GrowingTree();
  const erased = new ErasedLeaves();
  let before: readonly [bigint, bigint] = [-1n, 0n];
  for (let leaf = leaves.next; leaf; leaf = leaves.next) {
    const index = tree.size;
    const place = positionOf(leaf[1], leaf[2]);
    if (String(leaf[0]) !== String(index)) findings.add(`the leaf after number ${index - 1} is number ${leaf[0]}`);
    if (!isAfter(place, before)) findings.add('the leaf stands for a row out of its order', { index });
    before = place;
    const row = await readRowAt(rows, place, findings, index);
    if (row) checkLeaf(leaf, row, index, erased, findings);
    else findings.add('the row is missing', { index, row: `${leaf[1]}/${leaf[2]}` });
    for (const node of tree.add(hashLeaf(leaf[3] as Buffer))) await checkNode(nodes, node, findings);
    if (checkpoints.isDue(tree.size)) await checkpoints.verifyAt(tree.size, tree.root());
    if (progress && tree.size % 100_000 === 0) progress(tree.size);
    const fetching = leaves.advance();
    if (fetching) await fetching;
  }
  for (const where of erased.unsettled()) findings.add('it was erased, and no erasure in the log names it', where);
  if (nodes.next) findings.add(`a node of level ${nodes.next[0]} is kept that the tree does not have`);
  return { size: tree.size, settled: erased.settled };
}

/** Leaves whose opening was erased, until a row of the log names their erasure. */
class ErasedLeaves {
  readonly #open = new Map<number, FindingLocation>();
  settled = 0;

  add(index: number, where: FindingLocation): void {
    this.#open.set(index, where);
  }

  settle(index: number): void {
    if (this.#open.delete(index)) this.settled += 1;
  }

  unsettled(): Iterable<FindingLocation> {
    return this.#open.values();
  }
}

/** What was sealed against what the row says now. */
function checkLeaf(leaf: RowValues, row: Row, index: number, erased: ErasedLeaves, findings: Findings): void {
  const where = { index, row: `${columnOf(row, 'xid')}/${columnOf(row, 'id')}`, at: columnOf(row, 'at') };
  const opening = leaf[4] as Buffer | null;
  if (opening === null) {
    erased.add(index, where);
    if (!isErased(row)) findings.add('its leaf was erased, and the row is not empty', where);
  } else if (!computeCommitment(opening, row).equals(leaf[3] as Buffer)) {
    findings.add('the row or its opening is not what was sealed', where);
  } else {
    for (const named of listErasedLeaves(row)) erased.settle(named);
  }
}

type FindingLocation = Omit<Finding, 'what'>;

const integerPattern = /^-?[0-9]+$/;
const positionOf = (xid: unknown, id: unknown): readonly [bigint, bigint] => [numberOf(xid), numberOf(id)];
const numberOf = (text: unknown): bigint => (integerPattern.test(String(text)) ? BigInt(String(text)) : -1n);
const isAfter = ([xid, id]: readonly [bigint, bigint], [otherXid, otherId]: readonly [bigint, bigint]): boolean =>
  xid > otherXid || (xid === otherXid && id > otherId);

/** Advances to the row of a leaf. Rows passed on the way have no leaf, which is a finding; a row beyond it belongs to another leaf. */
async function readRowAt(
  rows: RowCursor,
  place: readonly [bigint, bigint],
  findings: Findings,
  index: number,
): Promise<Row | undefined> {
  for (let next = rows.next; next; next = rows.next) {
    const found = positionOf(next[0], next[1]);
    if (isAfter(found, place)) return undefined;
    const fetching = rows.advance();
    if (fetching) await fetching;
    if (!isAfter(place, found)) return next as Row;
    const where = { row: `${next[0]}/${next[1]}`, at: String(next[2]) };
    findings.add(`the row was put in before leaf ${index}, which was sealed without it`, where);
  }
  return undefined;
}

async function checkNode(nodes: RowCursor, node: Node, findings: Findings): Promise<void> {
  const [level, index, hash] = nodes.next ?? [];
  const same = Number(level) === node.level && Number(index) === node.index;
  if (!same) findings.add(`the node of level ${node.level}, number ${node.index} is not kept where it belongs`);
  else if (!node.hash.equals(hash as Buffer))
    findings.add(`the node of level ${level}, number ${index} is not that of its leaves`);
  if (same || comesBefore(nodes.next, node)) await nodes.advance();
}

const comesBefore = (kept: RowValues | undefined, { level, index }: Node): boolean =>
  kept !== undefined && (Number(kept[1]) + 1) * 2 ** Number(kept[0]) < (index + 1) * 2 ** level;

async function countUnsealedRows(rows: RowCursor): Promise<{ tail: number; oldestOfTail: string | undefined }> {
  let [tail, oldestOfTail]: [number, string | undefined] = [0, undefined];
  for (let next = rows.next; next; next = rows.next) {
    tail += 1;
    oldestOfTail ??= String(next[2]);
    await rows.advance();
  }
  return { tail, oldestOfTail };
}

/** A column that no leaf covers could be changed unseen. */
async function checkColumns(connection: Connection, findings: Findings): Promise<void> {
  const found = await queryRows(
    connection,
    "select attname from pg_attribute where attrelid = 'access_log'::regclass and attnum > 0 and not attisdropped order by attname",
  );
  const names = found.map(([name]) => String(name));
  for (const name of names) if (!coveredColumns.includes(name)) findings.add(`no leaf covers the column ${name}`);
  for (const name of coveredColumns) if (!names.includes(name)) findings.add(`the column ${name} is gone`);
}

/** Which of the logs that the verifier knows this one says it is. One that says nothing is the only one that is known, if there is only one. */
async function originOf(connection: Connection, keys: readonly Key[]): Promise<string | undefined> {
  const notes = await queryRows(connection, 'select note from log_checkpoints order by size limit 20');
  const known = new Set(keys.filter(({ kind }) => kind === 'signature').map(({ name }) => name));
  const claimed = notes.map(([note]) => readNote(String(note))?.origin).filter((name) => name !== undefined);
  return [...claimed, ...(known.size === 1 ? known : [])].find((name) => known.has(name)) ?? claimed[0];
}

/** The partners' witnesses as the database lists them: good for finding forgeries, not for trust. Behind the wall there is no such list. */
async function registeredWitnesses(connection: Connection): Promise<Key[] | undefined> {
  const [there] = await queryRows(connection, "select to_regclass('log_witnesses')");
  if (!there?.[0]) return undefined;
  const found = await queryRows(connection, 'select key from log_witnesses order by registered_at');
  return found.map(([key]) => readKey(String(key))).filter((key) => key !== undefined);
}

const listDatabaseKeys = async (connection: Connection): Promise<string[]> =>
  (await queryRows(connection, 'select key from log_keys order by key')).map(([key]) => String(key));
