/** Signing in and out, and an agency's own accounts: read, decide, change, answer. */
import { z } from 'zod';
import { formOwner, type RoomParts, sessionCookie } from '../platform/doors.ts';
import { type App, type FormErrors, fromMemory, may, readForm } from '../platform/http.ts';
import { notFound, Problem } from '../platform/problem.ts';
import { type MemberId, newId } from '../vocabulary/ids.ts';
import { sideOf } from '../vocabulary/people.ts';
import { accept, refuse } from '../vocabulary/result.ts';
import { agencyErrors, agencyPage } from './agency-pages.ts';
import { AgencyForm, MemberForm, SignInForm } from './forms.ts';
import { type Agency, type Member, mayHold } from './member.ts';
import { accountsPage, endPage, type Kept, memberPage, refusalErrors, resumePage, signInPage } from './pages.ts';
import { hashPassword, passwordMatches } from './password.ts';
import { closeSession, findCredentials, openSession } from './session.ts';
import { longestSession } from './session-limits.ts';
import { addAgency, addMember, endMember, listAccounts, listAgencies } from './store.ts';

const Next = z.object({ next: z.string().optional().catch(undefined) });
const MemberPath = z.object({ id: z.uuid().transform((id) => id as MemberId) });

/** Only an address of the staff door: nobody is sent elsewhere by a link they were given. */
const staffAddress = (next: unknown): string =>
  typeof next === 'string' && /^\/staff(\/[\w\-/]*)?(\?[\w\-=&%.]*)?$/.test(next) ? next : '/staff';

const Keeping = z.object({ url: z.string().regex(/^\/staff\/[\w\-/]+$/), answers: z.record(z.string(), z.unknown()) });

function keptIn(body: unknown): { text: string; kept: Kept } | undefined {
  const text = (body as { kept?: unknown } | undefined)?.kept;
  if (typeof text !== 'string' || text === '') return undefined;
  try {
    return { text, kept: Keeping.parse(JSON.parse(text)) };
  } catch {
    return undefined;
  }
}

export async function sessionRoutes(app: App, { views, staffShell }: RoomParts): Promise<void> {
  const guesses = app.createRateLimit({
    max: 10,
    timeWindow: 5 * 60_000,
    keyGenerator: (request) =>
      `${request.ip} ${String((request.body as { email?: unknown } | undefined)?.email ?? '')
        .trim()
        .toLowerCase()}`,
  });

  // The one page that everybody meets: it differs in a token and in where to go on.
  const page = ({ token, ...answers }: { token: string; next?: string }) => ({
    ...staffShell,
    ...signInPage(answers),
    csrf: () => token,
  });
  const plain = views.stencil('partnership/sign-in', page, ['token']);
  const onward = views.stencil('partnership/sign-in', page, ['token', 'next']);

  app.get('/sign-in', { ...fromMemory, schema: { params: z.unknown(), querystring: Next } }, async (request, reply) => {
    const token = reply.generateCsrf({ userInfo: formOwner(request) });
    const { next } = request.query;
    reply.type('text/html; charset=utf-8');
    return next ? onward({ token, next }) : plain({ token });
  });

  app.post(
    '/sign-in',
    { ...may('session.open'), config: { action: 'session.open', rateLimit: { max: 300, timeWindow: 5 * 60_000 } } },
    async (request, reply) => {
      const kept = keptIn(request.body);
      const again = (errors: FormErrors) =>
        reply.page('partnership/sign-in', signInPage(request.body as Record<string, unknown>, errors, kept?.text));
      const form = readForm(SignInForm, request.body);
      if (!form.ok) return again(form.errors);

      const guess = await guesses(request);
      if (!guess.isAllowed && guess.isExceeded) throw new Problem('too many', 'sign-in');
      const found = await findCredentials(request.db, form.values.email);
      await request.work.endReading(); // A slow hash holds no connection.
      if (!(await passwordMatches(form.values.password, found?.passwordHash)) || !found) {
        return again({ email: 'The email address or the password is not right' });
      }
      const opened = await request.change(
        'session.opened',
        found.memberId,
        async (tx) =>
          accept(await openSession(tx, found.memberId, request.now, { method: 'password', sharedWorkstation: false })),
        {
          kind: 'collection',
        },
      );
      if (!opened.ok) throw notFound('session');
      reply.setCookie(sessionCookie, opened.value, { maxAge: longestSession * 60 });
      if (kept) {
        const csrf = () => reply.generateCsrf({ userInfo: opened.value });
        return reply.page('partnership/resume', { ...resumePage(kept.kept), csrf });
      }
      return reply.redirect(staffAddress((request.body as { next?: unknown }).next), 303);
    },
  );

  app.post('/sign-out', may('session.own'), async (request, reply) => {
    const token = request.cookies[sessionCookie];
    if (token) {
      await request.change(
        'session.closed',
        request.actor.memberId,
        async (tx) => accept(await closeSession(tx, token)),
        { kind: 'erasure' },
      );
    }
    reply.clearCookie(sessionCookie);
    return reply.redirect('/staff/sign-in', 303);
  });
}

