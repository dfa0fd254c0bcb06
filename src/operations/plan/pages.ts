/** The page of one of the premises. Its forms are in premises-form-pages.ts. */
import { dayOf } from '../../platform/clock.ts';
import type { CasePage, Cell, PageAction, Section } from '../../platform/rendering/pages.ts';
import { countDone, type TaskList, toTaskItem } from '../../platform/rendering/task-list.ts';
import { longDay, weekdayOf } from '../../vocabulary/calendar/days.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { capital, listOf } from '../../vocabulary/languages/english.ts';
import {
  operationPaths,
  powerPaths,
  premisesPaths,
  warrantApplicationPaths,
} from '../../vocabulary/paths/operations.ts';
import { visitPaths } from '../../vocabulary/paths/visits.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { wordsOf } from '../../vocabulary/value-words.ts';
import { type AdviceItem, adviceModel } from '../plan-check/advice-model.ts';
import type { Advice, Plan } from '../plan-check/entry-check.ts';
import { planFilesSection } from '../plan-files/pages.ts';
import type { PlanFile } from '../plan-files/plan-file.ts';
import type { Decision } from '../policy-log/decision.ts';
import { findPower, powerName } from '../powers-of-entry/load.ts';
import type { Partner } from '../weeks/operation.ts';
import { dwellingLabels, type PlanAccess, rowWithLink } from './plan-pages.ts';
import { nextStates, type Power } from './planned-power.ts';
import { formatHours, type VisitInPlan } from './planned-visit.ts';
import type { Premises } from './premises.ts';
import { listPremisesTasks, type PremisesTask } from './premises-tasks.ts';
import { getPowerStatus, getVisitStatus, listUses, type VisitRecords } from './visit-outcome.ts';

const text = (words: string) => ({ text: words });
const columns = (...names: string[]) => names.map(text);
const actionColumn = (change: boolean): string[] => (change ? ['Actions'] : []);

export type PremisesPageData = {
  readonly plan: Plan;
  readonly premises: Premises;
  readonly advice: readonly Advice[];
  readonly decisions: readonly Decision[];
  readonly sight: PlanAccess;
  readonly made: VisitRecords;
  readonly files: readonly PlanFile[];
};

export type PremisesPage = CasePage & {
  readonly advice: readonly AdviceItem[];
  /** For those who may change the plan. */
  readonly tasks: TaskList | undefined;
};

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'operations/plan/premises': PremisesPage;
  }
}

export function premisesPage(around: PremisesPageData, today: string): PremisesPage {
  const { plan, premises, advice, sight } = around;
  const { operation } = plan;
  const tasks = listPremisesTasks(plan, premises, advice, today);
  return {
    title: premises.name,
    caption: `Premises in ${operation.codeName}`,
    back: { href: operationPaths.premises(operation.id), text: 'Premises and powers' },
    advice: adviceModel(advice, sight, operation.id).map((one) => ({ ...one, abouts: [] })),
    tasks: sight.change ? { title: countDone(tasks), items: tasks.map(toItem) } : undefined,
    actions: sight.change ? listActions(premises.id, tasks) : [],
    sections: [
      placeSection(around),
      powersSection(around, today),
      visitsSection(around, today),
      planFilesSection(around.files, {
        title: 'Files',
        add: sight.change ? premisesPaths.addFile(premises.id) : undefined,
      }),
      decisionsSection(around),
    ],
  };
}

const taskTitles: Record<PremisesTask['name'], string> = {
  risks: 'Risks',
  languages: 'Languages and interpreter',
  referrer: 'On-call first responder',
  immigration: 'Decision about immigration officers',
  power: 'Power of entry',
  visit: 'Visit',
};
const toItem = ({ name, state, href }: PremisesTask) => toTaskItem(taskTitles[name], state, href);

/** The next step first; a power and a visit can always be added. */
function listActions(id: string, tasks: readonly PremisesTask[]): PageAction[] {
  const next = tasks.find(({ state }) => state !== 'done');
  const always = [
    { href: premisesPaths.addVisit(id), text: 'Plan a visit', secondary: true },
    { href: premisesPaths.addPower(id), text: 'Add a power of entry', secondary: true },
  ];
  return [...(next ? [{ href: next.href, text: next.step }] : []), ...always.filter(({ href }) => href !== next?.href)];
}

