/** Routes of the cases on a meeting's list: put one on it, carry cases over, record a decision, add an action, take one off. Read, decide, change, answer. */
import { instantAt } from '../../platform/clock.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { Writer } from '../../platform/database/database.ts';
import { buttonRoute, formRoute } from '../../platform/forms/form-route.ts';
import { NothingAsked } from '../../platform/forms/forms.ts';
import { type App, may, type Request } from '../../platform/http/server.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { nations } from '../../vocabulary/calendar/working-days.ts';
import { type AgencyId, type MemberId, newTimelessId, type PersonId } from '../../vocabulary/ids.ts';
import { meetingPaths } from '../../vocabulary/paths/safeguarding/meetings.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { assignTask, createTask } from '../actions/action.ts';
import { byDay } from '../actions/due.ts';
import { taskFields } from '../actions/new-actions.ts';
import { addTask } from '../actions/store.ts';
import { caseReference } from '../case/frame.ts';
import { getPerson } from '../people/store.ts';
import * as pages from './form-pages.ts';
import { caseForm, DecisionForm, MeetingActionForm, MeetingCasePath, MeetingPath } from './forms.ts';
import { createMeetingCase, decideCase, type MeetingCase, type MeetingId } from './meeting.ts';
import { caseFields, meetingFields, readChoices } from './read-meeting.ts';
import * as store from './store.ts';

type By = Pick<MeetingCase, 'agencyId' | 'authorId' | 'addedAt'>;

const byOf = ({ actor, now }: Request): By => ({
  agencyId: actor.agencyId as AgencyId,
  authorId: actor.memberId as MemberId,
  addedAt: floorToHour(now),
});

/** Puts these people on the list. Nobody has said yet whether they know of this meeting. */
export async function carryOver(
  tx: Writer<store.MeetingTables>,
  keys: UnitKeys,
  meetingId: MeetingId,
  people: readonly PersonId[],
  by: By,
): Promise<void> {
  for (const personId of people) {
    const one = { id: newTimelessId<'case on a meeting'>(), meetingId, personId, ...by, knows: null, reason: null };
    await store.addMeetingCase(tx, keys, createMeetingCase(one));
  }
}

export async function meetingCaseRoutes(app: App, keys: UnitKeys): Promise<void> {
  await listRoutes(app, keys);
  await recordingRoutes(app, keys);
}

const readMeetingOf = (request: Request, keys: UnitKeys, id: MeetingId) =>
  store.getMeeting(request.look('case meeting.shown', id, { fields: meetingFields }), keys, id);

async function listRoutes(app: App, keys: UnitKeys): Promise<void> {
  formRoute(app, meetingPaths.addCase.route, {
    may: may('meeting case.add', MeetingPath),
    load: async (request) => {
      const meeting = await readMeetingOf(request, keys, request.params.id);
      const list = request.look('meeting cases.listed', meeting.id, { fields: ['personId'] });
      const there = new Set((await store.listMeetingCases(list, keys, meeting.id)).map(({ personId }) => personId));
      const newest = (await store.listNewestPeople(list)).filter((id) => !there.has(id));
      const found = await readChoices(request, keys, newest);
      const people = found.map(({ id, called }) => ({ id, name: `${called}, ${caseReference(id)}` }));
      return { meeting, people, id: newTimelessId<'case on a meeting'>() };
    },
    instead: ({ meeting }) => (meeting.closedAt ? meetingPaths.meeting(meeting.id) : undefined),
    form: ({ people }) => caseForm(people),
    page: ({ meeting, people, id }) => pages.addCasePage(meeting, people, id),
    saves: 'Case',
    event: 'meeting case.added',
    subject: (_, { id }) => id,
    details: (_, { personId }) => ({
      kind: 'collection',
      fields: ['personId', 'knows', 'reason'],
      ...(personId && { returned: [personId] }),
    }),
    change: async (tx, { meeting }, { id, personId, reference, knows, reason }, request) => {
      const [first, other] = personId ? [personId] : await store.listPeopleByReference(tx, reference ?? '');
      if (await store.isClosed(tx, meeting.id)) return refuse('closed already');
      if (!first || other) return refuse('no such case');
      const one = { id, meetingId: meeting.id, personId: first, ...byOf(request), knows, reason };
      await store.addMeetingCase(tx, keys, createMeetingCase(one));
      return accept(true);
    },
    refusals: {
      'no such case': { reference: 'You can read no case with this reference. Check it' },
      'closed already': pages.meetingErrors['closed already'],
    },
    next: (_, { meeting }) => meetingPaths.meeting(meeting.id),
  });

  buttonRoute(app, meetingPaths.carryOver.route, {
    may: may('meeting case.add', MeetingPath),
    load: async (request) => {
      const meeting = await readMeetingOf(request, keys, request.params.id);
      const list = request.look('meeting cases.listed', meeting.id, { fields: ['personId'] });
      const { previousId, closedAt, id } = meeting;
      const carried = previousId && !closedAt ? await store.listPeopleToCarryOver(list, previousId, id) : [];
      return { meeting, carried };
    },
    event: 'meeting cases.carried over',
    subject: ({ meeting }) => meeting.id,
    details: ({ carried }) => ({ kind: 'collection', fields: ['personId'], returned: carried }),
    change: async (tx, { meeting, carried }, _, request) => {
      if (await store.isClosed(tx, meeting.id)) return accept(false);
      await carryOver(tx, keys, meeting.id, carried, byOf(request));
      return accept(true);
    },
    next: (_, { meeting }) => meetingPaths.meeting(meeting.id),
  });
}

