/** Newer versions of a week's returns that came to the week that it is part of, or to another part: they count here too. Pure. */
import { type ExchangeWeek, type Judged, judgeWeek, type Kept, type RegisteredKey, reporterKey } from './inbox.ts';

type Came = Kept & { readonly weekId: string };
type Around = {
  readonly keys: readonly RegisteredKey[];
  /** Of the week and of all weeks around it. */
  readonly kept: readonly Came[];
};

/** The documents of other weeks that replace a return here: a higher version by the same reporter, good in its own week and in this one. */
function listNewer(
  week: ExchangeWeek & { readonly id: string },
  { keys, kept }: Around,
  own: Judged,
  now: Date,
): readonly Came[] {
  const operationOf = ({ document }: Kept): string => document?.operation.id ?? '';
  const before = new Map<string, { readonly version: number; readonly reporter: string }>();
  for (const { document, reporter } of own.readable) {
    const { version = 0 } = before.get(document.operation.id) ?? {};
    if (document.version > version)
      before.set(document.operation.id, { version: document.version, reporter: reporterKey(reporter) });
  }
  return kept.filter((one) => {
    const known = one.weekId === week.id ? undefined : before.get(operationOf(one));
    if (!known || !one.document || one.document.version <= known.version) return false;
    const [good] = judgeWeek(week, { keys, documents: [one] }, now).readable;
    return good !== undefined && reporterKey(good.reporter) === known.reporter;
  });
}

/** The week by its own documents and by newer versions that came to a week around it. `newer`: those that count here. */
export function judgeWithNewer(
  week: ExchangeWeek & { readonly id: string },
  around: Around,
  now: Date,
): { readonly judged: Judged; readonly newer: readonly Came[] } {
  const documents = around.kept.filter(({ weekId }) => weekId === week.id);
  const own = judgeWeek(week, { keys: around.keys, documents }, now);
  const found = listNewer(week, around, own, now);
  if (found.length === 0) return { judged: own, newer: [] };
  const judged = judgeWeek(week, { keys: around.keys, documents: [...documents, ...found] }, now);
  const counted = new Set(judged.counted.map(({ id }) => id));
  return { judged, newer: found.filter(({ id }) => counted.has(id)) };
}
