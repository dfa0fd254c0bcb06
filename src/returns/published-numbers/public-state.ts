/** Whether a number of the ledger is public: a release gave it. A signature alone makes nothing public. Pure. */
import { formatDateTime } from '../../vocabulary/calendar/moments.ts';
import { serialiseCanonically } from '../../vocabulary/canonical-json.ts';
import type { PublishedNumber, ReleasedNumber } from './store.ts';

type Shown = { readonly text: string; readonly tag?: string };

/** The values of `byTown {"town": "Watford"}`; undefined for a total and for the words of a release. */
export function readCell(part: string): string[] | undefined {
  const [, , json] = /^(by\w+) (\{.*\})$/s.exec(part) ?? [];
  return json ? Object.values(JSON.parse(json) as Record<string, string>) : undefined;
}

const isSame = (one: unknown, other: unknown): boolean => serialiseCanonically(one) === serialiseCanonically(other);

/** A release words a part for readers: “in Watford”. */
function namesPart(part: string, released: string): boolean {
  const values = readCell(part);
  if (!values) return part === released;
  const words = released.toLowerCase();
  return values.every((value) => words.includes(value.toLowerCase()));
}

function sayReleased({ at, withdrawnAt }: Pick<ReleasedNumber, 'at' | 'withdrawnAt'>, now: Date): Shown {
  if (withdrawnAt)
    return { text: `public until its release was withdrawn on ${formatDateTime(withdrawnAt)}`, tag: 'red' };
  return at > now
    ? { text: `not public before ${formatDateTime(at)}`, tag: 'yellow' }
    : { text: `public since ${formatDateTime(at)}`, tag: 'green' };
}

export function sayPublic(number: PublishedNumber, released: readonly ReleasedNumber[], now: Date): Shown {
  if (number.source === 'release') return sayReleased(number, now);
  const around = released.filter(
    ({ operationId, indicator }) => operationId === number.operationId && indicator === number.indicator,
  );
  const given = around.filter(
    ({ part, quantity }) => namesPart(number.part, part) && isSame(quantity, number.quantity),
  );
  const best = given.find(({ withdrawnAt }) => withdrawnAt === null) ?? given[0];
  if (best) return sayReleased(best, now);
  const mayBeGiven = number.part !== 'total' && around.some(({ part }) => part !== 'total');
  return mayBeGiven
    ? { text: 'in a signed return. A release gives parts of this figure: read it', tag: 'yellow' }
    : { text: 'in a signed return, not public', tag: 'grey' };
}
