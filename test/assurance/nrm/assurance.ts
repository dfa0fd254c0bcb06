/** How many invented narratives that tell who somebody is are stopped, and how many that do not are stopped in vain: the figures of `assurance`. */

import { draftJson } from '../../../src/nrm/draft.ts';
import { adult } from '../../../src/nrm/examples.ts';
import type { Facts } from '../../../src/nrm/facts.ts';
import { fieldsOf, formOn } from '../../../src/nrm/form.ts';
import { type Finding, findIdentifying, type Known } from '../../../src/nrm/identifying/index.ts';
import { firstResponders, formVersions } from '../../../src/nrm/load.ts';
import { buildNotification, type NotificationResult } from '../../../src/nrm/notification.ts';
import type { Row } from '../../harness/assurance.ts';
import { kinds, type Narrative, withNone, withPlant } from './narratives.ts';
import { type Sentences, sentences } from './sentences.ts';

const day = '2026-11-25';
const form = formOn(formVersions, day);
const sender = {
  responderId: 'territorial-police-england-wales',
  organisation: 'Lea Vale Constabulary',
  firstName: 'Ravi',
  lastName: 'Menon',
  responders: firstResponders,
  day,
};

const stoppedWanted = 0.99;
const falseMost = 0.1;

/** Answers that the form asks of everybody, and in which a narrative is written. */
const told = ['how it started', 'how treated', 'professional view'] as const;

function built({ texts, who }: Narrative): NotificationResult {
  if (!form) throw new Error('no form is in force');
  const facts: Facts = {
    ...adult,
    'first name': who.given,
    'last name': who.family,
    'name used': who.called,
    telephone: who.phone,
    'date of birth': who.born,
    ...Object.fromEntries(told.map((name, place) => [name, texts[place] ?? 'Nothing more was said.'])),
  };
  const known: Known = {
    names: [who.given, who.family, who.called],
    numbers: [who.phone, who.born],
    places: [`${who.application} ${who.street}`, who.town],
  };
  return buildNotification(form, facts, known, sender);
}

const fieldOf = (place: number): string | undefined =>
  form && fieldsOf(form).find(({ from }) => from === told[place])?.key;

/** Stopped because of the planted words, not because of other words near them. */
const caught = ({ planted }: Narrative, findings: readonly Finding[]): boolean =>
  planted.some((plant) =>
    findings.some(({ field, from, to }) => field === fieldOf(plant.text) && from < plant.to && plant.from < to),
  );

type Tally = { told: number; stopped: number; caught: number };

function plantedRows(seed: number, count: number): { rows: Row[]; leaked: number } {
  const tallies = new Map<string, Tally>();
  let [missed, leaked] = ['', 0];
  for (let index = 0; index < count; index += 1) {
    const narrative = withPlant(seed * 1_000_003 + index, kinds[index % kinds.length] ?? 'together');
    const notified = built(narrative);
    const tally = tallies.get(narrative.kind) ?? { told: 0, stopped: 0, caught: 0 };
    tallies.set(narrative.kind, tally);
    tally.told += 1;
    if (!notified.ok) tally.stopped += 1;
    else leaked += 1;
    if (!notified.ok && caught(narrative, notified.findings)) tally.caught += 1;
    else missed ||= narrative.planted.map(({ text, from, to }) => narrative.texts[text]?.slice(from, to)).join(' … ');
  }
  const all = [...tallies.values()].reduce((sum, one) => ({
    told: sum.told + one.told,
    stopped: sum.stopped + one.stopped,
    caught: sum.caught + one.caught,
  }));
  const share = (tally: Tally): string => `${((100 * tally.caught) / tally.told).toFixed(1)} %`;
  return {
    leaked,
    rows: [
      {
        what: `Duty to Notify: narratives with something planted, stopped for it, of ${all.told} (at least ${100 * stoppedWanted} %)`,
        figure: `${all.caught}, ${share(all)}; for anything, ${all.stopped}${missed ? `; missed as in “${missed}”` : ''}`,
        passed: all.caught / all.told >= stoppedWanted,
      },
      ...[...tallies].map(([kind, tally]) => ({
        what: `Duty to Notify, ${kind}: stopped for it`,
        figure: `${tally.caught} of ${tally.told}`,
        passed: tally.caught / tally.told >= 0.95,
      })),
    ],
  };
}

function plainRows(seed: number, count: number): Row[] {
  let [alarms, leaks, example] = [0, 0, ''];
  for (let index = 0; index < count; index += 1) {
    const narrative = withNone(seed * 7_000_003 + index);
    const notified = built(narrative);
    if (!notified.ok) {
      alarms += 1;
      example ||= notified.findings[0]?.found ?? notified.refusal;
      continue;
    }
    const { given, family, phone, born } = narrative.who;
    const json = draftJson(notified.notification.draft);
    if ([`"${given}"`, `"${family}"`, phone, born].some((held) => json.includes(held))) leaks += 1;
  }
  return [
    {
      what: `Duty to Notify: narratives that name nobody, stopped in vain, of ${count} (at most ${100 * falseMost} %)`,
      figure: `${alarms}, ${((100 * alarms) / count).toFixed(1)} %${example ? `, as for “${example}”` : ''}`,
      passed: alarms / count <= falseMost,
    },
    {
      what: 'Duty to Notify: built ones that hold a name, number or birthday of the record',
      figure: `${leaks} of ${count - alarms}`,
      passed: leaks === 0,
    },
  ];
}

/** Some of what was written by hand leads to nobody alone, so not all of it need be stopped. */
const handLeast = 0.85;

const byHand = (what: string, set: Sentences, then: string): Row => {
  const { about, clean } = set;
  const identifying = Object.values(set.identifying).flat();
  const finds = (text: string): boolean => findIdentifying([{ field: 'text', text }], about, ['origin']).length > 0;
  const [stopped, alarms] = [identifying.filter(finds).length, clean.filter(finds).length];
  return {
    what: `Duty to Notify, ${what}: sentences that identify, stopped; sentences that do not, stopped in vain`,
    figure: `${stopped} of ${identifying.length}; ${alarms} of ${clean.length} (${then})`,
    passed: stopped / identifying.length >= handLeast && alarms / clean.length <= falseMost,
  };
};

/** The rows of `npm run assurance` for this module; the same seed gives the same rows. */
export async function assureNotify({ seed, quick }: { seed: number; quick: boolean }): Promise<Row[]> {
  const count = quick ? 390 : 2_600;
  return [
    ...plantedRows(seed, count).rows,
    ...plainRows(seed, count),
    byHand('written by hand before the check', sentences.first, 'at first sight: 128 of 130; 0 of 52'),
    byHand('written by hand after it', sentences.second, 'at first sight: 54 of 58; 1 of 30'),
    byHand('shorthand, dictation, tricks', sentences.third, 'at first sight: 76 of 87; 3 of 30'),
    byHand('accounts at the end of a shift', sentences.fourth, 'at first sight: 36 of 39; 5 of 80'),
    byHand(
      'what people are called, days and places in small letters',
      sentences.fifth,
      'at first sight: 21 of 35; 2 of 30',
    ),
  ];
}
