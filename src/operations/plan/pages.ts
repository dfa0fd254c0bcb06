/** Pages about one of the premises, and its forms. Those of powers and visits are in entry-pages.ts. */

import type { Agency } from '../../identity/agencies/index.ts';
import { dayOf } from '../../platform/clock.ts';
import { type Field, FieldBuilder } from '../../platform/forms/fields.ts';
import type { Answers, FormErrors } from '../../platform/http/server.ts';
import type { Model } from '../../platform/rendering/views.ts';
import { longDay, weekdayOf } from '../../vocabulary/calendar/days.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { capital, listOf } from '../../vocabulary/languages/english.ts';
import { adviceModel } from '../plan-check/advice-model.ts';
import type { Advice, Plan } from '../plan-check/entry-check.ts';
import type { Decision } from '../policy-log/decision.ts';
import { findPower, powerName } from '../powers-of-entry/load.ts';
import type { OperationInWeek, Partner } from '../weeks/operation.ts';
import { type PlanAccess, rowWithLink } from './plan-pages.ts';
import { nextStates, type Power } from './planned-power.ts';
import { formatHours, type VisitInPlan } from './planned-visit.ts';
import { businesses, dwellings, immigrationEntries, mayRefer, type Premises, priorities } from './premises.ts';
import { getPowerStatus, getVisitStatus, listUses, type VisitRecords } from './visit-outcome.ts';

const text = (words: string) => ({ text: words });
const columns = (...names: string[]) => names.map(text);
export const premisesPath = (premises: Pick<Premises, 'id'>, more = ''): string =>
  `/staff/premises/${premises.id}${more}`;

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

export function premisesPage(around: PremisesPageData, today: string): Model {
  const { plan, premises, advice, decisions, sight } = around;
  const { operation } = plan;
  const { change } = sight;
  const to = (more: string) => change && premisesPath(premises, more);
  const referrer = plan.agencies.find(({ id }) => id === premises.referrerId);
  return {
    title: premises.name,
    caption: `Premises in ${operation.codeName}`,
    back: { href: `/staff/operations/${operation.id}#premises`, text: operation.codeName },
    advice: adviceModel(advice, sight).map((one) => ({ ...one, abouts: [] })),
    actions: change
      ? [
          { href: premisesPath(premises, '/visits/new'), text: 'Plan a visit' },
          { href: premisesPath(premises, '/powers/new'), text: 'Add a power of entry', secondary: true },
        ]
      : [],
    sections: [
      {
        kind: 'summary',
        title: 'The place',
        rows: [
          rowWithLink('Business', capital(premises.business), to('/edit')),
          rowWithLink(
            'Address',
            [premises.address, premises.town, premises.postcode].filter(Boolean).join(', '),
            to('/edit'),
          ),
          rowWithLink('Home', dwellingLabels[premises.dwelling], to('/edit')),
          rowWithLink('Priority', capital(premises.priority), to('/edit')),
          rowWithLink('Reason', premises.reason, to('/edit')),
          rowWithLink('Risks', premises.risks ?? 'Nothing written down', to('/risks')),
          rowWithLink(
            'Languages',
            premises.languages.length > 0 ? listOf(premises.languages) : 'English',
            to('/languages'),
          ),
          rowWithLink('Interpreter', premises.interpreter ?? 'Nobody named', to('/languages')),
          rowWithLink(
            'Who can refer',
            referrer
              ? `${referrer.name}: ${premises.referrerOnCall}, ${premises.referrerContact ?? 'no contact written down'}`
              : 'Nobody named',
            to('/referrer'),
          ),
          rowWithLink(
            'Immigration officers',
            premises.immigrationEntry ? capital(premises.immigrationEntry) : 'Not decided',
            to('/immigration'),
            premises.immigrationEntry ? 'Decide anew' : 'Decide',
          ),
        ],
      },
      powersSection(around, today),
      visitsSection(around, today),
      {
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
                href: premisesPath(premises, '/history'),
                text: 'Earlier versions of this place, its powers and its visits',
              },
            ]
          : [],
      },
    ],
  };
}

