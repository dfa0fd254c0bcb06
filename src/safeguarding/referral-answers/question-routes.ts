/** Questions and answers on a referral. Each answer is about one agreed item. Read, decide, change, answer. */

import type { z } from 'zod';
import { formRoute } from '../../platform/forms/form-route.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, may } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { type AgencyId, type MemberId, newTimelessId } from '../../vocabulary/ids.ts';
import { referralPaths } from '../../vocabulary/paths/safeguarding/referrals.ts';
import { accept } from '../../vocabulary/result.ts';
import { MessageForm, ReferralPath } from '../referrals/forms.ts';
import { type MessageFormData, messagePage, referralRefusals } from '../referrals/pages.ts';
import type { Message } from '../referrals/referral.ts';
import { decidesHere, isGrantInForce, mayMessage, openReferral } from '../referrals/routes.ts';
import { addMessage } from '../referrals/store.ts';

export async function questionRoutes(app: App, { keys }: AreaParts): Promise<void> {
  formRoute(app, referralPaths.message.route, {
    may: may('referral.ask', ReferralPath),
    load: async (request) => {
      const { referral, grant } = await openReferral(request, keys, request.params.id);
      if (!mayMessage(request, referral) || !grant || !isGrantInForce(grant, request)) throw notFound('referral');
      return { referral, grant, asks: decidesHere(request, referral) };
    },
    form: MessageForm,
    check: (talk, values) => {
      const about = itemOf(talk, values);
      return about === undefined || (about && !talk.grant.items.includes(about))
        ? referralRefusals['not agreed to tell']
        : undefined;
    },
    page: (talk) => messagePage(talk, newTimelessId()),
    event: 'referral.asked',
    subject: ({ referral }) => referral.id,
    details: (talk, values) => {
      const about = itemOf(talk, values);
      return about
        ? { kind: 'disclosure', recipient: talk.referral.toAgency, fields: [about] }
        : { fields: ['messages'] };
    },
    change: async (tx, talk, values, { actor, now }) => {
      const message: Message = {
        id: values.id,
        referralId: talk.referral.id,
        agencyId: actor.agencyId as AgencyId,
        authorId: actor.memberId as MemberId,
        item: itemOf(talk, values) ?? null,
        words: values.words,
        writtenAt: floorToHour(now),
      };
      return accept(await addMessage(tx, keys, message));
    },
    refusals: {},
    next: (_, { referral }) => withQuery(referralPaths.referral(referral.id), { done: 'said' }),
  });
}

/** A question is about nothing that was agreed; an answer is about one item, and undefined where none was selected. */
const itemOf = ({ asks }: MessageFormData, { item }: z.output<typeof MessageForm>) => (asks ? null : item);
