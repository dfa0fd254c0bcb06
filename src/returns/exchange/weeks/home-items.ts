/** A coordinator's weeks on Home: returns that are due, missing, wrong or late, and joint visits to decide. */
import { listRecentlyOpened } from '../../../platform/audit-hook/recently-opened.ts';
import type { AnyTables, Reader } from '../../../platform/database/database.ts';
import { countedTask, type HomeItem, type HomeItems, listDue } from '../../../platform/http/home.ts';
import { countWord, listOf, plural } from '../../../vocabulary/languages/english.ts';
import { exchangePaths } from '../../../vocabulary/paths/exchange.ts';
import type { ReadableReturn, ReporterLine } from '../inbox/inbox.ts';
import { listDoubled } from '../inbox/overlaps.ts';
import { countOpenPairs, type ReadWeek, readWeek } from '../inbox/reading-week.ts';
import { countDocuments, listWeeks, type NamedWeek } from '../store.ts';

const day = 24 * 60 * 60_000;
/** A week is on Home from so many days before its deadline, and for so many after. */
const daysBefore = 7;
const daysAfter = 60;
/** Home reads every document of a week. It opens quickly with so many weeks and documents. */
const mostWeeks = 4;
const mostDocuments = 300;
/** A return that came late stays on Home so long. */
const daysLate = 7;

const isNear = ({ deadline }: NamedWeek, now: Date): boolean =>
  deadline.getTime() - daysBefore * day <= now.getTime() && now.getTime() <= deadline.getTime() + daysAfter * day;

const mostNames = 3;
const nameSome = (lines: readonly ReporterLine[]): string => {
  const names = lines.slice(0, mostNames).map(({ reporter }) => reporter.name);
  const more = lines.length - names.length;
  return `${listOf(more > 0 ? [...names, `${countWord(more)} more`] : names)}.`;
};

/** A task within one part belongs to that part alone, also where its returns came to the larger week too. */
function isOfTwoWeeks({ parts }: ReadWeek): (returns: readonly ReadableReturn[]) => boolean {
  const operations = parts.map(({ rolled }) => new Set(rolled.added.map(({ document }) => document.operation.id)));
  return (returns) => !operations.some((own) => returns.every(({ document }) => own.has(document.operation.id)));
}

/** One document has a page of its own, with the form. */
const keyToRegister = (lines: readonly ReporterLine[]): string | undefined =>
  lines.length === 1 && lines[0]?.unregistered ? exchangePaths.document(lines[0].unregistered) : undefined;

/** Tasks about reporters. What a part says, the larger week does not say again. */
function listReporterItems({ week, judged: { lines } }: ReadWeek): HomeItem[] {
  const ofState = (...states: readonly ReporterLine['state'][]) =>
    lines.filter(({ state, inPart }) => inPart === undefined && states.includes(state));
  const waiting = ofState('waiting').filter(({ expected }) => expected);
  const missing = ofState('missing');
  const unregistered = ofState('key not registered');
  const wrong = ofState('contradictory', 'not counted');
  const asked = lines.filter(({ expected }) => expected).length;
  const without = lines.filter(
    ({ expected, state }) => expected && (state === 'waiting' || state === 'missing'),
  ).length;
  const whole = exchangePaths.week(week.id);
  return [
    {
      what: 'Returns of a week are due',
      detail: `${asked - without} of ${asked} expected ${plural(asked, 'reporter has', 'reporters have')} sent a return.`,
      ...{ for: week.name, due: week.deadline, status: 'waiting', href: whole, count: waiting.length > 0 ? 1 : 0 },
    },
    {
      what: countedTask(missing.length, 'Ask for a missing return', 'Ask for # missing returns'),
      detail: nameSome(missing),
      ...{ for: week.name, due: week.deadline, status: 'needs attention', count: missing.length },
      href: `${whole}#reporters`,
    },
    {
      what: countedTask(unregistered.length, 'Register the key of a return', 'Register the keys of # returns'),
      detail: `A return came in the name of ${nameSome(unregistered)}`,
      ...{ for: week.name, due: week.deadline, status: 'needs attention', count: unregistered.length },
      href: keyToRegister(unregistered) ?? `${whole}#reporters`,
    },
    {
      what: countedTask(wrong.length, 'Settle a return that does not count', 'Settle # returns that do not count'),
      detail: nameSome(wrong),
      ...{ for: week.name, status: 'needs attention', href: whole, count: wrong.length },
    },
  ];
}

