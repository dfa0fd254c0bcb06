/** Questions and answers on a referral. Each answer is about one agreed item. Read, decide, change, answer. */

import { answersOf } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { type AgencyId, type MemberId, newTimelessId } from '../../vocabulary/ids.ts';
import { accept } from '../../vocabulary/result.ts';
import { MessageForm, ReferralPath } from '../referrals/forms.ts';
import { messagePage, referralRefusals } from '../referrals/pages.ts';
import type { Message, Referral } from '../referrals/referral.ts';
import { isGrantInForce, mayDecide, mayMessage, openReferral } from '../referrals/routes.ts';
import { addMessage } from '../referrals/store.ts';

export async function questionRoutes(app: App, { keys }: AreaParts): Promise<void> {
  const opened = async (request: Request, id: Referral['id']) => {
    const { referral, grant } = await openReferral(request, keys, id);
    if (!mayMessage(request, referral) || !grant || !isGrantInForce(grant, request)) throw notFound('referral');
    return { referral, grant, asks: mayDecide(request, referral) };
  };
  app.get('/safeguarding/referrals/:id/ask', may('referral.ask', ReferralPath), async (request, reply) => {
    const talk = await opened(request, request.params.id);
    return reply.page('platform/form', messagePage(talk, newTimelessId()));
  });
  app.post('/safeguarding/referrals/:id/ask', may('referral.ask', ReferralPath), async (request, reply) => {
    const talk = await opened(request, request.params.id);
    const typed = answersOf(request.body);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', messagePage(talk, newTimelessId(), typed, errors));
    const form = readForm(MessageForm, request.body);
    if (!form.ok) return again(form.errors);
    const { id, words, item } = form.values;
    const about = talk.asks ? null : item;
    if (about === undefined || (about && !talk.grant.items.includes(about)))
      return again(referralRefusals['not agreed to tell']);
    const message: Message = {
      id,
      referralId: talk.referral.id,
      agencyId: request.actor.agencyId as AgencyId,
      authorId: request.actor.memberId as MemberId,
      item: about,
      words,
      writtenAt: floorToHour(request.now),
    };
    await request.change(
      'referral.asked',
      talk.referral.id,
      async (tx) => accept(await addMessage(tx, keys, message)),
      about ? { kind: 'disclosure', recipient: talk.referral.toAgency, fields: [about] } : { fields: ['messages'] },
    );
    return reply.redirect(`/staff/safeguarding/referrals/${talk.referral.id}?done=said`, 303);
  });
}