function placeSection({ plan, premises, sight: { change } }: PremisesPageData): Section {
  const to = (path: (id: string) => string) => change && path(premises.id);
  const toChange = to(premisesPaths.change);
  const referrer = plan.agencies.find(({ id }) => id === premises.referrerId);
  const address = [premises.address, premises.town, premises.postcode].filter(Boolean).join(', ');
  return {
    kind: 'summary',
    title: 'The place',
    rows: [
      rowWithLink('Business', capital(premises.business), toChange),
      rowWithLink('Address', address, toChange),
      rowWithLink('Home', dwellingLabels[premises.dwelling], toChange),
      rowWithLink('Priority', capital(premises.priority), toChange),
      rowWithLink('Reason', premises.reason, toChange),
      rowWithLink('Risks', premises.risks ?? 'Not recorded', to(premisesPaths.risks)),
      rowWithLink(
        'Languages',
        premises.languages.length > 0 ? listOf(premises.languages) : 'Not known',
        to(premisesPaths.languages),
      ),
      rowWithLink('Interpreter', premises.interpreter ?? 'Nobody named', to(premisesPaths.languages)),
      rowWithLink(
        'On-call first responder',
        referrer
          ? `${referrer.name}: ${premises.referrerOnCall}, ${premises.referrerContact ?? 'no contact recorded'}`
          : 'Nobody named',
        to(premisesPaths.referrer),
      ),
      rowWithLink(
        'Immigration officers',
        premises.immigrationEntry ? capital(wordsOf(premises.immigrationEntry)) : 'Not decided',
        to(premisesPaths.immigration),
        premises.immigrationEntry ? 'Decide again' : 'Decide',
      ),
    ],
  };
}

const decisionsSection = ({ premises, decisions, sight }: PremisesPageData): Section => ({
  kind: 'table',
  caption: 'Decisions about this place',
  stack: true,
  columns: columns('Decision', 'Reason', 'Options considered', 'Decided by', 'Recorded'),
  rows: decisions.map(({ words, reason, alternative, decidedBy, recordedAt }) => [
    text(words),
    text(reason),
    text(alternative ?? 'none recorded'),
    text(decidedBy),
    text(formatMoment(recordedAt)),
  ]),
  empty: 'No decisions about this place yet.',
  links: sight.named
    ? [
        {
          href: premisesPaths.history(premises.id),
          text: 'See earlier versions of this place, its powers and its visits',
        },
      ]
    : [],
});

function powersSection(
  { plan, premises, sight: { change, visits, papers }, made }: PremisesPageData,
  today: string,
): Section {
  const powers = plan.powers.filter(({ premisesId }) => premisesId === premises.id);
  return {
    kind: 'table',
    id: 'powers',
    caption: 'Powers of entry',
    stack: true,
    columns: columns(
      'Power',
      'State',
      'Purpose',
      'Held by',
      'Named to accompany',
      'Last day',
      'Used',
      ...actionColumn(change),
    ),
    rows: powers.map((power) => {
      const rule = findPower(power.basis, power.decidedOn ?? today);
      const next = rule ? nextStates(power, rule) : [];
      const holder = plan.partners.find(({ id }) => id === power.holderId);
      const name = powerName(power.basis);
      return [
        text(describePower(power, rule?.kind === 'warrant')),
        getPowerStatus(power, made, today),
        text(power.purposes.join(', ') || 'not recorded'),
        text([holder?.printedName, power.heldBy].filter(Boolean).join(', ') || 'nobody named'),
        text(formatPartnerNames(plan.partners, power.accompanying)),
        text(power.expiresOn ? longDay(power.expiresOn) : 'none'),
        formatUse(power, made, visits),
        ...(change
          ? [
              {
                links: [
                  ...(next.length > 0
                    ? [
                        {
                          text: 'Next step',
                          hidden: `for ${name}`,
                          href: premisesPaths.nextPowerStep(premises.id, power.id),
                        },
                      ]
                    : []),
                  { text: 'Correct', hidden: name, href: premisesPaths.power(premises.id, power.id) },
                ],
              },
            ]
          : []),
      ];
    }),
    empty: change
      ? 'No power of entry yet. Add the first: a warrant, consent or a welfare visit.'
      : 'No power of entry yet.',
    links: [
      ...(papers ? listApplications(powers, today) : []),
      { href: powerPaths.catalogue(), text: 'Guide to powers of entry' },
    ],
  };
}

