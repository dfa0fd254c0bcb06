/** Compares what is read from releases with facts written beside them: the score of `releases read`. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readForm, readRelease } from '../../../../src/newsroom/release-reading/index.ts';
import {
  type Claim,
  countOf,
  placeNamed,
  type Qualifier,
  type ReleaseFacts,
} from '../../../../src/newsroom/release-reading/parsed-release.ts';

type Stated = { readonly value: number | null; readonly qualifier?: string; readonly as_written?: string | null };
type StatedGroup = {
  readonly total?: Stated | null;
  readonly by_town?: Readonly<Record<string, Stated | null>> | null;
  readonly by_kind?: Readonly<Record<string, Stated | null>> | null;
};
type StatedPeople = {
  readonly count: number;
  readonly sex?: string | null;
  readonly age?: number | readonly number[] | null;
  readonly age_range?: readonly number[] | null;
  readonly home_town?: string | null;
  readonly as_written?: string | null;
};

/** The facts of one release, in the form that docs/release-reading.md describes. */
export type FileFacts = {
  readonly operations?: readonly string[];
  readonly window?: { readonly start: string | null; readonly end: string | null } | null;
  readonly premises_visited?: StatedGroup | null;
  readonly warrants_executed?: (Stated & Pick<StatedGroup, 'by_town'>) | null;
  readonly people_spoken_to?: StatedGroup | null;
  readonly officers?: Stated | null;
  readonly arrests?: (StatedGroup & { readonly people?: readonly StatedPeople[] }) | null;
  readonly victims?: {
    readonly total?: Stated | null;
    readonly adults?: Stated | null;
    readonly children?: Stated | null;
    readonly by_sex?: StatedGroup['by_town'];
    readonly by_town?: StatedGroup['by_town'];
  } | null;
  readonly safeguarding?: { readonly nrm_referrals?: Stated | null; readonly advice_given?: Stated | null } | null;
  readonly partners?: readonly (string | Stated)[];
  readonly contacts?: readonly {
    readonly who?: string;
    readonly number?: string | null;
    readonly url?: string | null;
  }[];
  readonly quotes?: readonly { readonly name: string | null }[];
  readonly signs?: { readonly count: number | null; readonly acceptable?: readonly number[] | null } | null;
  readonly other_figures?: readonly (Stated & { readonly what: string })[];
};

/** One thing that a release says: what a claim has to be like to be it. */
type Wanted = {
  readonly what: string;
  readonly fits: (claim: Claim) => boolean;
  /** How many claims are one such thing: a list of signs is as many as it has. */
  readonly times: number;
};

export type Score = {
  readonly file: string;
  readonly wanted: number;
  readonly right: number;
  readonly claimed: number;
  readonly missed: readonly string[];
  readonly wrong: readonly string[];
  readonly unread: number;
  readonly ms: number;
  readonly kinds: ReadonlyMap<string, KindScore>;
};

/** What was wanted, found and wrong of one kind of fact. */
export type KindScore = { wanted: number; right: number; wrong: number };

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[‘’]/g, "'")
    .replace(/\([^)]*\)/g, '')
    .replace(/^(?:the|operation|an) /g, '')
    .replace(/&/g, 'and')
    .replace(/[^\p{L}\d]+/gu, ' ')
    .trim();

const qualifierNames: Readonly<Record<string, readonly Qualifier[]>> = {
  exact: ['exact'],
  at_least: ['at least'],
  more_than: ['more than'],
  about: ['about'],
  almost: ['almost'],
  range: ['between', 'up to'],
};

const stated = (one: Stated | null | undefined): one is Stated & { value: number } =>
  one !== null && one !== undefined && typeof one.value === 'number' && (one.qualifier ?? 'exact') in qualifierNames;

const sameCount = (claim: Claim, { value, qualifier = 'exact' }: Stated): boolean => {
  const count = countOf(claim);
  return count !== null && count.value === value && (qualifierNames[qualifier] ?? []).includes(count.qualifier);
};

const placesOf = (claim: Claim): string[] => (placeNamed(claim) ?? []).map(plain);
/** The town of a fact is the town of the claim: "Burnley and Accrington together" is both. */
const inPlace = (claim: Claim, place: string | null): boolean => {
  const said = placesOf(claim);
  if (place === null) return !('town' in claim && claim.town);
  // "Devon and Cornwall" may be the name of one place.
  if (said.length === 1 && said[0] === plain(place)) return true;
  const wanted = place
    .replace(/ together$/, '')
    .split(/ and |, /)
    .map(plain);
  return said.length === wanted.length && wanted.every((name) => said.includes(name));
};