function powersSection({ plan, premises, sight: { change, visits }, made }: PremisesPageData, today: string): Model {
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
      const here = premisesPath(premises, `/powers/${power.id}`);
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
                ? { text: 'Next step', hidden: `for ${powerName(power.basis)}`, href: `${here}/next` }
                : text('no further step'),
              { text: 'Correct', hidden: powerName(power.basis), href: here },
            ]
          : []),
      ];
    }),
    empty: change
      ? 'No power of entry yet. Add what lets the team in, be it a warrant, consent or a welfare visit.'
      : 'No power of entry yet.',
    links: [{ href: '/staff/powers', text: 'What each power allows' }],
  };
}

/** What a visit says of it goes before what the planner wrote down. */
function formatUse(power: Power, made: VisitRecords, open: boolean) {
  const [visit] = listUses(power, made);
  if (visit) {
    const words = `${longDay(dayOf(visit.arrivedAt))}, as the visit says`;
    return open ? { text: words, href: `/staff/visits/${visit.id}` } : text(words);
  }
  return text(power.executedAt ? `${longDay(dayOf(power.executedAt))}, no visit says so` : 'not yet');
}

export const formatPartnerNames = (partners: readonly Partner[], ids: readonly string[]): string =>
  listOf(partners.filter(({ id }) => ids.includes(id)).map(({ printedName }) => printedName)) || 'nobody';

function visitsSection({ plan, premises, sight, made }: PremisesPageData, today: string): Model {
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
      const to = (what: string, words: string) => ({
        text: words,
        hidden: `the visit on ${when} at ${visit.starts}`,
        href: premisesPath(premises, `/visits/${visit.id}/${what}`),
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
        ...(sight.visits ? [{ text: 'Open', hidden: `the visit on ${when}`, href: `/staff/visits/${visit.id}` }] : []),
        ...(change
          ? over
            ? [text(over), text(''), text('')]
            : [
                to('move', visit.state === 'postponed' ? 'Plan again' : 'Move'),
                visit.state === 'postponed' ? text('postponed') : to('postpone', 'Postpone'),
                to('call-off', 'Call off'),
              ]
          : []),
      ];
    }),
    empty: change ? 'No visit yet. Plan the first.' : 'No visit yet.',
  };
}

/** A form of one of the premises: where it leads back to, and what it is called. */
export const premisesFormModel = (
  premises: Premises,
  title: string,
  path: string,
  errors: FormErrors,
  more: Model,
): Model => ({
  title,
  caption: premises.name,
  back: { href: premisesPath(premises), text: premises.name },
  action: premisesPath(premises, path),
  cancel: premisesPath(premises),
  errors,
  ...more,
});
export const baseField = (ask: FieldBuilder, base: number): Field => ask.hidden('base', String(base));

export function premisesFormPage(
  operation: OperationInWeek,
  { premises, base = 0 }: { readonly premises?: Premises; readonly base?: number },
  typed: Answers = {},
  errors: FormErrors = {},
): Model {
  const ask = new FieldBuilder(typed, errors);
  const fields = [
    ask.choose('business', 'Kind of business', businesses, { value: premises?.business }),
    ask.text('name', 'Name of the premises', {
      value: premises?.name,
      hint: 'As it stands over the door, or as you call it',
    }),
    ask.text('address', 'Address', { value: premises?.address }),
    ask.text('town', 'Town', { value: premises?.town, hint: 'A release says no more than the town' }),
    ask.text('postcode', 'Postcode', { value: premises?.postcode, classes: 'govuk-input--width-10' }),
    ask.one('dwelling', 'Does somebody live or sleep there?', dwellings, {
      value: premises?.dwelling,
      hint: 'Some powers stop at a home',
    }),
    ask.one('priority', 'Priority', priorities, { value: premises?.priority, classes: 'govuk-radios--inline' }),
    ask.words('reason', 'Why it should be visited', {
      value: premises?.reason,
      hint: 'What could be observed there. Do not record what people say about themselves, or their health. Nationality, sex and language are never a ground.',
    }),
    baseField(ask, base),
  ];
  if (premises) return premisesFormModel(premises, 'Change the place', '/edit', errors, { fields });
  const address = `/staff/operations/${operation.id}`;
  return {
    title: 'Add premises',
    caption: operation.codeName,
    back: { href: address, text: operation.codeName },
    lead: [
      'Only planners and commanders of this operation see it. A team sees it from its briefing on, when a visit to it is planned for them.',
    ],
    action: `${address}/premises/new`,
    cancel: address,
    button: 'Add the premises',
    errors,
    fields,
  };
}

