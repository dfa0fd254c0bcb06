/** Changing one's own password: it needs the present one, and a wrong answer counts like any other try. */

import { type App, type FormErrors, may, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { reauthenticationBuckets, tooManyTries } from '../../platform/throttle/throttle.ts';
import { answerTooMany } from '../../platform/throttle/too-many.ts';
import { credentialPaths } from '../../vocabulary/paths/identity.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { hashPassword, passwordMatches } from '../agencies/password.ts';
import { findWeakness } from '../agencies/weak-password.ts';
import { endSessions } from '../sessions/store.ts';
import { credentialsAfter, passwordErrors, passwordPage, weakPasswordErrors } from './credential-pages.ts';
import { PasswordForm } from './forms.ts';
import { withRecentSignIn } from './recent-sign-in.ts';
import { addSignInNotice, changeOwnPassword, getOwnAccount } from './store.ts';

export async function passwordRoutes(app: App, { throttle }: AreaParts): Promise<void> {
  const options = withRecentSignIn(may('password.change'));
  app.get(credentialPaths.password.route, options, async (_request, reply) => reply.form(passwordPage()));

  app.post(credentialPaths.password.route, options, async (request, reply) => {
    const again = (errors: FormErrors) => reply.form(passwordPage(), {}, errors);
    const { memberId, memberName, agencyName, sessionId } = request.actor;
    const form = readForm(PasswordForm, request.body);
    if (!form.ok) return again(form.errors);
    const { present, wanted } = form.values;
    const account = await getOwnAccount(request.db);
    await request.work.endReading();
    const weakness = findWeakness(wanted, { name: memberName, email: account.email, agencyName });
    if (weakness) return again(weakPasswordErrors(weakness));
    const buckets = reauthenticationBuckets('present password', memberId);
    const shown = await throttle.check(
      request.work,
      { secret: 'present password', memberId, buckets },
      async (counted) =>
        (await passwordMatches(counted, present, account.passwordHash)) ? accept(true) : refuse('wrong'),
    );
    if ('seconds' in shown) return answerTooMany(reply, shown, again({ '': tooManyTries(shown.seconds) }));
    if (!shown.ok) return again(passwordErrors.wrong);
    if (present === wanted) return again(passwordErrors.same);
    const hash = await hashPassword(wanted);
    await request.change('password.changed', memberId, async (tx) => {
      await changeOwnPassword(tx, hash);
      await endSessions(tx, { memberId, except: sessionId }, { by: memberId, at: request.now });
      await addSignInNotice(tx, memberId, 'Your password was changed.');
      return accept(true);
    });
    return reply.redirect(credentialsAfter('password'), 303);
  });
}
