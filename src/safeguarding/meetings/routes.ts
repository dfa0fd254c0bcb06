/** Routes of meetings about cases: the list, the page for running one, minutes to print; call, change, close and correct one. Read, decide, change, answer. */
import { createHash } from 'node:crypto';
import { listAgencies, listMembers } from '../../identity/agencies/index.ts';
import { listOperations } from '../../operations/weeks/index.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { NothingAsked } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, may, type Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { paperPage } from '../../platform/paper/paper-page.ts';
import { formatPrinter } from '../../platform/paper/staff-paper.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { type AgencyId, type MemberId, newTimelessId, type PersonId } from '../../vocabulary/ids.ts';
import { meetingPaths } from '../../vocabulary/paths/safeguarding/meetings.ts';
import { accept } from '../../vocabulary/result.ts';
import { readNames } from '../case/read-names.ts';
import { keeperRoles } from '../shared-policy.ts';
import { carryOver, meetingCaseRoutes } from './case-routes.ts';
import * as pages from './form-pages.ts';
import {
  attendanceForm,
  CorrectionForm,
  type MeetingChoices,
  MeetingPath,
  meetingForm,
  NewMeetingQuery,
} from './forms.ts';
import { closeMinutes, correctMinutes, createMeeting, type Meeting, planMeeting, recordAttendance } from './meeting.ts';
import { minutesPaper, minutesVersion } from './minutes.ts';
import { type MeetingRights, meetingPage, meetingsPage } from './pages.ts';
import { meetingFields, readMeeting } from './read-meeting.ts';
import * as store from './store.ts';

export async function meetingRoutes(app: App, { keys }: AreaParts): Promise<void> {
  await readingRoutes(app, keys);
  await callingRoutes(app, keys);
  await changingRoutes(app, keys);
  await closingRoutes(app, keys);
  await meetingCaseRoutes(app, keys);
}

const rightsOf = (request: Request, meeting: Meeting): MeetingRights => ({
  changes: request.can('case meeting.change') && meeting.agencyId === request.actor.agencyId,
  chairs: request.can('case meeting.change') && meeting.chairId === request.actor.memberId,
  addsCases: request.can('meeting case.add'),
  decides: request.can('meeting case.decide'),
  addsActions: request.can('task.add'),
  endsActions: request.can('task.change'),
  agencyId: request.actor.agencyId,
  calls: request.can('case meeting.call'),
});

/** The same papers have the same fingerprint, and others have another. */
const fingerprintOf = (paper: object): string =>
  createHash('sha256').update(JSON.stringify(paper)).digest('hex').slice(0, 12);

async function readingRoutes(app: App, keys: UnitKeys): Promise<void> {
  app.get(meetingPaths.meetings.route, may('case meeting.read'), async (request, reply) => {
    const db = request.look('case meetings.listed', null, { fields: ['day', 'agencyId', 'chairId', 'closedAt'] });
    const all = await store.listMeetings(db);
    request.returned(all.map(({ id }) => id));
    const named = await readNames(
      request,
      all.map(({ chairId }) => chairId),
    );
    const shown = { calls: request.can('case meeting.call'), today: request.today };
    return reply.sections(meetingsPage(all, named, shown));
  });

  app.get(meetingPaths.meeting.route, may('case meeting.read', MeetingPath), async (request, reply) => {
    const file = await readMeeting(request, keys, request.params.id);
    return reply.case(meetingPage(file, rightsOf(request, file.meeting), request.now));
  });

  app.get(meetingPaths.minutes.route, may('case meeting.read', MeetingPath), async (request, reply) => {
    const file = await readMeeting(request, keys, request.params.id);
    const { meeting } = file;
    const paper = minutesPaper(file, request.now);
    const about = `${paper.about}. Fingerprint ${fingerprintOf(paper)}`;
    const stamp = { ...minutesVersion(file), printedBy: formatPrinter(request.actor) };
    return reply.page(
      'platform/paper',
      paperPage({
        paper: { ...paper, about },
        back: { href: meetingPaths.meeting(meeting.id), text: `Meeting on ${longDay(meeting.day)}` },
        stamp,
        state: meeting.closedAt
          ? { kind: 'good', title: 'Closed', text: 'Print this page. Copies with the same fingerprint say the same.' }
          : { kind: 'waiting', title: 'Open', text: 'The chair has not closed these minutes. They can still change.' },
        make: undefined,
        pdf: undefined,
        guide: undefined,
        related: undefined,
        versions: [],
      }),
    );
  });
}

