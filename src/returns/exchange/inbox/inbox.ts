/** Judges the documents that came for one week: which counts, which does not and why, and how far each reporter is. Pure: no clock, no database. */
import { addDays } from '../../../vocabulary/calendar/days.ts';
import { serialiseCanonically } from '../../../vocabulary/canonical-json.ts';
import type { ReporterLevel, SignedReturnDocument } from '../document/signed-return.ts';

export type Reporter = {
  readonly name: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly level: ReporterLevel;
  /** The reporter whose return includes this one, where there is one. A return of a country includes the others of the country by itself. */
  readonly partOf: string | null;
};

export type ExchangeWeek = {
  readonly startsOn: string;
  readonly endsOn: string;
  readonly deadline: Date;
  /** Editions of definitions that are counted. */
  readonly definitions: readonly string[];
  readonly reporters: readonly Reporter[];
};

export type RegisteredKey = {
  readonly publicKey: string;
  readonly name: string;
  readonly country: string;
  readonly level: ReporterLevel;
  readonly endedAt: Date | null;
};

/** What was found when it came: it cannot change afterwards. */
export const arrivalVerdicts = ['readable', 'not a return', 'bad signature', 'does not add up'] as const;
export type ArrivalVerdict = (typeof arrivalVerdicts)[number];

export type Kept = {
  readonly id: string;
  readonly receivedAt: Date;
  readonly arrival: ArrivalVerdict;
  /** Null where it could not be read. */
  readonly document: SignedReturnDocument | null;
};

export type Verdict =
  | 'counts'
  | 'replaced'
  | 'contradiction'
  | 'older version'
  | 'unknown key'
  | 'key ended'
  | 'another reporter'
  | 'operation of another reporter'
  | 'outside the window'
  | 'other definitions'
  | Exclude<ArrivalVerdict, 'readable'>;

/** A document that fails none of the checks of its own. */
export type ReadableReturn = {
  readonly id: string;
  readonly receivedAt: Date;
  readonly document: SignedReturnDocument;
  readonly reporter: Reporter;
};

export type ReporterState =
  | 'received'
  | 'late'
  | 'nil'
  | 'contradictory'
  | 'not counted'
  | 'key not registered'
  | 'missing'
  | 'waiting';

export type ReporterLine = {
  readonly reporter: Reporter;
  /** Whether the week asks for it. */
  readonly expected: boolean;
  readonly state: ReporterState;
  readonly counted: readonly ReadableReturn[];
  /** The newest document in its name whose key nobody has registered, where none counts. */
  readonly unregistered?: string;
  /** Where a larger week takes the line from its part: the name of the part. */
  readonly inPart?: string;
};

export type Judged = {
  readonly verdicts: ReadonlyMap<string, Verdict>;
  readonly lines: readonly ReporterLine[];
  /** The newest valid return of each operation. */
  readonly counted: readonly ReadableReturn[];
  /** Every document that fails none of the checks of its own. */
  readonly readable: readonly ReadableReturn[];
};

const fold = (text: string): string => text.trim().toLocaleLowerCase('en-GB');
export const reporterKey = ({ name, country }: Pick<Reporter, 'name' | 'country'>): string =>
  `${country} ${fold(name)}`;

const overlaps = (from: string, until: string, week: Pick<ExchangeWeek, 'startsOn' | 'endsOn'>): boolean =>
  from <= week.endsOn && until >= week.startsOn;

/** A week of action with its days before and after. A return of years would count in each of their weeks. */
const longestWindow = 92;

/** Why one document does not count, whatever else came. */
function findFault(
  { receivedAt, arrival, document }: Kept,
  week: ExchangeWeek,
  key: RegisteredKey | undefined,
): Verdict | undefined {
  if (arrival !== 'readable' && arrival !== 'does not add up') return arrival;
  if (!document) return 'not a return';
  if (!key) return 'unknown key';
  if (key.endedAt && receivedAt >= key.endedAt) return 'key ended';
  const { reporter, week: window } = document;
  if (reporterKey(reporter) !== reporterKey(key) || reporter.level !== key.level) return 'another reporter';
  if (
    [window.window, window.localWindow].some(
      ({ from, until }) => !overlaps(from, until, week) || addDays(from, longestWindow) < until,
    )
  )
    return 'outside the window';
  if (!week.definitions.includes(document.definitions)) return 'other definitions';
  return arrival === 'does not add up' ? arrival : undefined;
}

