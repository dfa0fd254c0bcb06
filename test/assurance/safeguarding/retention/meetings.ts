/** `letting go`, of meetings without a record: random histories as the store tells them, against a translation of their own and the walk day by day. Seeded: the same seed invents the same. */

import {
  type AgencyRetentionRule,
  itemStatus,
  type RetainedItem,
  type RetentionFact,
  type Statement,
  statements,
} from '../../../../src/safeguarding/retention/erasure.ts';
import type { AgencyId, MemberId } from '../../../../src/vocabulary/ids.ts';
import { type Row, row, chance as seeded } from '../../../harness/assurance.ts';
import { pick, type Random } from '../../retention/histories.ts';
import { dayOf, numberOf, walk } from '../../retention/oracle.ts';

type Span = { readonly since: number; readonly ended: number | null };
type Said = { readonly saying: 'of no concern' | 'helped' | 'victim or witness' | 'came back'; readonly day: number };
type Ruled = { readonly class: AgencyRetentionRule['class']; readonly months: number; readonly from: number };
type History = {
  readonly met: number;
  readonly opened: number;
  readonly notes: readonly number[];
  readonly agreed: readonly number[];
  readonly help: readonly Span[];
  readonly holds: readonly Span[];
  readonly said: readonly Said[];
  readonly rules: readonly Ruled[];
};

const agencyId = 'an agency' as AgencyId;
const first = numberOf('2019-09-16');
const horizon = numberOf('2024-12-31');
const some = <One>(random: Random, most: number, make: () => One): One[] =>
  Array.from({ length: pick(random, most + 1) }, make);

const span = (random: Random, since: number): Span => ({
  since,
  ended: random() < 0.2 ? null : since + pick(random, 60),
});
const saidThen = (random: Random, day: number): Said => ({
  saying: (['of no concern', 'helped', 'victim or witness', 'came back'] as const)[pick(random, 4)] ?? 'helped',
  day,
});
const rule = (random: Random, from: number): Ruled => ({
  class: random() < 0.7 ? 'person helped' : 'victim or witness',
  months: 1 + pick(random, 9),
  from,
});

function invent(random: Random): History {
  const met = first + pick(random, 700);
  // Some are written down after their last day.
  const opened = met + (random() < 0.7 ? 0 : pick(random, 45));
  const later = (): number => opened + pick(random, 80);
  return {
    met,
    opened,
    notes: [opened, ...some(random, 1, later)].map((day, place) => (place === 0 ? met : day)),
    agreed: random() < 0.5 ? [] : some(random, 2, later),
    help: random() < 0.6 ? [] : [span(random, later())],
    holds: random() < 0.7 ? [] : [span(random, later())],
    said: random() < 0.6 ? [] : some(random, 2, () => saidThen(random, later())),
    rules: some(random, 3, () => rule(random, first - 30 + pick(random, 900))),
  };
}

/** Something comes in the last days before it would have gone, or on the very day. */
function disturb(history: History, goes: number, random: Random): History {
  const day = Math.max(history.opened, goes - pick(random, 17));
  return [
    { ...history, agreed: [...history.agreed, day] },
    { ...history, notes: [...history.notes, day] },
    { ...history, help: [...history.help, span(random, day)] },
    { ...history, holds: [...history.holds, span(random, day)] },
    { ...history, said: [...history.said, saidThen(random, day)] },
    { ...history, rules: [...history.rules, rule(random, day)] },
  ][pick(random, 6)] as History;
}

const known = <One extends Span>(spans: readonly One[], today: number) =>
  spans
    .filter(({ since }) => since <= today)
    .map(({ since, ended }) => ({ since: dayOf(since), ended: ended === null || ended > today ? null : dayOf(ended) }));

const fact = (saying: Statement, recordedOn: string, endedOn: string | null = null): Omit<RetentionFact, 'reason'> => ({
  ...statements[saying],
  id: 'a fact' as never,
  personId: null,
  encounterId: 'a meeting',
  agencyId,
  reviewOn: null,
  recordedOn,
  recordedBy: 'a member' as MemberId,
  endedOn,
  endedBy: null,
});

/** As the store tells it on a day. */
function keptOn({ met, opened, notes, agreed, help, holds, said }: History, today: number): RetainedItem {
  const days = (all: readonly number[]): string[] => all.filter((day) => day <= today).map(dayOf);
  return {
    kind: 'meeting',
    id: 'a meeting',
    agencyId,
    origin: 'met at visit',
    openedAt: new Date(opened * 86_400_000),
    openedOn: dayOf(opened),
    fromDay: dayOf(Math.max(met, opened)),
    facts: [
      ...known(holds, today).map(({ since, ended }) => fact('held', since, ended)),
      ...said.filter(({ day }) => day <= today).map(({ saying, day }) => fact(saying, dayOf(day))),
    ],
    helped: days([...agreed, ...help.map(({ since }) => since)]),
    met: days(notes),
    noteId: null,
    help: known(help, today),
    concerned: [],
    seen: 0,
  };
}

