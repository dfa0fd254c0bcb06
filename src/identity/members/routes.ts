/** The members of one's own agency: who is here, their roles, and until when. Read, decide, change, answer. */
import { z } from 'zod';
import { instantAt } from '../../platform/clock.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import { addDays } from '../../vocabulary/calendar/days.ts';
import type { MemberId } from '../../vocabulary/ids.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { mayHold } from '../agencies/member.ts';
import { endMember, memberTerms } from '../agencies/store.ts';
import { LeaveForm, MoveForm, PeopleQuery, StayForm } from './forms.ts';
import { memberErrors } from './invitation-pages.ts';
import { listInvitations } from './invitation-store.ts';
import { leaveErrors, leavePage, moveErrors, movePage, peoplePage, personPage, stayPage } from './pages.ts';
import { leave, move, type Person, stateOfPerson } from './person.ts';
import { getPerson, isRecorded, listPeople, lockPeople, saveLeaving, saveMove, unlessLastLead } from './store.ts';

const PersonPath = z.object({ id: z.uuid().transform((id) => id as MemberId) });
const Done = z.object({ done: z.enum(['changed', 'leaves', 'stays']).optional().catch(undefined) });

const doneWords = {
  changed: 'Changed. They are signed out. Roles that you added begin when a second person has confirmed them.',
  leaves: 'Written down. What they hold ends by itself at the end of that day.',
  stays: 'Written down. They stay.',
} as const;

const personOf = (request: Request, id: MemberId): Promise<Person> => getPerson(request.db, request.actor.agencyId, id);

/** Locks all members of the agency until the transaction ends. */
const lockedPerson = async (request: Request, tx: Parameters<typeof lockPeople>[0], id: MemberId) => {
  const people = await lockPeople(tx, request.actor.agencyId);
  return { people, person: people.find((one) => one.id === id) };
};

