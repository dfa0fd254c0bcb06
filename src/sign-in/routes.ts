/** Signing in and out: by passkey, by password and code, by recovery code. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { type Credentials, closeSession, findCredentials, passwordMatches } from '../partnership/index.ts';
import { formOwner, type RoomParts } from '../platform/doors.ts';
import { type App, type FormErrors, fromMemory, may, type Reply, type Request, readForm } from '../platform/http.ts';
import { networkOf } from '../platform/networks.ts';
import { accept } from '../vocabulary/result.ts';
import { type Arrival, browserOf, farewell, knownDevice, open, tokenIn, welcome } from './arrival.ts';
import { openSecret, stepOf } from './code.ts';
import { Carried, CodeForm, Next, PasskeyForm, SignInForm, staffAddress } from './forms.ts';
import {
  codeErrors,
  codePage,
  noticesPage,
  signInPage,
  startAgain,
  tooManyTries,
  wrongPasskey,
  wrongPassword,
} from './pages.ts';
import { askForPasskey, passkeyShown, siteOf } from './passkey.ts';
import { matching } from './recovery.ts';
import {
  findChallenge,
  findCodeGenerator,
  findFormerSession,
  findPasskey,
  keepChallenge,
  noticesSeen,
  openChallenge,
  type Purpose,
  passkeyUsed,
  takeChallenge,
  tellAtSignIn,
  unseenNotices,
  unusedRecoveryCodes,
  useRecoveryCode,
  useStep,
} from './store.ts';
import { codeBuckets, passwordBuckets } from './tries.ts';
import { Tries } from './tries-store.ts';
import { afterPassword } from './way-in.ts';

/** For each process and address, whatever is sent: what a flood costs before anything is counted. */
const flood = { max: 300, timeWindow: 5 * 60_000 };
const opening = { ...may('session.open'), config: { action: 'session.open', rateLimit: flood } };

const newChallenge = (): string => randomBytes(32).toString('base64url');

