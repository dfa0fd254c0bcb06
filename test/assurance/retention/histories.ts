/** Random histories of a person's record: facts and rules that come late, early, twice, and just before it would have gone. */
import { keepReasons, recordClasses, retentionEventKinds } from '../../../src/retention/classes.ts';
import type { Period, RetainedRecord, RetentionRule } from '../../../src/retention/retention-status.ts';
import { dayOf, numberOf } from './oracle.ts';

export type History = { readonly record: RetainedRecord; readonly rules: readonly RetentionRule[] };
export type Random = () => number;

export const pick = (random: Random, most: number): number => Math.floor(random() * most);
const among = <One>(random: Random, list: readonly One[]): One => list[pick(random, list.length)] as One;
const some = <One>(random: Random, most: number, make: () => One): One[] =>
  Array.from({ length: pick(random, most + 1) }, make);

/** Many short ones, so that facts and ends meet; and the long ones of the real rules. */
function period(random: Random): Period {
  const kind = random();
  if (kind < 0.55) return { days: 1 + pick(random, 120) };
  if (kind < 0.7) return { months: 1 + pick(random, 18) };
  return { years: among(random, [1, 1, 2, 3, 6, 10]) };
}

const first = numberOf('2019-09-16');
/** Leap days and the days about them come more often than chance would have them. */
function someDay(random: Random, from: number, within: number): number {
  if (random() < 0.06)
    return numberOf(among(random, ['2020-02-28', '2020-02-29', '2020-03-01', '2024-02-29', '2024-03-01']));
  return from + pick(random, within);
}

function rule(random: Random, of: RetentionRule['class'], valid: number, said: number): RetentionRule {
  const reviewed = random() < 0.25;
  return {
    class: of,
    period: random() < 0.1 ? null : period(random),
    notBeforeAge: random() < 0.2 ? among(random, [20, 21, 22, 25]) : null,
    notAfterAge: random() < 0.1 ? among(random, [21, 22, 23, 100]) : null,
    ends: reviewed ? 'after a review' : 'by itself',
    reviewEvery: reviewed ? period(random) : null,
    validFrom: dayOf(valid),
    recordedOn: dayOf(said),
  };
}

export function invent(random: Random): History {
  const from = someDay(random, first, 900);
  const opened = from + (random() < 0.6 ? 0 : pick(random, random() < 0.8 ? 10 : 60));
  const later = (within: number): number => someDay(random, opened, within);
  const of = among(random, recordClasses);
  const classes = [{ class: of, recordedOn: dayOf(opened) }];
  if (random() < 0.3) classes.push({ class: among(random, recordClasses), recordedOn: dayOf(later(500)) });
  const used = [...new Set(classes.map((fact) => fact.class))];
  const rules = used.flatMap((one) =>
    some(random, 3, () => {
      const valid = first - 300 + pick(random, 1_500);
      const said = valid + (random() < 0.7 ? -pick(random, 60) : pick(random, 60));
      return rule(random, one, valid, said);
    }),
  );
  if (random() < 0.8) for (const one of used) rules.push(rule(random, one, first - 400, first - 400));
  return {
    record: {
      from: dayOf(from),
      openedOn: dayOf(opened),
      classes,
      births: some(random, 2, () => ({
        bornOn: random() < 0.3 ? '2000-02-29' : dayOf(first - 20 * 365 + pick(random, 2_500)),
        recordedOn: dayOf(random() < 0.5 ? opened : later(400)),
      })),
      happenings: some(random, 5, () => {
        const on = from + pick(random, 700);
        const recordedOn = on + (random() < 0.5 ? 0 : pick(random, 60));
        return {
          what: among(random, retentionEventKinds),
          on: dayOf(on),
          recordedOn: dayOf(Math.max(recordedOn, opened)),
        };
      }),
      keeps: some(random, 2, () => held(random, later(600))),
      reviews: some(random, 2, () => ({ decided: among(random, ['keep', 'let go'] as const), on: dayOf(later(900)) })),
    },
    rules,
  };
}

const held = (random: Random, day: number): RetainedRecord['keeps'][number] => ({
  why: among(random, keepReasons),
  recordedOn: dayOf(day),
  endedOn: random() < 0.15 ? null : dayOf(day + pick(random, 200)),
});

/** Something comes just before it would have gone, or on the very day: a reply, a hold, a review, a new rule, another class, a day of birth. */
export function disturb({ record, rules }: History, goes: number, random: Random): History {
  const day = goes - pick(random, 17);
  const said = dayOf(Math.max(day, numberOf(record.openedOn)));
  const of = record.classes.at(-1)?.class ?? 'person helped';
  const what = pick(random, 7);
  if (what <= 1) {
    const on = dayOf(Math.max(numberOf(record.from), day - pick(random, 80)));
    return {
      record: {
        ...record,
        happenings: [...record.happenings, { what: among(random, retentionEventKinds), on, recordedOn: said }],
      },
      rules,
    };
  }
  if (what === 2) return { record: { ...record, keeps: [...record.keeps, held(random, numberOf(said))] }, rules };
  if (what === 3) {
    const reviews = [...record.reviews, { decided: among(random, ['keep', 'let go', 'let go'] as const), on: said }];
    // On the same day something old is learned: nobody knows whether the review knew of it.
    const old = { what: among(random, retentionEventKinds), on: record.from, recordedOn: said };
    const happenings = random() < 0.5 ? [...record.happenings, old] : record.happenings;
    return { record: { ...record, reviews, happenings }, rules };
  }
  if (what === 4) {
    const other = { class: among(random, recordClasses), recordedOn: said };
    return {
      record: { ...record, classes: [...record.classes, other] },
      rules: [...rules, rule(random, other.class, day - 30, day - 30)],
    };
  }
  if (what === 5) {
    const born = { bornOn: dayOf(first - 20 * 365 + pick(random, 2_500)), recordedOn: said };
    return { record: { ...record, births: [...record.births, born] }, rules };
  }
  return { record, rules: [...rules, rule(random, of, day - pick(random, 20), day - pick(random, 20))] };
}