/** Written down once more, for the walk: by events in the order of their days. */
function asRecord({ met, opened, notes, agreed, help, holds, said }: History) {
  const goesOn = (day: number): boolean =>
    help.some(({ since, ended }) => since <= day && (ended === null || day < ended));
  type Event = {
    readonly day: number;
    readonly order: number;
    readonly class: 'met without concern' | 'person helped' | 'victim or witness';
  };
  const events: Event[] = [{ day: opened, order: 0, class: 'met without concern' }];
  for (const day of [...agreed, ...help.map(({ since }) => since)])
    events.push({ day, order: 1, class: 'person helped' });
  for (const { saying, day } of said) {
    if (saying === 'helped') events.push({ day, order: 2, class: 'person helped' });
    if (saying === 'victim or witness') events.push({ day, order: 2, class: 'victim or witness' });
    if (saying === 'of no concern' && !goesOn(day)) events.push({ day, order: 2, class: 'met without concern' });
  }
  const happened = (
    what: 'help given' | 'help ended' | 'contact as a victim' | 'reply from the person',
    days: readonly number[],
  ) => days.map((day) => ({ what, on: dayOf(day), recordedOn: dayOf(day) }));
  const keeps = (why: 'legal hold' | 'help goes on', spans: readonly Span[]) =>
    spans.map(({ since, ended }) => ({ why, recordedOn: dayOf(since), endedOn: ended === null ? null : dayOf(ended) }));
  return {
    // Never before 28 days from the writing, however long ago the meeting is said to be.
    from: dayOf(Math.max(met, opened)),
    openedOn: dayOf(opened),
    classes: events
      .sort((one, other) => one.day - other.day || one.order - other.order)
      .map((event) => ({ class: event.class, recordedOn: dayOf(event.day) })),
    births: [],
    happenings: [
      ...happened('help given', [...agreed, ...help.map(({ since }) => since)]),
      ...happened(
        'help ended',
        help.flatMap(({ ended }) => ended ?? []),
      ),
      ...happened('contact as a victim', notes),
      ...happened(
        'reply from the person',
        said.filter(({ saying }) => saying === 'came back').map(({ day }) => day),
      ),
    ],
    keeps: [...keeps('legal hold', holds), ...keeps('help goes on', help)],
    reviews: [],
  };
}

const ruledFor = ({ rules }: History) =>
  rules.map(({ class: of, months, from }) => ({
    class: of,
    period: { months },
    notBeforeAge: null,
    notAfterAge: null,
    ends: 'by itself' as const,
    reviewEvery: { months: 12 },
    validFrom: dayOf(from),
    recordedOn: dayOf(from),
  }));

const saidRules = ({ rules }: History, today: number): AgencyRetentionRule[] =>
  rules
    .filter(({ from }) => from <= today)
    .map(({ class: of, months, from }) => ({
      id: 'a rule' as never,
      agencyId,
      class: of,
      months,
      notBeforeAge: null,
      source: 'a notice',
      validFrom: dayOf(from),
      recordedOn: dayOf(from),
      setBy: 'a member' as MemberId,
      setAt: new Date(from * 86_400_000),
    }));

export function assureMeetings({ seed, quick }: { seed: number; quick: boolean }): readonly Row[] {
  const random = seeded(seed);
  const histories = quick ? 500 : 5_000;
  let [early, late, unnamed, asked, gone, without] = [0, 0, 0, 0, 0, 0];
  for (let turn = 0; turn < histories; turn += 1) {
    let history = invent(random);
    for (let times = pick(random, 3); times > 0; times -= 1) {
      const { goes } = walk(asRecord(history), ruledFor(history), horizon);
      if (goes === undefined) break;
      history = disturb(history, goes, random);
    }
    const { goes, named } = walk(asRecord(history), ruledFor(history), horizon);
    if (goes !== undefined) gone += 1;
    if (goes === Math.max(history.met, history.opened) + 28) without += 1;
    const end = goes ?? horizon;
    const days = [
      goes,
      end - 1,
      end - 13,
      end - 14,
      end - 15,
      ...some(random, 20, () => history.opened + pick(random, 200)),
    ];
    for (const today of new Set(
      days.flatMap((day) => (day !== undefined && day >= history.opened && day <= end ? day : [])),
    )) {
      const stands = itemStatus(keptOn(history, today), saidRules(history, today), dayOf(today));
      asked += 1;
      if (stands.goes && today !== goes) early += 1;
      if (!stands.goes && today === goes) late += 1;
      if (today !== goes && (stands.state === 'destroyed soon') !== named.has(today)) unnamed += 1;
    }
  }
  const of = `in ${histories.toLocaleString('en-GB')} histories, ${gone.toLocaleString('en-GB')} of them gone, ${without.toLocaleString('en-GB')} by the 28 days, seed ${seed}`;
  return [
    row('meetings without a record destroyed before their day (must be 0)', `${early} ${of}`, early === 0),
    row(
      'meetings without a record left on their day (must be 0)',
      `${late} ${of}`,
      late === 0 && gone > histories / 3 && without > histories / 10,
    ),
    row(
      'days on which the list of what goes soon was wrong for one (must be 0)',
      `${unnamed} of ${asked.toLocaleString('en-GB')} asked`,
      unnamed === 0,
    ),
  ];
}