export async function signInRoutes(
  app: App,
  { views, staffShell, keys, ground, mode, origin }: RoomParts,
): Promise<void> {
  const tries = new Tries(ground.databases, keys);
  const site = siteOf(origin);

  // The one page that everybody meets: it differs in a token and in where to go on.
  const page = ({ token, ...answers }: { token: string; next?: string }) => ({
    ...staffShell,
    ...signInPage(mode, answers),
    csrf: () => token,
  });
  const plain = views.stencil('sign-in/sign-in', page, ['token']);
  const onward = views.stencil('sign-in/sign-in', page, ['token', 'next']);

  app.get('/sign-in', { ...fromMemory, schema: { params: z.unknown(), querystring: Next } }, async (request, reply) => {
    const token = reply.generateCsrf({ userInfo: formOwner(request) });
    const { next } = request.query;
    reply.type('text/html; charset=utf-8');
    return next ? onward({ token, next }) : plain({ token });
  });

  const again = (request: Request, reply: Reply, errors: FormErrors) =>
    reply.page('sign-in/sign-in', signInPage(mode, request.body as Record<string, unknown>, errors));
  const wait = async (reply: Reply, shown: Promise<string>, seconds: number) => {
    const answer = await shown;
    reply.code(429).header('retry-after', String(seconds));
    return answer;
  };
  /** Written down, with whom it was about only where there is such a person. What was asked of the browser is used up. */
  const refused = (request: Request, memberId: string | undefined, reason: string, challenge?: string) =>
    request.change(
      'sign-in.refused',
      memberId ?? null,
      async (tx) => accept(challenge !== undefined && (await takeChallenge(tx, challenge))),
      { kind: 'refusal', reason },
    );

  app.post('/sign-in', opening, async (request, reply) => {
    const form = readForm(SignInForm, request.body);
    if (!form.ok) return again(request, reply, form.errors);
    const { email, password } = form.values;
    const found = await findCredentials(request.db, email);
    const former = await findFormerSession(request.db, tokenIn(request));
    await request.work.endReading(); // A slow hash holds no connection.

    const device = knownDevice(request, keys, found?.memberId);
    const buckets = passwordBuckets({ network: networkOf(request.ip), account: email.toLowerCase(), device });
    const seconds = await tries.count(buckets, request.now);
    if (seconds > 0) return wait(reply, again(request, reply, tooManyTries(seconds)), seconds);
    if (!(await passwordMatches(password, found?.passwordHash)) || !found) {
      await refused(request, found?.memberId, 'password');
      return again(request, reply, wrongPassword);
    }

    const carried = Carried.parse(request.body);
    const step = afterPassword(found, mode);
    if (step === 'ask for a code' || step === 'ask for a recovery code')
      return askForCode(request, reply, found, carried);
    const arrival: Arrival = {
      memberId: found.memberId,
      method: 'password',
      carried,
      former,
      ...(step === 'set up' && { unfinished: true, reason: 'the second factor is still to be set up' }),
    };
    const opened = await open(request, arrival);
    if (!opened.ok) return again(request, reply, startAgain);
    await tries.well(buckets, request.now);
    if (arrival.unfinished) {
      reply.setCookie('safelight', opened.value.token);
      return reply.redirect('/staff/ways-in/first', 303);
    }
    return welcome(request, reply, keys, arrival, opened.value);
  });

  async function askForCode(request: Request, reply: Reply, { memberId, hasCode }: Credentials, carried: Carried) {
    const challenge = newChallenge();
    const asked = { challenge, purpose: 'code' as const, boundTo: browserOf(request, keys) };
    await request.change(
      'password.shown',
      memberId,
      async (tx) => accept(await keepChallenge(tx, asked, memberId, request.now)),
      { kind: 'collection' },
    );
    return reply.page('platform/form', codePage({ hasCode, challenge, carried }));
  }

  app.post('/sign-in/code', opening, async (request, reply) => {
    const carried = Carried.parse(request.body);
    const form = readForm(CodeForm, request.body);
    const challenge = String((request.body as { challenge?: unknown } | undefined)?.challenge ?? '');
    const asked = { challenge, purpose: 'code' as Purpose, boundTo: browserOf(request, keys) };
    const memberId = (await findChallenge(request.db, asked))?.memberId;
    if (!memberId) return again(request, reply, startAgain);
    const generator = await findCodeGenerator(request.db, memberId);
    const codes = await unusedRecoveryCodes(request.db, memberId);
    const former = await findFormerSession(request.db, tokenIn(request));
    await request.work.endReading();
    const anew = (errors: FormErrors) =>
      reply.page('platform/form', codePage({ hasCode: generator !== undefined, challenge, carried }, errors));
    if (!form.ok) return anew(form.errors);

    const buckets = codeBuckets({
      network: networkOf(request.ip),
      account: memberId,
      device: knownDevice(request, keys, memberId),
    });
    const seconds = await tries.count(buckets, request.now);
    if (seconds > 0) return wait(reply, anew(tooManyTries(seconds)), seconds);

    const typed = form.values.code.replace(/[\s-]/g, '');
    const isCode = /^\d{6}$/.test(typed);
    const step =
      isCode && generator ? await stepOf(typed, openSecret(keys, memberId, generator), request.now) : undefined;
    const recovery = isCode ? undefined : matching(keys, typed, codes);
    if (step === undefined && recovery === undefined) {
      await refused(request, memberId, isCode ? 'code' : 'recovery code');
      return anew(codeErrors.wrong);
    }
    const arrival: Arrival = {
      memberId,
      method: recovery ? 'recovery code' : 'password and code',
      carried,
      former,
      use: async (tx) => {
        if (recovery) {
          await tellAtSignIn(tx, memberId, `A recovery code was used to sign in. ${codes.length - 1} are left.`);
          return (await useRecoveryCode(tx, recovery)) && takeChallenge(tx, challenge);
        }
        return (await useStep(tx, memberId, step ?? 0)) && takeChallenge(tx, challenge);
      },
    };
    const opened = await open(request, arrival);
    if (!opened.ok) {
      await refused(request, memberId, 'code used before');
      return anew(codeErrors['used before']);
    }
    await tries.well(buckets, request.now);
    return welcome(request, reply, keys, arrival, opened.value);
  });

  app.post('/sign-in/passkey/ask', opening, async (request, reply) => {
    await request.work.endReading();
    const options = await askForPasskey(site);
    const { challenge } = options;
    const boundTo = browserOf(request, keys);
    await openChallenge(ground.databases, { challenge, purpose: 'sign in by passkey', boundTo }, request.now);
    return reply.send({ options });
  });

  app.post('/sign-in/passkey', opening, async (request, reply) => {
    const form = readForm(PasskeyForm, request.body);
    if (!form.ok) return again(request, reply, wrongPasskey);
    const { answer, challenge } = form.values;
    const asked = { challenge, purpose: 'sign in by passkey' as const, boundTo: browserOf(request, keys) };
    const open_ = await findChallenge(request.db, asked);
    const known = await findPasskey(request.db, Buffer.from(answer.id, 'base64url'));
    const former = await findFormerSession(request.db, tokenIn(request));
    await request.work.endReading();
    if (!open_) {
      await refused(request, known?.memberId, 'a challenge that was not open in this browser');
      return again(request, reply, startAgain);
    }
    const shown = known && (await passkeyShown(site, challenge, answer, known));
    if (!known || !shown) {
      await refused(request, known?.memberId, 'passkey', challenge);
      return again(request, reply, wrongPasskey);
    }
    const arrival: Arrival = {
      memberId: known.memberId,
      method: 'passkey',
      carried: Carried.parse(request.body),
      former,
      ...(shown.wentBack && { reason: 'the counter of the passkey went back' }),
      use: async (tx) => {
        if (!(await takeChallenge(tx, challenge))) return false;
        await passkeyUsed(tx, known.id, shown.counter);
        if (shown.wentBack)
          await tellAtSignIn(tx, known.memberId, 'A passkey of yours counted backwards, as a copy of it would.');
        return true;
      },
    };
    const opened = await open(request, arrival);
    if (!opened.ok) return again(request, reply, startAgain);
    return welcome(request, reply, keys, arrival, opened.value);
  });

  app.get('/signed-in', may('way-in.read', z.unknown(), Next), async (request, reply) => {
    const { memberId, startedAt = request.now } = request.actor;
    const notices = await unseenNotices(request.db, memberId, startedAt);
    if (notices.length > 0)
      await request.change('notices.read', memberId, async (tx) =>
        accept(await noticesSeen(tx, memberId, startedAt, request.now)),
      );
    return reply.page('platform/page', noticesPage(notices, staffAddress(request.query.next)));
  });

  app.post('/sign-out', may('session.own'), async (request, reply) => {
    const token = tokenIn(request);
    if (token) {
      await request.change(
        'session.closed',
        request.actor.memberId,
        async (tx) => accept(await closeSession(tx, token)),
        {
          kind: 'erasure',
        },
      );
    }
    return farewell(reply, request.actor.sharedWorkstation === true);
  });
}