/** Whom and what the form of a meeting can name: support agencies, chairs of this agency, and the member’s operations. */
async function readMeetingChoices(request: Request): Promise<MeetingChoices> {
  const { agencies, chairs } = await request.under('agency.read', async (db) => {
    const { agencyId } = request.actor;
    const members = await listMembers(db, { agencyIds: [agencyId] });
    return {
      agencies: (await listAgencies(db)).filter(({ id, side }) => side === 'help' && id !== agencyId),
      chairs: members.filter(({ roles }) => keeperRoles.some((role) => roles.includes(role))),
    };
  });
  const operations = request.can('operation.read')
    ? (await request.under('operation.read', (db) => listOperations(db)))
        .filter(({ id }) => request.actor.operations.includes(id))
        .map(({ id, codeName }) => ({ id: id as string, name: codeName }))
    : [];
  return { agencies, chairs, operations };
}

type Known = pages.MeetingStart & { readonly people: readonly PersonId[] };

async function callingRoutes(app: App, keys: UnitKeys): Promise<void> {
  formRoute(app, meetingPaths.add.route, {
    may: may('case meeting.call', undefined, NewMeetingQuery),
    load: async (request): Promise<Known> => {
      const id = newTimelessId();
      const { from: fromId } = request.query;
      const known = { chairId: request.actor.memberId as MemberId };
      if (!fromId) return { ...(await readMeetingChoices(request)), id, known, carried: 0, people: [] };
      const db = request.look('case meeting.shown', fromId, { fields: meetingFields });
      const from = await store.getMeeting(db, keys, fromId);
      const people = await store.listPeopleToCarryOver(db, fromId, null);
      request.returned(people);
      const { time, place, invited, operationId, nextDay } = from;
      const others = [...invited, from.agencyId].filter((agency) => agency !== request.actor.agencyId);
      const repeated = { ...known, time, place, operationId, invited: others, ...(nextDay && { day: nextDay }) };
      return { ...(await readMeetingChoices(request)), id, from, known: repeated, carried: people.length, people };
    },
    form: meetingForm,
    page: pages.newMeetingPage,
    saves: 'Meeting',
    event: 'case meeting.called',
    subject: (_, { id }) => id,
    details: ({ people }) => ({ kind: 'collection', fields: meetingFields, returned: people }),
    change: async (tx, { from, people }, plan, { actor, now }) => {
      const own = { agencyId: actor.agencyId as AgencyId, authorId: actor.memberId as MemberId };
      const calledAt = floorToHour(now);
      const meeting = createMeeting({ ...plan, ...own, calledAt, previousId: from?.id ?? null });
      if (await store.addMeeting(tx, keys, meeting))
        await carryOver(tx, keys, meeting.id, people, { ...own, addedAt: calledAt });
      return accept(true);
    },
    refusals: {},
    next: (_, __, { id }) => meetingPaths.meeting(id),
  });
}

/** The meeting, if the reader’s agency called it; not found for an invited agency. */
async function readOwnMeeting(request: Request & { readonly params: { readonly id: Meeting['id'] } }, keys: UnitKeys) {
  const db = request.look('case meeting.shown', request.params.id, { fields: meetingFields });
  const meeting = await store.getMeeting(db, keys, request.params.id);
  if (meeting.agencyId !== request.actor.agencyId) throw notFound('meeting');
  return meeting;
}

