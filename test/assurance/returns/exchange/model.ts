/** What a coordinator must find in an invented week, worked out from what was planted and from the visits that took place. It shares no code with the product. */
import { type Invented, type RealVisit, type Sender, type Sent, week } from './invented.ts';

export type Expected = {
  /** In the order of what was sent. */
  readonly verdicts: readonly string[];
  readonly states: ReadonlyMap<string, string>;
  readonly totals: ReadonlyMap<string, string>;
  readonly visitsByCountry: ReadonlyMap<string, number>;
};

const says = (one: Sent): string => JSON.stringify([one.variant, one.visits.map(({ id }) => id), one.nil]);

/** The verdict on each sound document of one sender, and the one that counts. */
function weigh(sound: readonly Sent[]): { counts: Sent | null; verdict: Map<Sent, string> } {
  const verdict = new Map<Sent, string>();
  const versions = [...new Set(sound.map(({ version }) => version))].sort((a, b) => b - a);
  let counts: Sent | null = null;
  for (const [place, version] of versions.entries()) {
    const copies = sound.filter((one) => one.version === version);
    if (new Set(copies.map(says)).size > 1) {
      for (const one of copies) verdict.set(one, 'contradiction');
      continue;
    }
    for (const one of copies) {
      const newerBefore = sound.some((other) => other.version > version && other.receivedAt < one.receivedAt);
      verdict.set(one, newerBefore ? 'older version' : 'replaced');
    }
    if (place > 0) continue;
    const [latest] = [...copies].sort((a, b) => b.issuedAt.localeCompare(a.issuedAt));
    if (latest) {
      counts = latest;
      verdict.set(latest, 'counts');
    }
  }
  return { counts, verdict };
}

function stateOf(all: readonly Sent[], sound: readonly Sent[], counts: Sent | null): string {
  if (sound.length > 0 && !counts) return 'contradictory';
  if (counts) {
    if (sound.every(({ receivedAt }) => receivedAt > week.deadline)) return 'late';
    return counts.nil ? 'nil' : 'received';
  }
  // Who sent something that nobody can lay at their door has sent nothing.
  const traced = all.filter(({ planted }) => !['bad signature', 'not a return', 'unknown key'].includes(planted));
  if (traced.length > 0) return 'not counted';
  return all.some(({ planted }) => planted === 'unknown key') ? 'key not registered' : 'missing';
}

/** Returns that are added: a country's own takes the place of its forces, a region's that of those in it. */
function listAdded(counted: ReadonlyMap<Sender, Sent>): Sent[] {
  const national = new Set(
    [...counted.keys()].filter(({ level }) => level === 'country').map(({ country }) => country),
  );
  const named = new Set([...counted.keys()].map(({ name }) => name));
  return [...counted].flatMap(([sender, sent]) => {
    if (sender.level !== 'country' && national.has(sender.country)) return [];
    return sender.partOf !== null && named.has(sender.partOf) ? [] : [sent];
  });
}

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((all, one) => all + one, 0);

/** Visits that took place, each once, however many came to it. */
const distinct = (added: readonly Sent[]): Set<RealVisit> => new Set(added.flatMap(({ visits }) => visits));

/** The most that it can be: every force's own number. */
function countArrests(added: readonly Sent[], unnamed: Invented['unnamed']): string {
  let [value, about] = [0, false];
  const here = new Set(added.map(({ sender }) => sender.name));
  const sentBy = new Map(added.map((sent) => [sent.sender, sent]));
  for (const visit of distinct(added)) {
    const recorded = [...visit.arrests].filter(
      ([name, many]) =>
        here.has(name) && many > 0 && added.some((one) => one.sender.name === name && one.visits.includes(visit)),
    );
    const numbers = recorded.map(([, many]) => many);
    value += sum(numbers);
    if (visit.reference !== null && numbers.length > 1) about = true;
  }
  for (const { visits, senders } of unnamed) {
    const [visit] = visits;
    const both = senders.map((sender) => sentBy.get(sender));
    if (visits.length > 1 || !visit || !both.every((sent) => sent?.visits.includes(visit))) continue;
    const having = both.filter(
      (sent) => sum((sent?.visits ?? []).map((one) => one.arrests.get(sent?.sender.name ?? '') ?? 0)) > 0,
    );
    if (having.length > 1) about = true;
  }
  return say(value, about ? 'about' : 'exact');
}

const say = (value: number, qualifier: string): string => `${qualifier} ${value}`;

/** People spoken to: nobody says how many both forces of a visit without a reference spoke to. */
function countSpokenTo(added: readonly Sent[], unnamed: Invented['unnamed']): string {
  const numberOf = (one: Sent): number => (one.nil ? 0 : one.sender.spokenTo + one.variant);
  const sentBy = new Map(added.map((sent) => [sent.sender, sent]));
  const about = unnamed.some(({ visits: [visit, other], senders }) => {
    if (other || !visit) return false;
    const both = senders.map((sender) => sentBy.get(sender));
    return both.every((sent) => sent?.visits.includes(visit) && numberOf(sent) > 0);
  });
  return say(sum(added.map(numberOf)), about ? 'about' : 'exact');
}

function countAdvised(added: readonly Sent[]): string {
  const given = added.map(({ sender: { advised }, nil }) => (advised === undefined ? undefined : nil ? 0 : advised));
  return say(sum(given.map((one) => one ?? 0)), given.some((one) => one !== 0) ? 'at least' : 'exact');
}

export function expect({ senders, sent, unnamed }: Invented): Expected {
  const verdicts = new Map<Sent, string>();
  const states = new Map<string, string>();
  const counted = new Map<Sender, Sent>();
  for (const one of sent) if (one.planted !== 'nothing') verdicts.set(one, one.planted);
  const bySender = Map.groupBy(sent, ({ sender }) => sender);
  for (const sender of senders) {
    const all = bySender.get(sender) ?? [];
    const sound = all.filter(({ planted }) => planted === 'nothing');
    const { counts, verdict } = weigh(sound);
    for (const [one, word] of verdict) verdicts.set(one, word);
    if (counts) counted.set(sender, counts);
    states.set(sender.name, stateOf(all, sound, counts));
  }
  const added = listAdded(counted);
  const visits = distinct(added).size;
  return {
    verdicts: sent.map((one) => verdicts.get(one) ?? 'none'),
    states,
    totals: new Map([
      ['visits.made', say(visits, 'exact')],
      ['premises.visited', say(visits, 'exact')],
      ['arrests.made', countArrests(added, unnamed)],
      ['people.spokenTo', countSpokenTo(added, unnamed)],
      ['people.advised', countAdvised(added)],
    ]),
    visitsByCountry: new Map(
      [...Map.groupBy(added, ({ sender }) => sender.country)].map(([country, here]) => [country, distinct(here).size]),
    ),
  };
}