export async function accountRoutes(app: App): Promise<void> {
  app.get('/accounts', may('account.read'), async (request, reply) => {
    const accounts = await listAccounts(request.db);
    const agencies = await listAgencies(request.db);
    const rights = { addAgency: request.can('agency.add') };
    return reply.page('platform/page', accountsPage(accounts, agencies, request.actor.agencyName, rights));
  });

  app.get('/accounts/new', may('account.add'), async (_request, reply) => reply.page('platform/form', memberPage()));

  app.post('/accounts/new', may('account.add'), async (request, reply) => {
    const again = (errors: FormErrors) =>
      reply.page('platform/form', memberPage(request.body as Record<string, unknown>, errors));
    const form = readForm(MemberForm, request.body);
    if (!form.ok) return again(form.errors);
    const { email, password, ...person } = form.values;
    const held = mayHold(request.actor.side, person.roles);
    if (!held.ok) return again(refusalErrors[held.refusal]);
    const member = {
      ...person,
      id: newId<'member'>(),
      agencyId: request.actor.agencyId as Member['agencyId'],
      endedAt: null,
    };
    await request.work.endReading();
    const passwordHash = await hashPassword(password);
    const added = await request.change(
      'account.added',
      member.id,
      async (tx) => addOrRefuse(() => addMember(tx, member, { email, passwordHash })),
      {
        kind: 'collection',
        fields: ['name', 'title', 'email', 'roles'],
      },
    );
    if (!added.ok) return again(refusalErrors[added.refusal]);
    return reply.redirect('/staff/accounts', 303);
  });

  app.get('/accounts/agencies/new', may('agency.add'), async (_request, reply) =>
    reply.page('platform/form', agencyPage()),
  );

  app.post('/accounts/agencies/new', may('agency.add'), async (request, reply) => {
    const again = (errors: FormErrors) =>
      reply.page('platform/form', agencyPage(request.body as Record<string, unknown>, errors));
    const form = readForm(AgencyForm, request.body);
    if (!form.ok) return again(form.errors);
    const agency: Agency = { id: newId(), side: sideOf[form.values.kind], ...form.values };
    const added = await request.change(
      'agency.added',
      agency.id,
      async (tx) => {
        const same = (await listAgencies(tx)).some(({ name }) => name.toLowerCase() === agency.name.toLowerCase());
        return same ? refuse('name taken') : accept(await addAgency(tx, agency));
      },
      { kind: 'collection', fields: Object.keys(form.values) },
    );
    if (!added.ok) return again(agencyErrors[added.refusal]);
    return reply.redirect('/staff/accounts', 303);
  });

  app.get('/accounts/:id/end', may('account.end', MemberPath), async (request, reply) => {
    const account = (await listAccounts(request.db)).find(({ id }) => id === request.params.id);
    if (!account) throw notFound('account');
    return reply.page('platform/form', endPage(account));
  });

  app.post('/accounts/:id/end', may('account.end', MemberPath), async (request, reply) => {
    const ended = await request.change('account.ended', request.params.id, async (tx) =>
      (await endMember(tx, request.params.id, request.now)) ? accept(true) : refuse('not there'),
    );
    if (!ended.ok) throw notFound('account');
    return reply.redirect('/staff/accounts', 303);
  });
}

const uniqueViolation = '23505';

async function addOrRefuse(add: () => Promise<void>) {
  try {
    return accept(await add());
  } catch (error) {
    if ((error as { code?: string }).code === uniqueViolation) return refuse('email taken');
    throw error;
  }
}