/** Returns that came late and that the reader has not opened. */
const listLate = ({ week, judged, rolled }: ReadWeek, now: Date, opened: ReadonlySet<string>) => {
  const own = new Set(judged.readable.map(({ id }) => id));
  return rolled.added.filter(
    ({ id, receivedAt, document }) =>
      own.has(id) &&
      document.version === 1 &&
      receivedAt > week.deadline &&
      receivedAt.getTime() > now.getTime() - daysLate * day &&
      !opened.has(id),
  );
};

/** The tasks of one week. `opened`: the received returns that the reader has opened. */
export function listWeekItems(read: ReadWeek, now: Date, opened: ReadonlySet<string> = new Set()): HomeItem[] {
  const { week, rolled } = read;
  const late = listLate(read, now, opened);
  const isAcross = isOfTwoWeeks(read);
  const pairs = countOpenPairs({
    ...read,
    pairs: read.pairs.filter(({ groups }) => isAcross(groups.map(({ from }) => from))),
  });
  const doubled = listDoubled(rolled.added).filter(isAcross).length;
  const [whole, joint] = [exchangePaths.week(week.id), exchangePaths.joint(week.id)];
  return listDue([
    ...listReporterItems(read),
    {
      what: countedTask(doubled, 'Ask which of two returns counts', 'Ask which of two returns counts, # times'),
      detail: 'One force seems to have sent one operation twice.',
      ...{ for: week.name, status: 'needs attention', href: whole, count: doubled },
    },
    {
      what: countedTask(pairs, 'Decide on a likely joint visit', 'Decide on # likely joint visits'),
      detail: 'Totals are “between” two numbers until then.',
      ...{ for: week.name, status: 'to do', href: joint, count: pairs },
    },
    {
      what: countedTask(late.length, 'Read a late return', 'Read # late returns'),
      detail: 'The totals changed after the deadline. Open each return to take it off this list.',
      ...{ for: week.name, status: 'to read', count: late.length },
      href: late.length === 1 && late[0] ? exchangePaths.document(late[0].id) : exchangePaths.documents(week.id),
    },
  ]);
}

/** Of a week with more documents, Home says that it is there. */
const largeWeekItem = ({ id, name, deadline }: NamedWeek): HomeItem => ({
  what: 'Check the returns of a week',
  ...{ for: name, due: deadline, status: 'to do', href: exchangePaths.week(id), count: 1 },
});

async function listItems(db: Reader<AnyTables>, now: Date): Promise<HomeItem[]> {
  const weeks = await listWeeks(db);
  const near = weeks.filter((week) => isNear(week, now)).slice(0, mostWeeks);
  if (near.length === 0) return [];
  const withParts = (week: NamedWeek) => [week, ...weeks.filter(({ parentId }) => parentId === week.id)];
  const documents = await countDocuments(
    db,
    near.flatMap(withParts).map(({ id }) => id),
  );
  const read = (week: NamedWeek) => withParts(week).reduce((sum, { id }) => sum + (documents.get(id) ?? 0), 0);
  const looks = await listRecentlyOpened(db, ['received return read'], mostDocuments);
  const opened = new Set(looks.map(({ subject }) => subject));
  const items: HomeItem[] = [];
  for (const week of near)
    items.push(
      ...(read(week) > mostDocuments
        ? [largeWeekItem(week)]
        : listWeekItems(await readWeek(db, week.id, now), now, opened)),
    );
  return items;
}

/** For coordinators. */
export const exchangeHomeItems: HomeItems = {
  action: 'exchange.read',
  waiting: (db, request) => listItems(db, request.now),
};