const victimWords = /victim|survivor|minor|child|girl|boy|people|person|wom[ae]n|m[ae]n\b|worker|adult|individual/;
const helped = new Set(['rescued', 'safeguarded', 'identified', 'supported', 'referred', 'spoken to']);

/** Every fact of a file that its text states with a value; what is derived or not given is not wanted. */
export function wantedOf(facts: FileFacts): Wanted[] {
  const all: Wanted[] = [];
  const want = (what: string, fits: Wanted['fits'], times = 1) => all.push({ what, fits, times });
  const group = (name: string, kind: (claim: Claim) => boolean, of: StatedGroup | null | undefined) => {
    if (stated(of?.total)) {
      const total = of.total;
      // All of them in one town are the total: "four homes in Denby".
      const [only, ...more] = Object.entries(of?.by_town ?? {}).filter(([, one]) => stated(one));
      const town = only && more.length === 0 && only[1]?.value === total.value ? only[0] : null;
      want(
        `${name} ${total.value} ${total.qualifier}`,
        (claim) =>
          kind(claim) && sameCount(claim, total) && (inPlace(claim, null) || (town !== null && inPlace(claim, town))),
      );
    }
    for (const [town, one] of Object.entries(of?.by_town ?? {}))
      if (stated(one))
        want(
          `${name} ${one.value} in ${town}`,
          (claim) => kind(claim) && sameCount(claim, one) && inPlace(claim, town),
        );
    for (const [sort, one] of Object.entries(of?.by_kind ?? {}))
      if (stated(one) && one.value !== of?.total?.value)
        want(`${name} ${one.value} of ${sort}`, (claim) => kind(claim) && sameCount(claim, one));
  };
  const treated =
    (...treatments: string[]) =>
    (claim: Claim) =>
      claim.kind === 'people' && treatments.includes(claim.treatment);

  for (const name of facts.operations ?? [])
    want(
      `operation ${name}`,
      (claim) => (claim.kind === 'operation' || claim.kind === 'unit') && plain(claim.name) === plain(name),
    );
  const { start, end } = facts.window ?? { start: null, end: null };
  if (start && end)
    want(`window ${start} to ${end}`, (claim) => claim.kind === 'window' && claim.from === start && claim.to === end);
  group('premises', (claim) => claim.kind === 'premises', facts.premises_visited);
  for (const [town, one] of Object.entries(facts.premises_visited?.by_town ?? {})) {
    // "a woman was arrested at an address in Bath" tells of one address.
    if (stated(one)) addressesToo(all, `premises ${one.value} in ${town}`, one.value, town);
  }
  group('spoken to', treated('spoken to', 'checked'), facts.people_spoken_to);
  group('arrests', (claim) => claim.kind === 'arrests', facts.arrests);
  const single = (name: string, one: Stated | null | undefined, kind: (claim: Claim) => boolean) => {
    if (stated(one)) want(`${name} ${one.value} ${one.qualifier}`, (claim) => kind(claim) && sameCount(claim, one));
  };
  const warrant = (claim: Claim) => (claim.kind === 'power' || claim.kind === 'premises') && claim.power === 'warrant';
  single('warrants', facts.warrants_executed, warrant);
  group('warrants', warrant, { by_town: facts.warrants_executed?.by_town ?? null });
  single('officers', facts.officers, (claim) => claim.kind === 'taking part' && claim.who === 'officers');
  // People who were rescued or safeguarded count as victims, by any word of the release.
  const victim = (claim: Claim) =>
    claim.kind === 'people' &&
    helped.has(claim.treatment) &&
    (/^(?:rescued|safeguarded)$/.test(claim.treatment) || victimWords.test(claim.who ?? 'people'));
  single('victims', facts.victims?.total, victim);
  group('victims', victim, { by_town: facts.victims?.by_town ?? null });
  single('adult victims', facts.victims?.adults, victim);
  single('child victims', facts.victims?.children, victim);
  single('referrals', facts.safeguarding?.nrm_referrals, treated('referred'));
  single('advised', facts.safeguarding?.advice_given, treated('advised'));
  for (const row of facts.arrests?.people ?? []) wantPerson(row, want);
  for (const one of facts.partners ?? []) {
    if (typeof one !== 'string' || /\(own\)/.test(one)) continue;
    want(`partner ${one}`, (claim) => claim.kind === 'partner' && samePartner(claim.name, one));
  }
  for (const { number, url } of facts.contacts ?? []) {
    const value = number ?? url;
    if (value) want(`contact ${value}`, (claim) => claim.kind === 'contact' && sameContact(claim.value, value));
  }
  for (const { name } of facts.quotes ?? [])
    if (name !== null)
      want(
        `quote ${name}`,
        (claim) => (claim.kind === 'officer' || claim.kind === 'speaker') && plain(claim.name) === plain(name),
      );
  const signs = facts.signs?.count ?? 0;
  if (signs > 0) want('signs', (claim) => claim.kind === 'sign', facts.signs?.acceptable?.at(-1) ?? signs);
  return all;
}

