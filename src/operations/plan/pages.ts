/** The page of one of the premises. Its forms are in premises-form-pages.ts. */
import { dayOf } from '../../platform/clock.ts';
import type { CasePage, Cell, Section } from '../../platform/rendering/pages.ts';
import { longDay, weekdayOf } from '../../vocabulary/calendar/days.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { capital, listOf } from '../../vocabulary/languages/english.ts';
import { operationPaths, powerPaths, premisesPaths } from '../../vocabulary/paths/operations.ts';
import { visitPaths } from '../../vocabulary/paths/visits.ts';
import { wordsOf } from '../../vocabulary/value-words.ts';
import { type AdviceItem, adviceModel } from '../plan-check/advice-model.ts';
import type { Advice, Plan } from '../plan-check/entry-check.ts';
import type { Decision } from '../policy-log/decision.ts';
import { findPower, powerName } from '../powers-of-entry/load.ts';
import type { Partner } from '../weeks/operation.ts';
import { type PlanAccess, rowWithLink } from './plan-pages.ts';
import { nextStates, type Power } from './planned-power.ts';
import { formatHours, type VisitInPlan } from './planned-visit.ts';
import type { Premises } from './premises.ts';
import { getPowerStatus, getVisitStatus, listUses, type VisitRecords } from './visit-outcome.ts';

const text = (words: string) => ({ text: words });
const columns = (...names: string[]) => names.map(text);

const dwellingLabels: Record<Premises['dwelling'], string> = {
  yes: 'Somebody lives or sleeps there',
  no: 'Nobody lives or sleeps there',
  'not known': 'Not known whether somebody lives or sleeps there',
};

export type PremisesPageData = {
  readonly plan: Plan;
  readonly premises: Premises;
  readonly advice: readonly Advice[];
  readonly decisions: readonly Decision[];
  readonly sight: PlanAccess;
  readonly made: VisitRecords;
};

export type PremisesPage = CasePage & { readonly advice: readonly AdviceItem[] };

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'operations/plan/premises': PremisesPage;
  }
}

export function premisesPage(around: PremisesPageData, today: string): PremisesPage {
  const { plan, premises, advice, sight } = around;
  const { operation } = plan;
  return {
    title: premises.name,
    caption: `Premises in ${operation.codeName}`,
    back: { href: operationPaths.premises(operation.id), text: 'Premises and powers' },
    advice: adviceModel(advice, sight, operation.id).map((one) => ({ ...one, abouts: [] })),
    actions: sight.change
      ? [
          { href: premisesPaths.addVisit(premises.id), text: 'Plan a visit' },
          { href: premisesPaths.addPower(premises.id), text: 'Add a power of entry', secondary: true },
        ]
      : [],
    sections: [
      placeSection(around),
      powersSection(around, today),
      visitsSection(around, today),
      decisionsSection(around),
    ],
  };
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
      rowWithLink('Risks', premises.risks ?? 'Nothing written down', to(premisesPaths.risks)),
      rowWithLink(
        'Languages',
        premises.languages.length > 0 ? listOf(premises.languages) : 'English',
        to(premisesPaths.languages),
      ),
      rowWithLink('Interpreter', premises.interpreter ?? 'Nobody named', to(premisesPaths.languages)),
      rowWithLink(
        'Who can refer',
        referrer
          ? `${referrer.name}: ${premises.referrerOnCall}, ${premises.referrerContact ?? 'no contact written down'}`
          : 'Nobody named',
        to(premisesPaths.referrer),
      ),
      rowWithLink(
        'Immigration officers',
        premises.immigrationEntry ? capital(wordsOf(premises.immigrationEntry)) : 'Not decided',
        to(premisesPaths.immigration),
        premises.immigrationEntry ? 'Decide anew' : 'Decide',
      ),
    ],
  };
}