type CaseRequest = Request & { readonly params: { readonly id: MeetingCase['id'] } };

async function readCaseStart(request: CaseRequest, keys: UnitKeys): Promise<pages.CaseStart> {
  const list = request.look('meeting case.shown', request.params.id, { fields: caseFields });
  const one = await store.getMeetingCase(list, keys, request.params.id);
  const meeting = await readMeetingOf(request, keys, one.meetingId);
  const people = request.look('person.shown', one.personId, { fields: ['called'] });
  const { called } = await getPerson(people, keys, one.personId);
  return { meeting, one, called, reference: caseReference(one.personId) };
}

const ofCase = {
  subject: ({ one }: pages.CaseStart) => one.id,
  next: (_: unknown, { meeting }: pages.CaseStart) => meetingPaths.meeting(meeting.id),
};

async function recordingRoutes(app: App, keys: UnitKeys): Promise<void> {
  formRoute(app, meetingPaths.decide.route, {
    ...ofCase,
    may: may('meeting case.decide', MeetingCasePath),
    load: (request) => readCaseStart(request, keys),
    form: DecisionForm,
    page: pages.decisionPage,
    saves: 'Decision',
    event: 'meeting case.decided',
    details: ({ one }) => ({ fields: caseFields, returned: [one.personId] }),
    change: async (tx, { one, meeting }, decided, { actor, now }) => {
      const current = await store.lockMeetingCase(tx, keys, one.id);
      const later = await store.isClosed(tx, meeting.id);
      const entry = { by: actor.memberId as MemberId, at: floorToHour(now), later };
      await store.saveMeetingCase(tx, keys, decideCase(current, decided, entry));
      return accept(true);
    },
    refusals: {},
  });

  formRoute(app, meetingPaths.addAction.route, {
    ...ofCase,
    may: may('task.add', MeetingCasePath),
    load: (request) => readCaseStart(request, keys),
    form: MeetingActionForm,
    check: (_, { due }, { today }) => (due < today ? { due: 'Enter today or a later day' } : undefined),
    page: (start) => pages.meetingActionPage(start, newTimelessId()),
    saves: 'Action',
    event: 'tasks.added',
    subject: ({ one }) => one.personId,
    details: () => ({ kind: 'collection', fields: taskFields }),
    change: async (tx, { one }, { id, what, due, owner }, { actor, now, today }) => {
      const from = instantAt(today, '00:00');
      const when = { by: byDay(due), nation: nations[0], earliest: from, latest: from };
      const own = { agencyId: actor.agencyId as AgencyId, authorId: actor.memberId as MemberId };
      const at = { personId: one.personId, meetingId: one.meetingId };
      const addedAt = floorToHour(now);
      const task = createTask({ id, what, way: 'a thing to do', ...when, ...own, ...at, addedAt });
      const taken = owner === 'me' ? assignTask(task, own.authorId, addedAt) : accept(task);
      if (taken.ok) await addTask(tx, keys, taken.value);
      return taken;
    },
    refusals: { 'done already': {}, 'no ending of this': {} },
  });

  formRoute(app, meetingPaths.removeCase.route, {
    ...ofCase,
    may: may('meeting case.remove', MeetingCasePath),
    load: (request) => readCaseStart(request, keys),
    form: NothingAsked,
    page: pages.removeCasePage,
    event: 'meeting case.removed',
    details: ({ one }) => ({ kind: 'erasure', returned: [one.personId] }),
    change: async (tx, { one }) => ((await store.removeMeetingCase(tx, one.id)) ? accept(true) : refuse('stays')),
    refusals: {
      stays: { '': 'This case stays on the list: something was recorded of it, or another agency put it there' },
    },
  });
}