/** An arrest at so many addresses in a town says how many were visited there. */
function addressesToo(all: Wanted[], what: string, value: number, town: string): void {
  const at = all.findIndex((one) => one.what === what);
  const wanted = all[at];
  if (!wanted) return;
  const fits = (claim: Claim) =>
    wanted.fits(claim) || (claim.kind === 'arrests' && claim.addresses === value && inPlace(claim, town));
  all[at] = { ...wanted, fits };
}

function wantPerson(
  { count, sex = null, age = null, age_range = null, home_town = null }: StatedPeople,
  want: (what: string, fits: Wanted['fits'], times?: number) => void,
): void {
  const ages = typeof age === 'number' ? [age] : (age ?? []);
  const sexed = (claim: Claim) => sex === null || ('sex' in claim && claim.sex === sex);
  if (ages.length === 0 && age_range === null && home_town === null) {
    want(
      `arrested ${count} ${sex}`,
      (claim) => claim.kind === 'arrests' && sexed(claim) && countOf(claim)?.value === count,
    );
    return;
  }
  for (const one of ages.length > 0 ? ages : Array.from({ length: count }, () => null))
    want(
      `person arrested ${sex} ${one ?? age_range} ${home_town}`,
      (claim) =>
        claim.kind === 'person arrested' &&
        sexed(claim) &&
        (one === null || claim.age === one) &&
        (one !== null ||
          age_range === null ||
          (claim.ageRange?.[0] === age_range[0] && claim.ageRange?.[1] === age_range[1])) &&
        (home_town === null || plain(claim.home ?? '') === plain(home_town)),
    );
}

const samePartner = (read: string, wanted: string): boolean => {
  const [one, other] = [plain(read), plain(wanted)];
  const short = /\(([^)]+)\)/.exec(wanted)?.[1];
  return one === other || (short !== undefined && one === plain(short));
};