export function risksPage(premises: Premises, base: number, typed: Answers = {}, errors: FormErrors = {}): Model {
  const ask = new FieldBuilder(typed, errors);
  return premisesFormModel(premises, 'Risks', '/risks', errors, {
    lead: ['For the team and for the people who are there: dogs, doors, stairs, fire, weapons, children, illness.'],
    fields: [
      ask.words('risks', 'What to look out for', { value: premises.risks, rows: 8, most: 4_000 }),
      baseField(ask, base),
    ],
  });
}

export function languagesPage(premises: Premises, base: number, typed: Answers = {}, errors: FormErrors = {}): Model {
  const ask = new FieldBuilder(typed, errors);
  return premisesFormModel(premises, 'Languages and interpreter', '/languages', errors, {
    lead: ['So that people can understand and be understood. A language is never a reason to visit.'],
    fields: [
      ask.words('languages', 'Languages that may be needed', {
        value: premises.languages.join('\n'),
        hint: 'One to a line',
        rows: 3,
      }),
      ask.text('interpreter', 'Interpreter', {
        value: premises.interpreter,
        hint: 'Name, or telephone service and number. Not anybody from the premises.',
      }),
      baseField(ask, base),
    ],
  });
}

export function referrerPage(
  premises: Premises,
  agencies: readonly Agency[],
  base: number,
  typed: Answers = {},
  errors: FormErrors = {},
): Model {
  const ask = new FieldBuilder(typed, errors);
  const able = agencies.filter(mayRefer);
  return premisesFormModel(premises, 'Who can refer from here', '/referrer', errors, {
    lead: [
      'An organisation of the help side that can refer a person without telling police or immigration: a council, or a voluntary first responder.',
      ...(able.length === 0
        ? ['No such organisation is in the partnership yet. An administrator adds its agency.']
        : []),
    ],
    closed: able.length === 0,
    fields: [
      ask.choose(
        'referrerId',
        'Organisation',
        able.map(({ id, name, kind }) => ({ value: id, text: `${name} (${kind})` })),
        { value: premises.referrerId },
      ),
      ask.text('referrerOnCall', 'Person on call', { value: premises.referrerOnCall }),
      ask.text('referrerContact', 'How to reach them', {
        value: premises.referrerContact,
        hint: 'At the hour of the visit',
      }),
      baseField(ask, base),
    ],
    more: { href: premisesPath(premises, '/no-referrer'), text: 'There is nobody: somebody decides to go without' },
  });
}

export const decisionFields = (ask: FieldBuilder, alternative: string, hint?: string): Field[] => [
  ask.text('decidedBy', 'Who decided', { hint: 'Name and rank or job. They need no account.' }),
  ask.words('reason', 'Why'),
  ask.words('alternative', alternative, hint ? { hint } : {}),
];

export function noReferrerPage(premises: Premises, base: number, typed: Answers = {}, errors: FormErrors = {}): Model {
  const ask = new FieldBuilder(typed, errors);
  return premisesFormModel(premises, 'Go without anybody who can refer', '/no-referrer', errors, {
    warning:
      'People who fear police or immigration will have nobody here to ask. This decision is kept in the policy log.',
    button: 'Write the decision down',
    fields: [...decisionFields(ask, 'What people will be offered instead'), baseField(ask, base)],
  });
}

export function immigrationPage(premises: Premises, base: number, typed: Answers = {}, errors: FormErrors = {}): Model {
  const ask = new FieldBuilder(typed, errors);
  return premisesFormModel(premises, 'Immigration officers', '/immigration', errors, {
    lead: ['Decided for each place, never out of habit. What people dare to say depends on it.'],
    button: 'Write the decision down',
    fields: [
      ask.one('immigrationEntry', 'Whether and when they come in', immigrationEntries, {
        value: premises.immigrationEntry,
      }),
      ...decisionFields(ask, 'The alternative that was weighed'),
      baseField(ask, base),
    ],
  });
}

export const formatVisitTitle = (visit: Pick<VisitInPlan, 'day' | 'starts' | 'teamName'>): string =>
  `${visit.teamName}, ${longDay(visit.day)} at ${visit.starts}`;
