/** Advice as pages show it: alike is said once, with all the places it is said of, and each with the page that mends it. */
import { capital, countWord, listOf, plural } from '../../vocabulary/languages/english.ts';
import type { Advice, AdviceKind, AdviceRule, AdviceSubject } from './entry-check.ts';

const getSubjectPath = ({ of, id }: AdviceSubject): string =>
  of === 'premises' ? `/staff/premises/${id}` : of === 'team' ? `/staff/teams/${id}/edit` : `/staff/operations/${id}`;

/** What who reads may do about a plan: change it, say who takes part, decide. */
export type PlanPermissions = { readonly change: boolean; readonly leads: boolean; readonly decide: boolean };

type FixLink = readonly [who: keyof PlanPermissions, path: (advice: Advice) => string];
const toSubjectPath = (path: string) => (advice: Advice) => `${getSubjectPath(advice.about)}${path}`;
const moveVisitFix: FixLink = [
  'change',
  ({ about, visitId }) => `${getSubjectPath(about)}${visitId ? `/visits/${visitId}/move` : '#visits'}`,
];
const correctPowerFix: FixLink = [
  'change',
  ({ about, powerId }) => `${getSubjectPath(about)}${powerId ? `/powers/${powerId}` : '#powers'}`,
];
const editPremisesFix: FixLink = ['change', toSubjectPath('/edit')];
const editTeamFix: FixLink = ['leads', toSubjectPath('')];
const editPeopleFix: FixLink = ['leads', toSubjectPath('/people')];
const decideGoFix: FixLink = ['decide', toSubjectPath('/proceed')];

/** The page on which each finding can be fixed. */
const fixLinks: Record<AdviceRule, FixLink> = {
  'not in force': moveVisitFix,
  lapsed: moveVisitFix,
  'perhaps lapsed': correctPowerFix,
  'wrong holder': correctPowerFix,
  'a home': moveVisitFix,
  'perhaps a home': editPremisesFix,
  'wrong purpose': correctPowerFix,
  'outside its purpose': correctPowerFix,
  'nobody may execute it': moveVisitFix,
  'not named': correctPowerFix,
  'needs the occupier': moveVisitFix,
  'arises at the door': moveVisitFix,
  'not granted yet': ['change', (advice) => `${correctPowerFix[1](advice)}/next`],
  refused: moveVisitFix,
  'executed already': moveVisitFix,
  'executed too late': correctPowerFix,
  'no power': moveVisitFix,
  'by night': moveVisitFix,
  'no interpreter': ['change', toSubjectPath('/languages')],
  'no referrer': ['change', toSubjectPath('/referrer')],
  'immigration undecided': ['change', toSubjectPath('/immigration')],
  'immigration unrecorded': ['change', toSubjectPath('/immigration')],
  'immigration on the team': ['change', toSubjectPath('#visits')],
  'no visit': ['change', toSubjectPath('/visits/new')],
  'no order': ['change', toSubjectPath('#visits')],
  'one team in two places': editTeamFix,
  'one person in two teams': editTeamFix,
  'no lead': editTeamFix,
  'nobody on the team': editTeamFix,
  'cannot read the briefing': editTeamFix,
  'no longer takes part': editTeamFix,
  'outside the operation': moveVisitFix,
  'outside what the team sees': moveVisitFix,
  'before the briefing': moveVisitFix,
  'outside the week': ['leads', toSubjectPath('/edit')],
  'no go': decideGoFix,
  'no-go stands': decideGoFix,
  'no reception': editPeopleFix,
  'nobody reads notes': editPeopleFix,
};

/** The page that fixes a finding, if the member may use it. */
function findFix(advice: Advice, may: PlanPermissions): { name: string; href: string } | undefined {
  const [who, path] = fixLinks[advice.rule];
  return may[who] ? { name: advice.about.name, href: path(advice) } : undefined;
}

const readOnlyPermissions: PlanPermissions = { change: false, leads: false, decide: false };

/** Advice as the template shows it. */
export function adviceModel(advice: readonly Advice[], may: PlanPermissions = readOnlyPermissions) {
  const groups = new Map<string, Advice[]>();
  for (const one of advice) {
    const key = JSON.stringify([one.kind, one.what, one.cure]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((alike) => {
    const { kind, what, why, cure, source } = alike[0] as Advice;
    const abouts = new Map(alike.map(({ about }) => [about.id, about]));
    const mends = alike.flatMap((one) => findFix(one, may) ?? []);
    return {
      kind,
      word: capital(kind),
      what,
      why,
      cure,
      source,
      abouts: [...abouts.values()].map((about) => ({ name: about.name, href: getSubjectPath(about) })),
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
export const listObjections = (advice: readonly Advice[]): string[] =>
  advice
    .filter(({ kind }) => kind !== 'note')
    .map(({ kind, about, what }) => `${capital(kind)}, ${about.name}: ${what}`);