/** What the forms that change a meeting have in common. */
const changing = <Known extends { readonly meeting: Meeting }>() =>
  ({
    may: may('case meeting.change', MeetingPath),
    saves: 'Meeting',
    subject: ({ meeting }: Known) => meeting.id,
    refusals: pages.meetingErrors,
    next: (_: unknown, { meeting }: Known) => meetingPaths.meeting(meeting.id),
    instead: ({ meeting }: Known) => (meeting.closedAt ? meetingPaths.meeting(meeting.id) : undefined),
  }) as const;

type KnownMeeting = { readonly meeting: Meeting };
type KnownPlan = KnownMeeting & pages.MeetingStart;
type KnownAgencies = KnownMeeting & Pick<MeetingChoices, 'agencies'>;

async function changingRoutes(app: App, keys: UnitKeys): Promise<void> {
  formRoute(app, meetingPaths.edit.route, {
    ...changing<KnownPlan>(),
    load: async (request) => {
      const meeting = await readOwnMeeting(request, keys);
      const choices = await readMeetingChoices(request);
      return { ...choices, meeting, known: meeting, id: meeting.id, carried: 0 };
    },
    form: meetingForm,
    page: (known) => pages.editMeetingPage(known, known.meeting),
    event: 'case meeting.changed',
    details: () => ({ fields: ['day', 'time', 'place', 'chairId', 'operationId', 'invited'] }),
    change: async (tx, { meeting }, { id: _, ...plan }) => {
      const changed = planMeeting(await store.lockMeeting(tx, keys, meeting.id), plan);
      if (changed.ok) await store.saveMeeting(tx, keys, changed.value);
      return changed;
    },
  });

  formRoute(app, meetingPaths.attendance.route, {
    ...changing<KnownAgencies>(),
    load: async (request) => {
      const meeting = await readOwnMeeting(request, keys);
      const { agencies } = await readNames(request, []);
      const ids = [meeting.agencyId, ...meeting.invited];
      return {
        meeting,
        agencies: ids.map((id) => ({ id: id as string, name: agencies.get(id)?.name ?? 'an agency' })),
      };
    },
    form: ({ agencies }) => attendanceForm(agencies),
    page: ({ meeting, agencies }) => pages.attendancePage(meeting, agencies),
    event: 'case meeting.attendance recorded',
    details: () => ({ fields: ['agenciesPresent', 'present', 'apologies', 'nextDay'] }),
    change: async (tx, { meeting }, attendance) => {
      const changed = recordAttendance(await store.lockMeeting(tx, keys, meeting.id), attendance);
      if (changed.ok) await store.saveMeeting(tx, keys, changed.value);
      return changed;
    },
  });
}

async function closingRoutes(app: App, keys: UnitKeys): Promise<void> {
  formRoute(app, meetingPaths.close.route, {
    ...changing<KnownMeeting>(),
    load: async (request) => ({ meeting: await readOwnMeeting(request, keys) }),
    form: NothingAsked,
    page: ({ meeting }) => pages.closePage(meeting),
    event: 'case meeting.closed',
    details: () => ({ fields: ['closedAt', 'closedBy'] }),
    change: async (tx, { meeting }, _, { actor, now }) => {
      const current = await store.lockMeeting(tx, keys, meeting.id);
      const closed = closeMinutes(current, actor.memberId as MemberId, floorToHour(now));
      if (closed.ok) await store.saveMeeting(tx, keys, closed.value);
      return closed;
    },
  });

  formRoute(app, meetingPaths.correct.route, {
    ...changing<KnownMeeting>(),
    instead: ({ meeting }) => (meeting.closedAt ? undefined : meetingPaths.meeting(meeting.id)),
    load: async (request) => ({ meeting: await readOwnMeeting(request, keys) }),
    form: CorrectionForm,
    page: ({ meeting }) => pages.correctionPage(meeting),
    event: 'case meeting.corrected',
    details: () => ({ fields: ['corrections'] }),
    change: async (tx, { meeting }, { words }, { actor, now }) => {
      const entry = { words, by: actor.memberId as MemberId, at: floorToHour(now) };
      const corrected = correctMinutes(await store.lockMeeting(tx, keys, meeting.id), entry);
      if (corrected.ok) await store.saveMeeting(tx, keys, corrected.value);
      return corrected;
    },
  });
}