const sameContact = (read: string, wanted: string): boolean => {
  const digits = wanted.replace(/\D/g, '');
  if (/^[\d\s()+-]+$/.test(wanted)) return read === digits || read === digits.replace(/^44/, '0');
  const bare = (text: string) =>
    text
      .toLowerCase()
      .replace(/^https?:\/\//, '')
      .replace(/^www\./, '')
      .replace(/\/$/, '');
  return bare(read) === bare(wanted);
};

/** Kinds that no list of facts holds: they are neither right nor wrong here. */
const notJudged: ReadonlySet<Claim['kind']> = new Set(['published', 'unit', 'social', 'without a figure']);
const otherKinds: ReadonlySet<Claim['kind']> = new Set([
  'things',
  'taking part',
  'people',
  'premises',
  'power',
  'arrests',
]);

/** One reader of the facts: what was read against what is stated. A claim that fits no fact is wrong. */
export function score(file: string, facts: FileFacts, { claims, unread }: ReleaseFacts, ms: number): Score {
  const wanted = wantedOf(facts);
  const missed: string[] = [];
  const kinds = new Map<string, KindScore>();
  const kindOf = (name: string): KindScore => {
    const kind = kinds.get(name) ?? { wanted: 0, right: 0, wrong: 0 };
    kinds.set(name, kind);
    return kind;
  };
  let right = 0;
  const used = new Set<Claim>();
  const taken = new Set<Claim>();
  for (const { what, fits, times } of wanted) {
    const fitting = claims.filter((claim) => fits(claim) && !(claim.kind === 'person arrested' && taken.has(claim)));
    const [first] = fitting;
    const kind = kindOf(kindOfFact(what));
    kind.wanted += 1;
    if (first) {
      right += 1;
      kind.right += 1;
      if (first.kind === 'person arrested') {
        taken.add(first);
        used.add(first);
      } else for (const claim of fitting.slice(0, Math.max(times, fitting.length))) used.add(claim);
      if (times > 1 && fitting.length !== times) missed.push(`${what}: ${fitting.length} of ${times}`);
    } else missed.push(what);
  }
  const judged = claims.filter(
    (claim) =>
      !notJudged.has(claim.kind) &&
      !(claim.kind === 'power' && claim.count === null) &&
      !(claim.kind === 'partner' && claim.own),
  );
  const wrong = judged.filter((claim) => !used.has(claim) && !isStatedElsewhere(claim, facts));
  for (const claim of wrong) kindOf(kindOfClaim[claim.kind] ?? claim.kind).wrong += 1;
  return {
    file,
    wanted: wanted.length,
    right,
    claimed: judged.length,
    missed,
    wrong: wrong.map(
      (claim) => `${claim.line} ${JSON.stringify({ ...claim, part: undefined, again: undefined, line: undefined })}`,
    ),
    unread: unread.length,
    ms,
    kinds,
  };
}

const kindOfClaim: Partial<Record<Claim['kind'], string>> = { officer: 'quote', speaker: 'quote', sign: 'signs' };
const kindNames = [
  'operation',
  'window',
  'premises',
  'person arrested',
  'arrests',
  'partner',
  'contact',
  'quote',
  'signs',
];
const ofKind: Readonly<Record<string, string>> = { arrested: 'arrests', warrants: 'power', officers: 'taking part' };

/** The kind of claim that a wanted fact is: counts of people in all their treatments are one kind. */
const kindOfFact = (what: string): string =>
  kindNames.find((name) => what.startsWith(name)) ?? ofKind[/^\w+/.exec(what)?.[0] ?? ''] ?? 'people';

/** Figures that the facts list without a place of their own: the other figures, and people who were arrested in a row. */
function isStatedElsewhere(claim: Claim, facts: FileFacts): boolean {
  // A place that the facts do not name beside a figure is a wrong place.
  const all = plain(JSON.stringify(facts));
  if (!placesOf(claim).every((name) => all.includes(name))) return false;
  const rows = facts.arrests?.people ?? [];
  if (claim.kind === 'arrests') {
    const same = rows.filter(({ sex }) => claim.sex === null || sex === claim.sex);
    const total = same.reduce((sum, { count }) => sum + count, 0);
    const value = claim.count.value;
    // "five men, aged 20, 33, …" is one count and five rows.
    const together = Object.values(Object.groupBy(same, ({ as_written }) => as_written ?? ''));
    if (together.some((group) => (group ?? []).reduce((sum, { count }) => sum + count, 0) === value)) return true;
    if (same.some(({ count }) => count === value) || (value > 0 && value === total)) return true;
    const whole = facts.arrests?.total;
    return value === whole?.value && whole.qualifier === 'derived';
  }
  if (claim.kind === 'partner')
    return (facts.partners ?? []).some((one) => typeof one === 'string' && plain(one).startsWith(plain(claim.name)));
  // "Three men and two women were safeguarded": the facts derive five victims from them.
  if (claim.kind === 'people' && claim.quantity.kind === 'number' && isDerivedVictims(claim.quantity.value, facts))
    return true;
  if (claim.kind === 'people' && claim.quantity.kind !== 'number') return true;
  return otherKinds.has(claim.kind) && (facts.other_figures ?? []).some((one) => stated(one) && sameCount(claim, one));
}

const isDerivedVictims = (value: number, { victims }: FileFacts): boolean => {
  const { total, by_sex: bySex } = victims ?? {};
  return total?.qualifier === 'derived' && [total, ...Object.values(bySex ?? {})].some((one) => one?.value === value);
};

/** Reads every release of a folder that its facts.json speaks of. `only`: the beginnings of their names. */
export function scoreFolder(folder: string, only: readonly string[] = []): Score[] {
  const { files } = JSON.parse(readFileSync(join(folder, 'facts.json'), 'utf8')) as {
    files: Record<string, FileFacts>;
  };
  return readdirSync(folder)
    .filter(
      (name) => name.endsWith('.md') && files[name] && (only.length === 0 || only.some((one) => name.startsWith(one))),
    )
    .sort()
    .map((name) => {
      const source = readFileSync(join(folder, name));
      const started = performance.now();
      const reading = readForm(source, name);
      const facts = reading.ok ? readRelease(reading.value) : { claims: [], unread: [] };
      return score(name, files[name] ?? {}, facts, performance.now() - started);
    });
}
