/** The plan of an operation as people see it: advice first, then a picture of days and teams with its table, then the lists. */
import type { Decision } from '../decisions/index.ts';
import { standingGo } from '../decisions/index.ts';
import { momentOf } from '../platform/earlier.ts';
import { Asking } from '../platform/fields.ts';
import type { Answers, FormErrors } from '../platform/http.ts';
import { pageSize, pagesOf } from '../platform/paging.ts';
import type { Model } from '../platform/views.ts';
import { codeBOn, powerName } from '../powers/index.ts';
import { addDays, dayRange, daysBetween, longDay, shortDay, weekdayOf } from '../vocabulary/days.ts';
import { capital, countWord, listOf, plural } from '../vocabulary/english.ts';
import { bringsWords, partnerKind, standingOn, teamWindow } from '../weeks/index.ts';
import type { About, Advice, AdviceKind, Plan } from './entry-check.ts';
import { hoursOf, type VisitInPlan, type VisitState } from './planned-visit.ts';
import { type Power, type PowerState, stateOn } from './power-of-entry.ts';

export const powerTag: Record<PowerState | 'expired', string> = {
  planned: 'grey',
  'applied for': 'yellow',
  granted: 'green',
  refused: 'red',
  executed: 'blue',
  returned: 'blue',
  expired: 'red',
};
export const visitTag: Record<VisitState, string> = { planned: 'green', postponed: 'yellow', 'called off': 'grey' };
const priorityTag = { high: 'red', medium: 'yellow', low: 'grey' } as const;

const text = (words: string) => ({ text: words });
const columns = (...names: string[]) => names.map(text);
export const row = (key: string, value: string) => ({ key: text(key), value: text(value) });
export const rowWith = (key: string, value: string, href: string | false, change = 'Change') => ({
  ...row(key, value),
  ...(href && { actions: { items: [{ href, text: change, visuallyHiddenText: key.toLowerCase() }] } }),
});

const addressOf = ({ of, id }: About): string =>
  of === 'premises' ? `/staff/premises/${id}` : of === 'team' ? `/staff/teams/${id}/edit` : `/staff/operations/${id}`;

/** Advice as the template shows it: what is said alike of several places is said once, with all of them. */
export function adviceModel(advice: readonly Advice[]) {
  const groups = new Map<string, { readonly said: Advice; readonly abouts: Map<string, About> }>();
  for (const one of advice) {
    const key = JSON.stringify([one.kind, one.what, one.cure]);
    const group = groups.get(key) ?? { said: one, abouts: new Map() };
    groups.set(key, { ...group, abouts: group.abouts.set(one.about.id, one.about) });
  }
  return [...groups.values()].map(({ said: { kind, what, why, cure, source }, abouts }) => ({
    kind,
    word: capital(kind),
    what,
    why,
    cure,
    source,
    abouts: [...abouts.values()].map((about) => ({ name: about.name, href: addressOf(about) })),
  }));
}

/** "Two unlawful, one unwise, no notes" */
export function adviceCount(advice: readonly Advice[]): string {
  const of = (kind: AdviceKind) => advice.filter((one) => one.kind === kind).length;
  const notes = of('note');
  return capital(
    listOf([
      `${countWord(of('unlawful'))} unlawful`,
      `${countWord(of('unwise'))} unwise`,
      `${countWord(notes)} ${plural(notes, 'note')}`,
    ]),
  );
}

export type Sight = {
  /** Plans or commands this operation by name: sees targets and is advised. */
  readonly plan: boolean;
  /** May change what is planned. */
  readonly change: boolean;
  /** Plans for the agency that leads: says who takes part. */
  readonly leads: boolean;
  readonly decide: boolean;
  /** Teams that she is on now: their briefings are hers to read. */
  readonly teams: readonly string[];
};

export function planPage(
  plan: Plan,
  advice: readonly Advice[],
  sight: Sight,
  { page, today }: { readonly page: number; readonly today: string },
): Model {
  const { operation } = plan;
  const address = `/staff/operations/${operation.id}`;
  return {
    title: operation.codeName,
    caption: `Operation in ${operation.weekName}`,
    back: { href: '/staff/operations', text: 'Operations' },
    actions: [
      ...(sight.change ? [{ href: `${address}/premises/new`, text: 'Add premises' }] : []),
      ...(sight.leads ? [{ href: `${address}/teams/new`, text: 'Add a team', secondary: true }] : []),
      ...(sight.decide ? [{ href: `${address}/go`, text: 'Go or no-go', secondary: true }] : []),
      ...(sight.leads ? [{ href: `${address}/edit`, text: 'Change the operation', secondary: true }] : []),
      { href: `${address}/people`, text: 'Who takes part', secondary: true },
    ],
    sees: sight.plan,
    advice: adviceModel(advice),
    adviceTitle:
      advice.length > 0 ? `What this plan is told: ${adviceCount(advice).toLowerCase()}` : 'What this plan is told',
    sealed:
      !sight.plan &&
      sight.leads &&
      'You are not let into this operation by name, so its targets are closed to you. Under “Who takes part” you can let yourself in.',
    picture: plan.visits.length > 0 && pictureOf(plan),
    sections: [
      visitsSection(plan, sight),
      { kind: 'summary', id: 'facts', title: 'The operation', rows: factsOf(plan, today) },
      ...(sight.plan ? [premisesSection(plan, sight, today, page)] : []),
      teamsSection(plan, sight),
      partnersSection(plan),
      ...(sight.decide ? [decisionsSection(plan)] : []),
    ],
  };
}

