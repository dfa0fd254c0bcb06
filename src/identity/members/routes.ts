/** The members of one's own agency: who is here, their roles, and until when. Read, decide, change, answer. */
import { z } from 'zod';
import { instantAt } from '../../platform/clock.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import { addDays } from '../../vocabulary/calendar/days.ts';
import type { MemberId } from '../../vocabulary/ids.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { checkRolesAllowed } from '../agencies/member.ts';
import { endMember, listRoleTerms } from '../agencies/store.ts';
import { CancelLeavingForm, LeavingForm, PeopleQuery, RoleChangeForm } from './forms.ts';
import { memberErrors } from './invitation-pages.ts';
import { listInvitations } from './invitation-store.ts';
import {
  cancelLeavingPage,
  leavingErrors,
  leavingPage,
  peoplePage,
  personPage,
  roleChangeErrors,
  roleChangePage,
} from './pages.ts';
import { checkLeaving, checkRoleChange, type Person, stateOfPerson } from './person.ts';
import {
  getPerson,
  hasException,
  listPeople,
  lockPeople,
  refuseLastLead,
  saveLeaving,
  saveRoleChange,
} from './store.ts';

const PersonPath = z.object({ id: z.uuid().transform((id) => id as MemberId) });
const DoneQuery = z.object({ done: z.enum(['changed', 'leaves', 'stays']).optional().catch(undefined) });

const doneMessages = {
  changed: 'Changed. They are signed out. Roles that you added begin when a second person has confirmed them.',
  leaves: 'Written down. What they hold ends by itself at the end of that day.',
  stays: 'Written down. They stay.',
} as const;

const getAgencyPerson = (request: Request, id: MemberId): Promise<Person> =>
  getPerson(request.db, request.actor.agencyId, id);

/** Locks all members of the agency until the transaction ends. */
const lockPerson = async (request: Request, tx: Parameters<typeof lockPeople>[0], id: MemberId) => {
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
      { href: '/staff/temporary-access', text: 'Shift passes of volunteers', action: 'temporary access.read' },
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

  app.get('/accounts/:id', may('account.read', PersonPath, DoneQuery), async (request, reply) => {
    const { actor, now, params, query } = request;
    const person = await getPerson(request.look('account.shown', params.id), actor.agencyId, params.id);
    const terms = await listRoleTerms(request.db, person.id);
    const done = query.done && doneMessages[query.done];
    const self = person.id === actor.memberId;
    return reply.page('platform/page', personPage(person, { now, self, terms, ...(done && { done }) }));
  });

  app.get('/accounts/:id/roles', may('account.change', PersonPath), async (request, reply) => {
    const person = await getAgencyPerson(request, request.params.id);
    const may = checkRoleChange(
      person,
      { title: '', roles: [] },
      { memberId: request.actor.memberId, now: request.now },
    );
    return reply.page('platform/form', roleChangePage(person, {}, may.ok ? {} : roleChangeErrors[may.refusal]));
  });

  app.post('/accounts/:id/roles', may('account.change', PersonPath), async (request, reply) => {
    const { actor, body, now, params } = request;
    const person = await getAgencyPerson(request, params.id);
    const again = (errors: FormErrors) => reply.page('platform/form', roleChangePage(person, answersOf(body), errors));
    const form = readForm(RoleChangeForm, body);
    if (!form.ok) return again(form.errors);
    const { reason, ...to } = form.values;
    const changed = await refuseLastLead(() =>
      request.change(
        'account.moved',
        person.id,
        async (tx) => {
          const { person: held } = await lockPerson(request, tx, person.id);
          if (!held) return refuse('not here');
          const moved = checkRoleChange(held, to, { memberId: actor.memberId, now });
          if (!moved.ok) return moved;
          const fit = checkRolesAllowed(actor.side, to.roles, { recorded: await hasException(tx, held.id) });
          if (!fit.ok) return fit;
          return accept(await saveRoleChange(tx, held.id, to));
        },
        { fields: ['title', 'roles'], reason },
      ),
    );
    if (changed === 'last lead') return again(roleChangeErrors['last lead']);
    if (!changed.ok) {
      const errors = { ...roleChangeErrors, ...memberErrors };
      return again(errors[changed.refusal]);
    }
    return reply.redirect(`/staff/accounts/${person.id}?done=changed`, 303);
  });

  app.get('/accounts/:id/end', may('account.end', PersonPath), async (request, reply) => {
    const person = await getAgencyPerson(request, request.params.id);
    const left = stateOfPerson(person, request.now) === 'left';
    return reply.page('platform/form', leavingPage(person, request.today, {}, left ? leavingErrors['not here'] : {}));
  });

  app.post('/accounts/:id/end', may('account.end', PersonPath), async (request, reply) => {
    const { body, now, params, today } = request;
    const person = await getAgencyPerson(request, params.id);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', leavingPage(person, today, answersOf(body), errors));
    const form = readForm(LeavingForm, body);
    if (!form.ok) return again(form.errors);
    const { when, lastDay, reason } = form.values;
    const at = when === 'now' || !lastDay ? now : instantAt(addDays(lastDay, 1), '00:00');
    const ended = await refuseLastLead(() =>
      request.change(
        when === 'now' ? 'account.ended' : 'account.end set',
        person.id,
        async (tx) => {
          const { people, person: held } = await lockPerson(request, tx, person.id);
          if (!held) return refuse('not here');
          const leaves = checkLeaving(held, at, { now, others: people });
          if (!leaves.ok) return leaves;
          if (when === 'now') await endMember(tx, held.id, now);
          else await saveLeaving(tx, held.id, at);
          return accept(true);
        },
        when === 'now' ? { kind: 'erasure', fields: recordsEndedWithMember, reason } : { fields: ['endedAt'], reason },
      ),
    );
    if (ended === 'last lead') return again(leavingErrors['last lead']);
    if (!ended.ok) return again(leavingErrors[ended.refusal]);
    // Members who end their own account are signed out by this, and are redirected to sign in.
    return reply.redirect(when === 'now' ? '/staff/accounts' : `/staff/accounts/${person.id}?done=leaves`, 303);
  });

  app.get('/accounts/:id/stay', may('account.change', PersonPath), async (request, reply) =>
    reply.page('platform/form', cancelLeavingPage(await getAgencyPerson(request, request.params.id))),
  );

  app.post('/accounts/:id/stay', may('account.change', PersonPath), async (request, reply) => {
    const { body, now, params } = request;
    const person = await getAgencyPerson(request, params.id);
    const form = readForm(CancelLeavingForm, body);
    if (!form.ok) return reply.page('platform/form', cancelLeavingPage(person, answersOf(body), form.errors));
    const stays = await request.change(
      'account.end undone',
      person.id,
      async (tx) => {
        const { person: held } = await lockPerson(request, tx, person.id);
        if (!held || stateOfPerson(held, now) === 'left') return refuse('not here');
        return accept(await saveLeaving(tx, held.id, null));
      },
      { fields: ['endedAt'], reason: form.values.reason },
    );
    if (!stays.ok)
      return reply.page('platform/form', cancelLeavingPage(person, answersOf(body), leavingErrors[stays.refusal]));
    return reply.redirect(`/staff/accounts/${person.id}?done=stays`, 303);
  });
}

/** For the log: what database triggers end with a member, by name. */
export const recordsEndedWithMember = [
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
