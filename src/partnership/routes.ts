/** Signing in and out: read, decide, change, answer. */
import { z } from 'zod';
import { formOwner, type RoomParts, sessionCookie } from '../platform/doors.ts';
import { type App, type FormErrors, fromMemory, may, readForm } from '../platform/http.ts';
import { notFound, Problem } from '../platform/problem.ts';
import { accept } from '../vocabulary/result.ts';
import { SignInForm } from './forms.ts';
import { type Kept, resumePage, signInPage } from './pages.ts';
import { passwordMatches } from './password.ts';
import { closeSession, findCredentials, openSession, sessionHours } from './session.ts';

const Next = z.object({ next: z.string().optional().catch(undefined) });

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
        async (tx) => accept(await openSession(tx, found.memberId, request.now)),
        {
          kind: 'collection',
        },
      );
      if (!opened.ok) throw notFound('session');
      reply.setCookie(sessionCookie, opened.value, { maxAge: sessionHours * 3_600 });
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