/** A warrant is applied for in writing: its text to work from. */
const listApplications = (powers: readonly Power[], today: string) =>
  powers
    .filter(({ basis, decidedOn }) => findPower(basis, decidedOn ?? today)?.kind === 'warrant')
    .map(({ id, basis, reference }) => ({
      href: warrantApplicationPaths.application(id),
      text: `Application text: ${[powerName(basis), reference].filter(Boolean).join(', ')}`,
    }));

/** "Search warrant (PACE section 8), W/2026/117, granted by St Albans magistrates’ court, one entry" */
const describePower = ({ basis, reference, grantedBy, entries, decidedOn }: Power, warrant: boolean): string =>
  [
    powerName(basis),
    reference,
    grantedBy && `granted by ${grantedBy}`,
    warrant && decidedOn && (entries === 'one' ? 'one entry' : `${entries} entries`),
  ]
    .filter(Boolean)
    .join(', ');

/** What a visit says of it goes before what the planner wrote down. */
function formatUse(power: Power, made: VisitRecords, open: boolean): Cell {
  const [visit] = listUses(power, made);
  if (visit) {
    const words = `${longDay(dayOf(visit.arrivedAt))}, as the visit says`;
    return open ? { text: words, href: visitPaths.visit(visit.id) } : text(words);
  }
  return text(power.executedAt ? `${longDay(dayOf(power.executedAt))}, no visit says so` : 'not yet');
}

export const formatPartnerNames = (partners: readonly Partner[], ids: readonly string[]): string =>
  listOf(partners.filter(({ id }) => ids.includes(id)).map(({ printedName }) => printedName)) || 'nobody';

function visitsSection({ plan, premises, sight, made }: PremisesPageData, today: string): Section {
  const { change } = sight;
  const visits = plan.visits.filter(({ premisesId }) => premisesId === premises.id);
  return {
    kind: 'table',
    id: 'visits',
    caption: 'Visits',
    stack: true,
    columns: columns('Visit', 'When', 'Team', 'Power', 'State', 'Reason', ...actionColumn(change)),
    rows: visits.map((visit) => {
      const reference = referenceOf('visit', visit.id);
      const when = `${weekdayOf(visit.day)} ${longDay(visit.day)}`;
      return [
        sight.visits ? { text: reference, hidden: `on ${when}`, href: visitPaths.visit(visit.id) } : text(reference),
        text(`${when}, ${formatHours(visit)}`),
        text(visit.turn === null ? visit.teamName : `${visit.teamName}, sequence ${visit.turn}`),
        text(visit.basis ? powerName(visit.basis) : 'none chosen'),
        getVisitStatus(visit, made, today, sight.waiting),
        text(visit.reason ?? 'none'),
        ...(change ? [visitActions(visit, `the visit on ${when} at ${visit.starts}`, made.has(visit.id))] : []),
      ];
    }),
    empty: change ? 'No visits yet. Plan the first.' : 'No visits yet.',
  };
}

/** A visit that was made or called off is not moved any more. */
function visitActions({ id, premisesId, state, jointReference }: VisitInPlan, hidden: string, made: boolean): Cell {
  if (state === 'called off' && !made) return text('stays called off');
  const to = (path: (premises: string, visit: string) => string, words: string) => ({
    text: words,
    hidden,
    href: path(premisesId, id),
  });
  const joint = to(premisesPaths.jointVisit, jointReference ? `Joint visit ${jointReference}` : 'Joint visit');
  if (made) return { links: [joint] };
  return {
    links: [
      to(premisesPaths.moveVisit, state === 'postponed' ? 'Plan again' : 'Move'),
      ...(state === 'postponed' ? [] : [to(premisesPaths.postponeVisit, 'Postpone')]),
      to(premisesPaths.callOffVisit, 'Call off'),
      joint,
    ],
  };
}

export const formatVisitTitle = (visit: Pick<VisitInPlan, 'day' | 'starts' | 'teamName'>): string =>
  `${visit.teamName}, ${longDay(visit.day)} at ${visit.starts}`;
