/** Routes that set who is on call, keep the urgent page open and take an alert on. An area says its words, addresses, permissions and tables. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { instantAt } from '../clock.ts';
import type { AnyTables, Writer } from '../database/database.ts';
import { getMemberName, type MemberNames } from '../forms/correction.ts';
import { buttonRoute, formRoute } from '../forms/form-route.ts';
import { NothingAsked } from '../forms/forms.ts';
import { found } from '../http/problem.ts';
import { type App, may } from '../http/server.ts';
import type { ShiftAnswers } from './form.ts';
import type { Escalation, Ringing, Shift } from './on-call.ts';
import { endShiftPage, newShiftPage, type ShiftWords, shiftEndErrors, type UrgentWords, urgentPage } from './pages.ts';
import type { onCallStore } from './store.ts';

type Route = { readonly route: string };

/** What differs between areas. */
export type OnCallArea<OneShift extends Shift<string>, Answers extends ShiftAnswers> = {
  readonly shiftWords: ShiftWords;
  readonly urgentWords: UrgentWords;
  readonly escalation: Escalation;
  readonly paths: Readonly<Record<'addShift' | 'endShift' | 'takeOn', Route>> & {
    readonly urgent: Route & (() => string);
  };
  /** The page of what an alert is about. */
  readonly next: (id: string) => string;
  readonly actions: Readonly<Record<'set' | 'end' | 'readAlerts' | 'takeOn', string>>;
  /** Of the log. */
  readonly events: Readonly<Record<'set' | 'ended' | 'takenOn', string>>;
  readonly form: z.ZodType<Answers>;
  readonly newId: () => OneShift['id'];
  /** Who can be on call, and what to say of anybody else. */
  readonly members: (request: FastifyRequest) => Promise<readonly { readonly id: string; readonly name: string }[]>;
  readonly notMember: string;
  readonly names: (request: FastifyRequest, ids: readonly string[]) => Promise<MemberNames>;
  readonly store: ReturnType<typeof onCallStore<OneShift, Ringing<string>>>;
  readonly addShift: (tx: Writer<AnyTables>, shift: Shift<OneShift['id']>, answers: Answers) => Promise<void>;
  /** Those on call now, in the order in which they are alerted. */
  readonly onCallAt: (shifts: readonly OneShift[], now: Date) => readonly OneShift[];
};

export function onCallRoutes<OneShift extends Shift<string>, Answers extends ShiftAnswers>(
  app: App,
  area: OnCallArea<OneShift, Answers>,
): void {
  addShiftRoute(app, area);
  endShiftRoute(app, area);
  alertRoutes(app, area);
}

const ShiftPath = z.object({ id: z.uuid().toLowerCase() });

const timesOf = ({ startDay, starts, endDay, ends }: ShiftAnswers) => ({
  startsAt: instantAt(startDay, starts),
  endsAt: instantAt(endDay, ends),
});

function addShiftRoute<OneShift extends Shift<string>, Answers extends ShiftAnswers>(
  app: App,
  area: OnCallArea<OneShift, Answers>,
): void {
  formRoute(app, area.paths.addShift.route, {
    may: may(area.actions.set),
    load: async (request) => ({ members: await area.members(request), id: area.newId(), today: request.today }),
    form: area.form,
    check: ({ members }, answers, { now }) => {
      if (!members.some(({ id }) => id === answers.member)) return { member: area.notMember };
      const { startsAt, endsAt } = timesOf(answers);
      return endsAt <= startsAt || endsAt <= now ? shiftEndErrors : undefined;
    },
    page: ({ members, today }) => newShiftPage(area.shiftWords, members, today),
    event: area.events.set,
    subject: ({ id }) => id,
    change: async (tx, { id }, answers, { actor, now }) => {
      const by = { agencyId: actor.agencyId as AgencyId, setBy: actor.memberId as MemberId, setAt: now };
      const { member, reached } = answers;
      const shift = { id, memberId: member as MemberId, ...timesOf(answers), reached, ...by };
      return accept(await area.addShift(tx, shift, answers));
    },
    refusals: {},
    next: () => area.shiftWords.back.href,
  });
}

function endShiftRoute<OneShift extends Shift<string>, Answers extends ShiftAnswers>(
  app: App,
  area: OnCallArea<OneShift, Answers>,
): void {
  formRoute(app, area.paths.endShift.route, {
    may: may(area.actions.end, ShiftPath),
    load: async (request) => {
      const shifts = await area.store.listShifts(request.db, request.now);
      const shift = found(
        shifts.find(({ id }) => id === request.params.id),
        'turn',
      );
      return { shift, name: getMemberName(await area.names(request, [shift.memberId]), shift.memberId) };
    },
    form: NothingAsked,
    page: ({ shift, name }) => endShiftPage(area.shiftWords, shift, name),
    event: area.events.ended,
    subject: ({ shift }) => shift.id,
    change: async (tx, { shift }, _nothing, { now }) => accept(await area.store.endShift(tx, shift.id, now)),
    refusals: {},
    next: () => area.shiftWords.back.href,
  });
}

function alertRoutes<OneShift extends Shift<string>, Answers extends ShiftAnswers>(
  app: App,
  area: OnCallArea<OneShift, Answers>,
): void {
  app.get(area.paths.urgent.route, may(area.actions.readAlerts), async (request, reply) => {
    const ringing = await area.store.listRinging(request.db);
    const onCall = area.onCallAt(await area.store.listShifts(request.db, request.now), request.now);
    const names = await area.names(
      request,
      onCall.map(({ memberId }) => memberId),
    );
    const { memberId } = request.actor;
    return reply.page(
      'platform/urgent-page',
      urgentPage(area.urgentWords, area.escalation, ringing, onCall, names, memberId),
    );
  });

  buttonRoute(app, area.paths.takeOn.route, {
    may: may(area.actions.takeOn, ShiftPath),
    load: async ({ db, params }) => found(await area.store.findAlert(db, params.id), 'alert').id,
    event: area.events.takenOn,
    subject: (id) => id,
    change: async (tx, id, _nothing, { actor, now }) =>
      (await area.store.takeOn(tx, id, actor.memberId as MemberId, floorToHour(now)))
        ? accept(true)
        : refuse('taken on'),
    // A member who is too late sees what still rings.
    refused: () => area.paths.urgent(),
    next: (_, id) => area.next(id),
  });
}