function factsOf(plan: Plan, today: string) {
  const { operation } = plan;
  const go = standingGo(plan.decisions);
  const codeB = codeBOn(operation.startsOn);
  return [
    rowWith('Week', operation.weekName, `/staff/weeks/${operation.weekId}`, 'Open'),
    row('Local dates', `${dayRange(operation.startsOn, operation.endsOn)}: ${standingOn(operation, today)}`),
    row('Official dates', dayRange(operation.weekStartsOn, operation.weekEndsOn)),
    row('Area', operation.area),
    row('Led by', `${operation.unit}, ${operation.agencyName}`),
    row('Teams see their visits', dayRange(...teamWindow(operation))),
    ...(plan.decisions.length > 0 || go
      ? [row('Go or no-go', go ? `${capital(go.kind)}: ${go.decidedBy}, ${momentOf(go.recordedAt)}` : 'Not decided')]
      : []),
    ...(codeB ? [rowWith('Code for searches', codeB.name, '/staff/powers', 'Open')] : []),
  ];
}

const powerOf = (plan: Plan, visit: VisitInPlan): Power | undefined =>
  plan.powers.find(({ id }) => id === visit.powerId);

function visitsSection(plan: Plan, sight: Sight): Model {
  return {
    kind: 'table',
    id: 'visits',
    caption: 'Visits by day',
    columns: columns('Place', 'Town', 'Day', 'Time', 'Team', 'Power', 'State'),
    rows: plan.visits.map((visit) => [
      sight.plan
        ? { text: visit.premises.name, href: `/staff/premises/${visit.premisesId}` }
        : text(visit.premises.name),
      text(visit.premises.town),
      text(`${weekdayOf(visit.day)} ${shortDay(visit.day)}`),
      text(`${hoursOf(visit)}${visit.turn === null ? '' : `, turn ${visit.turn}`}`),
      text(visit.teamName),
      text(powerOf(plan, visit) ? powerName(powerOf(plan, visit)?.basis ?? '') : 'none chosen'),
      { text: visit.state, tag: visitTag[visit.state] },
    ]),
    empty: sight.change
      ? 'No visits yet. Open one of the premises and plan the first.'
      : 'You see no visit of this operation. A team sees its own, round the days of the operation.',
  };
}

function premisesSection(plan: Plan, sight: Sight, today: string, page: number): Model {
  const shown = plan.premises.slice((page - 1) * pageSize, page * pageSize);
  const address = `/staff/operations/${plan.operation.id}`;
  return {
    kind: 'table',
    id: 'premises',
    caption: 'Premises',
    columns: columns('Premises', 'Town', 'Business', 'Priority', 'Powers', 'Visits'),
    rows: shown.map((premises) => {
      const powers = plan.powers.filter(({ premisesId }) => premisesId === premises.id);
      const visits = plan.visits.filter(({ premisesId }) => premisesId === premises.id);
      return [
        { text: premises.name, href: `/staff/premises/${premises.id}` },
        text(premises.town),
        text(capital(premises.business)),
        { text: premises.priority, tag: priorityTag[premises.priority] },
        text(powers.map((power) => `${powerName(power.basis)}: ${stateOn(power, today)}`).join('; ') || 'none yet'),
        text(
          visits.map(({ day, state }) => `${shortDay(day)}${state === 'planned' ? '' : ` (${state})`}`).join(', ') ||
            'none yet',
        ),
      ];
    }),
    empty: sight.change
      ? 'No premises yet. Add the first: where it is, and in words why it should be visited.'
      : 'No premises yet. A planner adds them.',
    pages: pagesOf(page, pageSize, plan.premises.length, (to) => `${address}?page=${to}#premises`),
  };
}

function teamsSection(plan: Plan, sight: Sight): Model {
  const change = sight.leads ? ['Change'] : [];
  return {
    kind: 'table',
    id: 'teams',
    caption: 'Teams',
    columns: columns('Team', 'Lead', 'Members', 'Briefing', ...change),
    rows: plan.teams.map((team) => {
      const members = plan.members.filter(({ teamId }) => teamId === team.id);
      const lead = members.find(({ leads }) => leads);
      return [
        text(team.name),
        text(lead ? `${lead.title} ${lead.name}` : 'nobody yet'),
        text(
          members
            .map(({ title, name, printedName }) => `${title} ${name} (${printedName ?? 'no longer takes part'})`)
            .join(', ') || 'nobody yet',
        ),
        sight.plan || sight.teams.includes(team.id)
          ? { text: 'Briefing', hidden: `of ${team.name}`, href: `/staff/teams/${team.id}/briefing` }
          : text('for its team'),
        ...(sight.leads ? [{ text: 'Change', hidden: team.name, href: `/staff/teams/${team.id}/edit` }] : []),
      ];
    }),
    empty: sight.leads
      ? 'No teams yet. Let people in under “Who takes part”, then add the first team.'
      : 'No teams yet. The planner of the agency that leads makes them.',
  };
}