/** What two documents of one version must agree on. A shared reference can be added without a new signature. */
const contentOf = ({
  reporter,
  week,
  version,
  stage,
  definitions,
  nil,
  note,
  figures,
  returnDigest,
}: SignedReturnDocument): string =>
  serialiseCanonically({ reporter, week, version, stage, definitions, nil, note, figures, returnDigest });

const byArrival = (a: ReadableReturn, b: ReadableReturn): number =>
  a.receivedAt.getTime() - b.receivedAt.getTime() || (a.id < b.id ? -1 : 1);
/** Of one version, the one that was issued last, whichever came first. */
const isIssuedLater = (one: ReadableReturn, than: ReadableReturn): boolean =>
  one.document.issuedAt > than.document.issuedAt;

/** Says of each document of one operation what it is worth, and gives the one that counts. */
function judgeOperation(
  documents: readonly ReadableReturn[],
  verdicts: Map<string, Verdict>,
): ReadableReturn | undefined {
  const ordered = [...documents].sort(byArrival);
  const newest = Math.max(...ordered.map(({ document }) => document.version));
  const versions = Map.groupBy(ordered, ({ document }) => document.version);
  const contradictory = new Set(
    [...versions]
      .filter(([, group]) => group.length > 1 && new Set(group.map(({ document }) => contentOf(document))).size > 1)
      .map(([version]) => version),
  );
  let counts: ReadableReturn | undefined;
  let highest = 0;
  for (const one of ordered) {
    const { version } = one.document;
    const isOlder = version < highest;
    highest = Math.max(highest, version);
    if (contradictory.has(version)) verdicts.set(one.id, 'contradiction');
    else if (version < newest) verdicts.set(one.id, isOlder ? 'older version' : 'replaced');
    else {
      verdicts.set(one.id, 'replaced');
      if (!counts || isIssuedLater(one, counts)) counts = one;
    }
  }
  if (counts) verdicts.set(counts.id, 'counts');
  return counts;
}

const isLate = (documents: readonly ReadableReturn[], { deadline }: ExchangeWeek): boolean =>
  documents.every(({ receivedAt }) => receivedAt > deadline);

/** The reporter as the week lists it, or as its key is registered. */
function toReporter(key: RegisteredKey, expected: ReadonlyMap<string, Reporter>): Reporter {
  const { name, country, level } = key;
  return { name, country, level, partOf: expected.get(reporterKey(key))?.partOf ?? null };
}

/** One instance can send for several forces: then its key is registered for each. */
const chooseKey = (
  keys: readonly RegisteredKey[] | undefined,
  { reporter }: SignedReturnDocument,
): RegisteredKey | undefined => keys?.find((key) => reporterKey(key) === reporterKey(reporter)) ?? keys?.[0];

/** Nobody replaces the return of another: an operation belongs to the reporter whose return of it came first. */
function listOwn(readable: readonly ReadableReturn[]): ReadonlySet<string> {
  const operations = Map.groupBy([...readable].sort(byArrival), ({ document }) => document.operation.id);
  return new Set(
    [...operations.values()].flatMap((group) =>
      group.flatMap(({ id, reporter }) =>
        group[0] && reporterKey(reporter) === reporterKey(group[0].reporter) ? [id] : [],
      ),
    ),
  );
}

