/** Advice as pages show it: alike is said once, with all the places it is said of, and each with the page that mends it. */

import { withQuery } from '../../platform/rendering/paging.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { countWord, listOf, plural } from '../../vocabulary/languages/english.ts';
import { operationPaths, premisesPaths, teamPaths } from '../../vocabulary/paths/operations.ts';
import { alikeKey, findingOf, mayAcknowledge } from './acknowledgement.ts';
import type { Advice, AdviceKind, AdviceRule, AdviceSubject } from './entry-check.ts';

const getSubjectPath = ({ of, id }: AdviceSubject): string =>
  of === 'premises' ? premisesPaths.premises(id) : of === 'team' ? teamPaths.change(id) : operationPaths.operation(id);

/** What the reader may do about a plan: change it, say who takes part, record a decision, let it go ahead. */
export type PlanPermissions = {
  readonly change: boolean;
  readonly leads: boolean;
  readonly decide: boolean;
  readonly go: boolean;
};

type FixLink = readonly [who: keyof PlanPermissions, path: (advice: Advice) => string];
/** A page of the record that the finding is about. */
const to =
  (path: (id: string) => string) =>
  ({ about }: Advice) =>
    path(about.id);
const seeVisits = ({ about }: Advice) => `${getSubjectPath(about)}#visits`;
const correctPower = ({ about, powerId }: Advice) =>
  powerId ? premisesPaths.power(about.id, powerId) : `${getSubjectPath(about)}#powers`;
const nextPowerStep = ({ about, powerId }: Advice) =>
  powerId ? premisesPaths.nextPowerStep(about.id, powerId) : `${getSubjectPath(about)}#powers`;
const moveVisitFix: FixLink = [
  'change',
  (advice) =>
    advice.visitId ? premisesPaths.moveVisit(advice.premisesId ?? advice.about.id, advice.visitId) : seeVisits(advice),
];
const correctPowerFix: FixLink = ['change', correctPower];
const editPremisesFix: FixLink = ['change', to(premisesPaths.change)];
const editTeamFix: FixLink = ['leads', to(teamPaths.change)];
const editPeopleFix: FixLink = ['leads', to(operationPaths.people)];
const decideGoFix: FixLink = ['go', to(operationPaths.goDecision)];

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
  'not granted yet': ['change', nextPowerStep],
  refused: moveVisitFix,
  'executed already': moveVisitFix,
  'further entry': correctPowerFix,
  'executed too late': correctPowerFix,
  'executed before the grant': correctPowerFix,
  'past its last day': moveVisitFix,
  'no power': moveVisitFix,
  'consent refused before': moveVisitFix,
  'by night': moveVisitFix,
  'no interpreter': ['change', to(premisesPaths.languages)],
  'no referrer': ['change', to(premisesPaths.referrer)],
  'immigration undecided': ['change', to(premisesPaths.immigration)],
  'immigration unrecorded': ['change', to(premisesPaths.immigration)],
  'immigration on the team': ['change', seeVisits],
  'home not known': editPremisesFix,
  'no visit': ['change', to(premisesPaths.addVisit)],
  'no order': ['change', seeVisits],
  'one team in two places': moveVisitFix,
  'one person in two teams': editTeamFix,
  'no lead': editTeamFix,
  'nobody on the team': editTeamFix,
  'cannot read the briefing': editTeamFix,
  'no longer takes part': editTeamFix,
  'outside the operation': moveVisitFix,
  'outside what the team sees': moveVisitFix,
  'before the briefing': moveVisitFix,
  'seen at once': ['leads', to(operationPaths.setBriefingTime)],
  'outside the week': ['leads', to(operationPaths.change)],
  'no go': ['decide', to(operationPaths.goDecision)],
  'no-go stands': decideGoFix,
  'visit added': decideGoFix,
  'no reception': editPeopleFix,
  'nobody reads notes': editPeopleFix,
  'helper reads no notes': editPeopleFix,
  'partner not accepted': editPeopleFix,
  'partner declined': editPeopleFix,
  'member does not come': editTeamFix,
  'no agreement on file': editPeopleFix,
  'risks not recorded': ['change', to(premisesPaths.risks)],
};

/** The page that fixes a finding, if the member may use it. */
export function findFix(advice: Advice, may: PlanPermissions): NamedLink | undefined {
  const [who, path] = fixLinks[advice.rule];
  return may[who] ? { name: advice.about.name, href: path(advice) } : undefined;
}

const readOnlyPermissions: PlanPermissions = { change: false, leads: false, decide: false, go: false };

type NamedLink = { readonly name: string; readonly href: string; readonly together?: true };