const partnersSection = (plan: Plan): Model => ({
  kind: 'table',
  id: 'partners',
  caption: 'Partners',
  columns: columns('Name as printed', 'Official name', 'Kind', 'Brings'),
  rows: plan.partners.map((partner) => [
    text(partner.printedName),
    text(partner.officialName),
    { text: partnerKind(partner), tag: partner.leads ? 'green' : 'grey' },
    text(bringsWords(partner.brings)),
  ]),
  empty: 'No partners yet.',
});

const decisionsSection = ({ operation, decisions }: Plan): Model => ({
  kind: 'table',
  id: 'decisions',
  caption: 'Policy log, the latest five',
  columns: columns('Decision', 'Kind', 'Decided by', 'Written down'),
  rows: decisions
    .slice(0, 5)
    .map((decision: Decision) => [
      text(decision.words),
      { text: decision.kind, tag: decision.kind === 'go' ? 'green' : decision.kind === 'no-go' ? 'red' : 'grey' },
      text(decision.decidedBy),
      text(momentOf(decision.recordedAt)),
    ]),
  empty: 'Nothing is written down yet.',
  links: [{ href: `/staff/operations/${operation.id}/decisions`, text: 'The whole policy log' }],
});

const label = 118;
const dayWidth = 118;
const head = 44;
const bar = 26;
const most = 21;

/** Days across, teams down, each visit a bar: in numbers for the drawing. Weeks that are longer show only days with visits. */
function pictureOf(plan: Plan) {
  const { startsOn, endsOn } = plan.operation;
  const busy = [...new Set(plan.visits.map(({ day }) => day))].sort();
  const first = [startsOn, busy[0] ?? startsOn].sort()[0] ?? startsOn;
  const last = [endsOn, busy.at(-1) ?? endsOn].sort()[1] ?? endsOn;
  const all = Array.from({ length: daysBetween(first, last) + 1 }, (_, index) => addDays(first, index));
  const days = all.length > most ? busy : all;
  let top = head;
  const rows = plan.teams.map((team) => {
    const visits = plan.visits.filter(({ teamId }) => teamId === team.id);
    const height = Math.max(1, ...days.map((day) => visits.filter((visit) => visit.day === day).length)) * bar + 12;
    const bars = days.flatMap((day, column) =>
      visits
        .filter((visit) => visit.day === day)
        .map((visit, index) => ({
          x: label + column * dayWidth + 4,
          y: top + 6 + index * bar,
          state: visit.state,
          words: `${visit.starts} ${shortened(visit.premises.name)}`,
          title: `${visit.premises.name}, ${longDay(visit.day)}, ${hoursOf(visit)}, ${visit.state}`,
        })),
    );
    const placed = { name: shortened(team.name, 13), y: top, middle: top + height / 2 + 5, height, bars };
    top += height;
    return placed;
  });
  return {
    width: label + days.length * dayWidth,
    height: top,
    bar: { width: dayWidth - 8, height: bar - 4 },
    days: days.map((day, column) => ({
      x: label + column * dayWidth,
      middle: label + column * dayWidth + dayWidth / 2,
      weekday: weekdayOf(day).slice(0, 3),
      date: shortDay(day),
      outside: day < startsOn || day > endsOn,
    })),
    dayWidth,
    head,
    rows,
    alternative: `Plan of ${plan.operation.codeName}: ${listOf(plan.teams.map(({ name }) => name))}, ${dayRange(first, last)}. The table below says the same in words.`,
  };
}

const shortened = (words: string, length = 9): string =>
  words.length > length ? `${words.slice(0, length - 1).trimEnd()}…` : words;

/** Go or no-go, with what the plan is told beside it. */
export function goPage(plan: Plan, advice: readonly Advice[], typed: Answers = {}, errors: FormErrors = {}): Model {
  const ask = new Asking(typed, errors);
  const address = `/staff/operations/${plan.operation.id}`;
  return {
    title: 'Go or no-go',
    caption: plan.operation.codeName,
    back: { href: address, text: plan.operation.codeName },
    advice: adviceModel(advice.filter(({ kind }) => kind !== 'note')),
    adviceTitle: 'What stands against it now',
    action: `${address}/go`,
    cancel: address,
    button: 'Write it down',
    errors,
    fields: [
      ask.one('kind', 'The decision', [
        { value: 'go', text: 'Go' },
        { value: 'no-go', text: 'No-go' },
      ]),
      ask.text('decidedBy', 'Who decided', { hint: 'Name and rank or job. They need no account.' }),
      ask.words('reason', 'Why'),
      ask.words('alternative', 'What else was weighed', { hint: 'Leave it empty if nothing was' }),
    ],
  };
}