const decisionsSection = ({ premises, decisions, sight }: PremisesPageData): Section => ({
  kind: 'table',
  caption: 'Decisions about it',
  columns: columns('Decision', 'Reason', 'Alternative', 'Decided by', 'Written down'),
  rows: decisions.map(({ words, reason, alternative, decidedBy, recordedAt }) => [
    text(words),
    text(reason),
    text(alternative ?? 'none written down'),
    text(decidedBy),
    text(formatMoment(recordedAt)),
  ]),
  empty: 'No decision about this place is written down yet.',
  links: sight.named
    ? [
        {
          href: premisesPaths.history(premises.id),
          text: 'Earlier versions of this place, its powers and its visits',
        },
      ]
    : [],
});

function powersSection({ plan, premises, sight: { change, visits }, made }: PremisesPageData, today: string): Section {
  const powers = plan.powers.filter(({ premisesId }) => premisesId === premises.id);
  return {
    kind: 'table',
    id: 'powers',
    caption: 'Powers of entry',
    columns: columns(
      'Power',
      'State',
      'For',
      'Held by',
      'Reference',
      'Last day',
      'Used',
      'Names to accompany',
      ...(change ? ['Next', 'Correct'] : []),
    ),
    rows: powers.map((power) => {
      const rule = findPower(power.basis, power.decidedOn ?? today);
      const next = rule ? nextStates(power, rule) : [];
      const holder = plan.partners.find(({ id }) => id === power.holderId);
      return [
        text(powerName(power.basis)),
        getPowerStatus(power, made, today),
        text(power.purposes.join(', ') || 'not written down'),
        text([holder?.printedName, power.heldBy].filter(Boolean).join(', ') || 'nobody named'),
        text(power.reference ?? 'none'),
        text(power.expiresOn ? longDay(power.expiresOn) : 'none'),
        formatUse(power, made, visits),
        text(formatPartnerNames(plan.partners, power.accompanying)),
        ...(change
          ? [
              next.length > 0
                ? {
                    text: 'Next step',
                    hidden: `for ${powerName(power.basis)}`,
                    href: premisesPaths.nextPowerStep(premises.id, power.id),
                  }
                : text('no further step'),
              { text: 'Correct', hidden: powerName(power.basis), href: premisesPaths.power(premises.id, power.id) },
            ]
          : []),
      ];
    }),
    empty: change
      ? 'No power of entry yet. Add what lets the team in, be it a warrant, consent or a welfare visit.'
      : 'No power of entry yet.',
    links: [{ href: powerPaths.catalogue(), text: 'Guide to powers of entry' }],
  };
}

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
    columns: columns(
      'Day',
      'Time',
      'Team',
      'Turn',
      'Power',
      'State',
      'Reason',
      ...(sight.visits ? ['Visit'] : []),
      ...(change ? ['Move', 'Postpone', 'Call off'] : []),
    ),
    rows: visits.map((visit) => {
      const when = `${weekdayOf(visit.day)} ${longDay(visit.day)}`;
      const to = (path: (id: string, visit: string) => string, words: string) => ({
        text: words,
        hidden: `the visit on ${when} at ${visit.starts}`,
        href: path(premises.id, visit.id),
      });
      const over = made.has(visit.id) ? 'it was made' : visit.state === 'called off' ? 'stays called off' : undefined;
      return [
        text(when),
        text(formatHours(visit)),
        text(visit.teamName),
        text(visit.turn === null ? 'any' : String(visit.turn)),
        text(visit.basis ? powerName(visit.basis) : 'none chosen'),
        getVisitStatus(visit, made, today),
        text(visit.reason ?? ''),
        ...(sight.visits ? [{ text: 'Open', hidden: `the visit on ${when}`, href: visitPaths.visit(visit.id) }] : []),
        ...(change
          ? over
            ? [text(over), text(''), text('')]
            : [
                to(premisesPaths.moveVisit, visit.state === 'postponed' ? 'Plan again' : 'Move'),
                visit.state === 'postponed' ? text('postponed') : to(premisesPaths.postponeVisit, 'Postpone'),
                to(premisesPaths.callOffVisit, 'Call off'),
              ]
          : []),
      ];
    }),
    empty: change ? 'No visit yet. Plan the first.' : 'No visit yet.',
  };
}

export const formatVisitTitle = (visit: Pick<VisitInPlan, 'day' | 'starts' | 'teamName'>): string =>
  `${visit.teamName}, ${longDay(visit.day)} at ${visit.starts}`;