/** The form that acknowledges a warning, for members who decide. */
const findAcknowledgement = (
  advice: Advice,
  operationId: string | undefined,
  may: PlanPermissions,
): NamedLink | undefined =>
  operationId && may.decide && mayAcknowledge(advice)
    ? { name: advice.about.name, href: operationPaths.acknowledgeWarning(operationId, findingOf(advice)) }
    : undefined;

/** "Acknowledged by Supt Marlow, 10 September 2026 at 9am: the reason" */
const describeAcknowledgement = ({ decidedBy, recordedAt, reason }: NonNullable<Advice['acknowledged']>): string =>
  `Acknowledged by ${decidedBy}, ${formatMoment(recordedAt)}: ${reason}`;

/** What was found, as the templates show it: of which records, and where each is fixed. */
export type AdviceItem = Pick<Advice, 'kind' | 'what' | 'why' | 'cure' | 'source'> & {
  readonly word: string;
  readonly abouts: readonly NamedLink[];
  readonly mends: readonly NamedLink[];
  /** Where it can be acknowledged: one form for all records that it is about. */
  readonly acknowledges: readonly NamedLink[];
  /** Who acknowledged it, when and why; undefined while it is open. */
  readonly acknowledged: string | undefined;
};

/** Advice as the template shows it: what is open first, then what was acknowledged. Without an operation nothing can be acknowledged there. */
export function adviceModel(
  advice: readonly Advice[],
  may: PlanPermissions = readOnlyPermissions,
  operationId?: string,
): AdviceItem[] {
  const items = groupAlike(advice).map((alike) => toAdviceItem(alike, may, operationId));
  return [...items.filter(({ acknowledged }) => !acknowledged), ...items.filter(({ acknowledged }) => acknowledged)];
}

function groupAlike(advice: readonly Advice[]): Advice[][] {
  const groups = new Map<string, Advice[]>();
  for (const one of advice) {
    const key = alikeKey(one);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

const byAddress = (links: readonly NamedLink[]): NamedLink[] => [
  ...new Map(links.map((link) => [link.href, link])).values(),
];

/** One reason for all that are alike. The page of one of the premises acknowledges its warning alone. */
function acknowledgeTogether(links: readonly NamedLink[]): NamedLink[] {
  const [first, ...more] = byAddress(links);
  if (!first || more.length === 0) return first ? [first] : [];
  return [{ name: `all ${countWord(more.length + 1)}`, href: withQuery(first.href, { alike: 'yes' }), together: true }];
}

function toAdviceItem(alike: readonly Advice[], may: PlanPermissions, operationId: string | undefined): AdviceItem {
  const { kind, what, why, cure, source, acknowledged } = alike[0] as Advice;
  const abouts = new Map(alike.map(({ about }) => [about.id, about]));
  return {
    kind,
    word: acknowledged ? `Acknowledged ${kind === 'note' ? 'note' : 'warning'}` : adviceWords[kind],
    what,
    why,
    cure,
    ...(source && { source }),
    abouts: [...abouts.values()].map((about) => ({ name: about.name, href: getSubjectPath(about) })),
    mends: acknowledged ? [] : byAddress(alike.flatMap((one) => findFix(one, may) ?? [])),
    acknowledges: acknowledged
      ? []
      : acknowledgeTogether(alike.flatMap((one) => findAcknowledgement(one, operationId, may) ?? [])),
    acknowledged: acknowledged && describeAcknowledgement(acknowledged),
  };
}

/** The kinds of findings, as pages and the policy log call them. */
export const adviceWords: Record<AdviceKind, string> = { unlawful: 'Unlawful', unwise: 'Risk', note: 'Note' };

/** "two unlawful, one risk and one note": what there is, and no noughts. */
function adviceCount(advice: readonly Advice[]): string {
  const open = advice.filter(({ acknowledged }) => !acknowledged);
  const of = (kind: AdviceKind) => open.filter((one) => one.kind === kind).length;
  const [risks, notes] = [of('unwise'), of('note')];
  const parts = [
    [of('unlawful'), 'unlawful'],
    [risks, plural(risks, 'risk')],
    [notes, plural(notes, 'note')],
    [advice.length - open.length, 'acknowledged'],
  ] as const;
  return listOf(parts.filter(([count]) => count > 0).map(([count, word]) => `${countWord(count)} ${word}`));
}

export const adviceTitle = (advice: readonly Advice[]): string =>
  advice.length > 0 ? `Checks of this plan: ${adviceCount(advice)}` : 'Checks of this plan';

/** Checks that speak against a decision. The decision keeps their wording. */
export const listObjections = (advice: readonly Advice[]): string[] =>
  advice
    .filter(({ kind }) => kind !== 'note')
    .map(({ kind, about, what, acknowledged }) => {
      const words = `${adviceWords[kind]}, ${about.name}: ${what}`;
      return acknowledged ? `${words} Acknowledged by ${acknowledged.decidedBy}.` : words;
    });