export function judgeWeek(
  week: ExchangeWeek,
  { keys, documents }: { readonly keys: readonly RegisteredKey[]; readonly documents: readonly Kept[] },
  now: Date,
): Judged {
  const byKey = Map.groupBy(keys, ({ publicKey }) => publicKey);
  const expected = new Map(week.reporters.map((one) => [reporterKey(one), one]));
  const verdicts = new Map<string, Verdict>();
  const readable: ReadableReturn[] = [];
  const faulty = new Set<string>();
  const unregistered = new Map<string, string>();
  for (const kept of documents) {
    const key = kept.document ? chooseKey(byKey.get(kept.document.publicKey), kept.document) : undefined;
    const fault = findFault(kept, week, key);
    if (fault) verdicts.set(kept.id, fault);
    if (fault && key) faulty.add(reporterKey(key));
    if (fault === 'unknown key' && kept.document) unregistered.set(reporterKey(kept.document.reporter), kept.id);
    if (!fault && key && kept.document)
      readable.push({
        id: kept.id,
        receivedAt: kept.receivedAt,
        document: kept.document,
        reporter: toReporter(key, expected),
      });
  }
  const own = listOwn(readable);
  for (const { id, reporter } of readable)
    if (!own.has(id)) {
      verdicts.set(id, 'operation of another reporter');
      faulty.add(reporterKey(reporter));
    }
  const counting = readable.filter(({ id }) => own.has(id));
  const operations = [...Map.groupBy(counting, ({ document }) => document.operation.id).values()];
  const judged = operations.map((group) => ({ group, counts: judgeOperation(group, verdicts) }));
  const reporters = new Map([
    ...week.reporters.map((one) => [reporterKey(one), one] as const),
    ...readable
      .map(({ reporter }) => [reporterKey(reporter), reporter] as const)
      .filter(([name]) => !expected.has(name)),
  ]);
  const lines = listLines(reporters, judged, { week, expected, faulty, unregistered, now });
  return { verdicts, lines, counted: judged.flatMap(({ counts }) => counts ?? []), readable };
}

/** Of the returns of several weeks, each operation once: the newest version, of the reporter whose return of it came first. The others are contradictory, or of another reporter. */
export function countOnce(readable: readonly ReadableReturn[]): Pick<Judged, 'counted' | 'verdicts'> {
  const own = listOwn(readable);
  const verdicts = new Map<string, Verdict>(readable.map(({ id }) => [id, 'operation of another reporter']));
  const counting = readable.filter(({ id }) => own.has(id));
  const operations = [...Map.groupBy(counting, ({ document }) => document.operation.id).values()];
  return { counted: operations.flatMap((group) => judgeOperation(group, verdicts) ?? []), verdicts };
}

type JudgedOperation = { readonly group: readonly ReadableReturn[]; readonly counts: ReadableReturn | undefined };

type Around = {
  readonly week: ExchangeWeek;
  readonly expected: ReadonlyMap<string, Reporter>;
  /** Reporters with a document that does not count. */
  readonly faulty: ReadonlySet<string>;
  /** Documents in the name of a reporter, signed by a key that nobody has registered. */
  readonly unregistered: ReadonlyMap<string, string>;
  readonly now: Date;
};

/** How far each reporter is. */
function listLines(
  reporters: ReadonlyMap<string, Reporter>,
  judged: readonly JudgedOperation[],
  { week, expected, faulty, unregistered, now }: Around,
): ReporterLine[] {
  const operations = new Map<string, JudgedOperation[]>();
  for (const one of judged)
    for (const name of new Set(one.group.map(({ reporter }) => reporterKey(reporter))))
      operations.set(name, [...(operations.get(name) ?? []), one]);
  return [...reporters].map(([name, reporter]) => {
    const own = operations.get(name) ?? [];
    const counted = own.flatMap(({ counts }) => (counts && reporterKey(counts.reporter) === name ? counts : []));
    const state = stateOf({
      contradictory: own.some(({ counts }) => counts === undefined),
      counted,
      late: own.some(({ group }) => isLate(group, week)),
      faulty: faulty.has(name),
      unregistered: unregistered.has(name),
      over: now > week.deadline,
    });
    const waits = state === 'key not registered' ? unregistered.get(name) : undefined;
    return { reporter, expected: expected.has(name), state, counted, ...(waits && { unregistered: waits }) };
  });
}

function stateOf(seen: {
  readonly contradictory: boolean;
  readonly counted: readonly ReadableReturn[];
  readonly late: boolean;
  readonly faulty: boolean;
  readonly unregistered: boolean;
  readonly over: boolean;
}): ReporterState {
  if (seen.contradictory) return 'contradictory';
  if (seen.counted.length > 0) {
    if (seen.late) return 'late';
    return seen.counted.every(({ document }) => document.nil) ? 'nil' : 'received';
  }
  if (seen.faulty) return 'not counted';
  if (seen.unregistered) return 'key not registered';
  return seen.over ? 'missing' : 'waiting';
}