export async function peopleRoutes(app: App): Promise<void> {
  app.get('/accounts', may('account.read', z.unknown(), PeopleQuery), async (request, reply) => {
    const { actor, db, now, query, can } = request;
    const people = await listPeople(db, actor.agencyId);
    const invitations = await listInvitations(db, actor.agencyId);
    const more = [
      { href: '/staff/accounts/agencies', text: 'Agencies of the partnership', action: 'agency.add' },
      { href: '/staff/temporary-access', text: 'Shift passes of volunteers', action: 'pass.read' },
      {
        href: '/staff/single-sign-on/settings',
        text: 'Signing in with your agency’s own accounts',
        action: 'single sign-on.read',
      },
    ].filter(({ action }) => can(action));
    return reply.page(
      'identity/members/people',
      peoplePage({ agencyName: actor.agencyName, people, invitations, now, query, more }),
    );
  });

  app.get('/accounts/:id', may('account.read', PersonPath, Done), async (request, reply) => {
    const { actor, now, params, query } = request;
    const person = await getPerson(request.look('account.shown', params.id), actor.agencyId, params.id);
    const terms = await memberTerms(request.db, person.id);
    const done = query.done && doneWords[query.done];
    const self = person.id === actor.memberId;
    return reply.page('platform/page', personPage(person, { now, self, terms, ...(done && { done }) }));
  });

  app.get('/accounts/:id/roles', may('account.change', PersonPath), async (request, reply) => {
    const person = await personOf(request, request.params.id);
    const may = move(person, { title: '', roles: [] }, { memberId: request.actor.memberId, now: request.now });
    return reply.page('platform/form', movePage(person, {}, may.ok ? {} : moveErrors[may.refusal]));
  });

  app.post('/accounts/:id/roles', may('account.change', PersonPath), async (request, reply) => {
    const { actor, body, now, params } = request;
    const person = await personOf(request, params.id);
    const again = (errors: FormErrors) => reply.page('platform/form', movePage(person, answersOf(body), errors));
    const form = readForm(MoveForm, body);
    if (!form.ok) return again(form.errors);
    const { reason, ...to } = form.values;
    const changed = await unlessLastLead(() =>
      request.change(
        'account.moved',
        person.id,
        async (tx) => {
          const { person: held } = await lockedPerson(request, tx, person.id);
          if (!held) return refuse('not here');
          const moved = move(held, to, { memberId: actor.memberId, now });
          if (!moved.ok) return moved;
          const fit = mayHold(actor.side, to.roles, { recorded: await isRecorded(tx, held.id) });
          if (!fit.ok) return fit;
          return accept(await saveMove(tx, held.id, to));
        },
        { fields: ['title', 'roles'], reason },
      ),
    );
    if (changed === 'last lead') return again(moveErrors['last lead']);
    if (!changed.ok) {
      const errors = { ...moveErrors, ...memberErrors };
      return again(errors[changed.refusal]);
    }
    return reply.redirect(`/staff/accounts/${person.id}?done=changed`, 303);
  });

  app.get('/accounts/:id/end', may('account.end', PersonPath), async (request, reply) => {
    const person = await personOf(request, request.params.id);
    const left = stateOfPerson(person, request.now) === 'left';
    return reply.page('platform/form', leavePage(person, request.today, {}, left ? leaveErrors['not here'] : {}));
  });

  app.post('/accounts/:id/end', may('account.end', PersonPath), async (request, reply) => {
    const { body, now, params, today } = request;
    const person = await personOf(request, params.id);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', leavePage(person, today, answersOf(body), errors));
    const form = readForm(LeaveForm, body);
    if (!form.ok) return again(form.errors);
    const { when, lastDay, reason } = form.values;
    const at = when === 'now' || !lastDay ? now : instantAt(addDays(lastDay, 1), '00:00');
    const ended = await unlessLastLead(() =>
      request.change(
        when === 'now' ? 'account.ended' : 'account.end set',
        person.id,
        async (tx) => {
          const { people, person: held } = await lockedPerson(request, tx, person.id);
          if (!held) return refuse('not here');
          const leaves = leave(held, at, { now, others: people });
          if (!leaves.ok) return leaves;
          if (when === 'now') await endMember(tx, held.id, now);
          else await saveLeaving(tx, held.id, at);
          return accept(true);
        },
        when === 'now' ? { kind: 'erasure', fields: endedWithMember, reason } : { fields: ['endedAt'], reason },
      ),
    );
    if (ended === 'last lead') return again(leaveErrors['last lead']);
    if (!ended.ok) return again(leaveErrors[ended.refusal]);
    // Members who end their own account are signed out by this, and are redirected to sign in.
    return reply.redirect(when === 'now' ? '/staff/accounts' : `/staff/accounts/${person.id}?done=leaves`, 303);
  });

  app.get('/accounts/:id/stay', may('account.change', PersonPath), async (request, reply) =>
    reply.page('platform/form', stayPage(await personOf(request, request.params.id))),
  );

  app.post('/accounts/:id/stay', may('account.change', PersonPath), async (request, reply) => {
    const { body, now, params } = request;
    const person = await personOf(request, params.id);
    const form = readForm(StayForm, body);
    if (!form.ok) return reply.page('platform/form', stayPage(person, answersOf(body), form.errors));
    const stays = await request.change(
      'account.end undone',
      person.id,
      async (tx) => {
        const { person: held } = await lockedPerson(request, tx, person.id);
        if (!held || stateOfPerson(held, now) === 'left') return refuse('not here');
        return accept(await saveLeaving(tx, held.id, null));
      },
      { fields: ['endedAt'], reason: form.values.reason },
    );
    if (!stays.ok) return reply.page('platform/form', stayPage(person, answersOf(body), leaveErrors[stays.refusal]));
    return reply.redirect(`/staff/accounts/${person.id}?done=stays`, 303);
  });
}

/** For the log: what database triggers end with a member, by name. */
export const endedWithMember = [
  'account',
  'sessions',
  'passkeys',
  'recovery codes',
  'grants',
  'teams',
  'invitations',
  'shift passes',
  'single sign-on',
] as const;
