/** Advice as pages show it: alike is said once, with all the places it is said of, and each with the page that mends it. */
import { capital, countWord, listOf, plural } from '../../vocabulary/languages/english.ts';
import type { About, Advice, AdviceKind, Rule } from './entry-check.ts';

const addressOf = ({ of, id }: About): string =>
  of === 'premises' ? `/staff/premises/${id}` : of === 'team' ? `/staff/teams/${id}/edit` : `/staff/operations/${id}`;

/** What who reads may do about a plan: change it, say who takes part, decide. */
export type Mending = { readonly change: boolean; readonly leads: boolean; readonly decide: boolean };

type Cure = readonly [who: keyof Mending, path: (advice: Advice) => string];
const here = (path: string) => (advice: Advice) => `${addressOf(advice.about)}${path}`;
const moves: Cure = [
  'change',
  ({ about, visitId }) => `${addressOf(about)}${visitId ? `/visits/${visitId}/move` : '#visits'}`,
];
const correctsPower: Cure = [
  'change',
  ({ about, powerId }) => `${addressOf(about)}${powerId ? `/powers/${powerId}` : '#powers'}`,
];
const place: Cure = ['change', here('/edit')];
const team: Cure = ['leads', here('')];
const people: Cure = ['leads', here('/people')];
const go: Cure = ['decide', here('/proceed')];

/** The page on which each finding can be fixed. */
const cures: Record<Rule, Cure> = {
  'not in force': moves,
  lapsed: moves,
  'perhaps lapsed': correctsPower,
  'wrong holder': correctsPower,
  'a home': moves,
  'perhaps a home': place,
  'wrong purpose': correctsPower,
  'outside its purpose': correctsPower,
  'nobody may execute it': moves,
  'not named': correctsPower,
  'needs the occupier': moves,
  'arises at the door': moves,
  'not granted yet': ['change', (advice) => `${correctsPower[1](advice)}/next`],
  refused: moves,
  'executed already': moves,
  'executed too late': correctsPower,
  'no power': moves,
  'by night': moves,
  'no interpreter': ['change', here('/languages')],
  'no referrer': ['change', here('/referrer')],
  'immigration undecided': ['change', here('/immigration')],
  'immigration unrecorded': ['change', here('/immigration')],
  'immigration on the team': ['change', here('#visits')],
  'no visit': ['change', here('/visits/new')],
  'no order': ['change', here('#visits')],
  'one team in two places': team,
  'one person in two teams': team,
  'no lead': team,
  'nobody on the team': team,
  'cannot read the briefing': team,
  'no longer takes part': team,
  'outside the operation': moves,
  'outside what the team sees': moves,
  'before the briefing': moves,
  'outside the week': ['leads', here('/edit')],
  'no go': go,
  'no-go stands': go,
  'no reception': people,
  'nobody reads notes': people,
};

/** The page that fixes a finding, if the member may use it. */
function mendOf(advice: Advice, may: Mending): { name: string; href: string } | undefined {
  const [who, path] = cures[advice.rule];
  return may[who] ? { name: advice.about.name, href: path(advice) } : undefined;
}

const readsOnly: Mending = { change: false, leads: false, decide: false };

/** Advice as the template shows it. */
export function adviceModel(advice: readonly Advice[], may: Mending = readsOnly) {
  const groups = new Map<string, Advice[]>();
  for (const one of advice) {
    const key = JSON.stringify([one.kind, one.what, one.cure]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((alike) => {
    const { kind, what, why, cure, source } = alike[0] as Advice;
    const abouts = new Map(alike.map(({ about }) => [about.id, about]));
    const mends = alike.flatMap((one) => mendOf(one, may) ?? []);
    return {
      kind,
      word: capital(kind),
      what,
      why,
      cure,
      source,
      abouts: [...abouts.values()].map((about) => ({ name: about.name, href: addressOf(about) })),
      mends: [...new Map(mends.map((mend) => [mend.href, mend])).values()],
    };
  });
}

/** "two unlawful, one unwise and one note": what there is, and no noughts. */
function adviceCount(advice: readonly Advice[]): string {
  const of = (kind: AdviceKind) => advice.filter((one) => one.kind === kind).length;
  const notes = of('note');
  const parts = [
    [of('unlawful'), 'unlawful'],
    [of('unwise'), 'unwise'],
    [notes, plural(notes, 'note')],
  ] as const;
  return listOf(parts.filter(([count]) => count > 0).map(([count, word]) => `${countWord(count)} ${word}`));
}

export const adviceTitle = (advice: readonly Advice[]): string =>
  advice.length > 0 ? `Checks of this plan: ${adviceCount(advice)}` : 'Checks of this plan';

/** Checks that speak against a decision. The decision keeps their wording. */
export const standingAgainst = (advice: readonly Advice[]): string[] =>
  advice
    .filter(({ kind }) => kind !== 'note')
    .map(({ kind, about, what }) => `${capital(kind)}, ${about.name}: ${what}`);
