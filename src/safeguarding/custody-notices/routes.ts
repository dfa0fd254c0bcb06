/** Routes of the support side: send a custody safeguarding notice, see its delivery state, withdraw it. They never ask the enforcement database who is in custody. */

import { listAgencies, memberNames } from '../../identity/agencies/index.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { Problem } from '../../platform/http/problem.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { determineAgeTreatment } from '../../vocabulary/age.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { type AgencyId, type MemberId, newTimelessId } from '../../vocabulary/ids.ts';
import { needsInterpreter } from '../../vocabulary/interpreting.ts';
import { disclosuresPath } from '../consent/pages.ts';
import { deliveryStatusOf } from '../custody-notices-received/urgent-page.ts';
import { mayApprove } from '../disclosures/disclosure.ts';
import * as disclosures from '../disclosures/store.ts';
import { prepareDisclosure } from '../disclosures/without-consent.ts';
import type { Person } from '../people/person.ts';
import { getPerson } from '../people/store.ts';
import { immediateDisclosureRefusals } from '../referrals/form-pages.ts';
import { wordingOf } from './consent-wording.ts';
import { ChildForm, ChoiceForm, ConsentForm, NoticePath, PersonPath } from './forms.ts';
import { groundFor, maySendNotice, type Notice, type NoticeId, notReached, withdrawNotice } from './notice.ts';
import {
  choicePage,
  home,
  interpreterMissing,
  type NoticeWithStatus,
  noticePage,
  noticesPage,
  notSentPage,
  sendRefusals,
  withdrawalRefusals,
  withdrawNoticePage,
  wordingPage,
} from './pages.ts';
import {
  approvedRoutes,
  noticeBy,
  personFields,
  readAuthoritiesAndApprovers,
  sendNotice,
  toDisclosureRequest,
} from './send.ts';
import { sentenceOn, sentencesOn } from './sentence.ts';
import * as store from './store.ts';

const noticeFields = ['recipient', 'sentence', 'ground', 'wording', 'interpreted', 'reasons'];

export async function custodyNoticeRoutes(app: App, { keys }: AreaParts): Promise<void> {
  await sendingRoutes(app, keys);
  await approvedRoutes(app, keys);
  await sentRoutes(app, keys);
}

async function sendingRoutes(app: App, keys: UnitKeys): Promise<void> {
  const known = async (request: Request, personId: Person['id']) => {
    const person = await getPerson(request.look('person.shown', personId, { fields: personFields }), keys, personId);
    const ground = groundFor(determineAgeTreatment(person, request.today));
    const interpreted = needsInterpreter(person);
    return {
      person,
      of: { personId, called: person.called, ground },
      interpreted,
      ...(await readAuthoritiesAndApprovers(request)),
    };
  };
  const idIn = (body: unknown): string => {
    const read = NoticePath.safeParse({ id: answersOf(body).id });
    return read.success ? read.data.id : newTimelessId();
  };

  app.get(
    '/safeguarding/custody-notices/of/:personId',
    may('custody safeguarding notice.send', PersonPath),
    async (request, reply) => {
      const { of, authorities } = await known(request, request.params.personId);
      const sentences = sentencesOn(request.today);
      return reply.page('platform/form', choicePage({ ...of, id: newTimelessId() }, authorities, sentences));
    },
  );

  app.post(
    '/safeguarding/custody-notices/of/:personId',
    may('custody safeguarding notice.send', PersonPath),
    async (request, reply) => {
      const { personId } = request.params;
      const { person, of, authorities, interpreted, seconds } = await known(request, personId);
      const sentences = sentencesOn(request.today);
      const typed = answersOf(request.body);
      const again = (errors: FormErrors) =>
        reply.page(
          'platform/form',
          choicePage({ ...of, id: idIn(request.body) }, authorities, sentences, typed, errors),
        );
      const form = readForm(ChoiceForm, request.body);
      if (!form.ok) return again(form.errors);
      const { id, to, sentence, reference, step } = form.values;
      const authority = authorities.find((one) => one.id === to);
      if (!authority) return again({ to: 'Select an agency of the list' });
      if (!sentences.some(({ name }) => name === sentence)) return again({ sentence: 'Select a sentence of the list' });
      if (step === 'change') return again({});

      const words = wordingOf(sentenceOn(sentence, request.today), authority.name);
      const chosen = { id, to, sentence, reference };
      const show = (errors: FormErrors, under: string = id) =>
        reply.page(
          'platform/form',
          wordingPage(
            { ...of, words, seconds, approves: mayApprove(request.actor.roles) },
            { ...chosen, id: under },
            step === 'show' ? {} : typed,
            errors,
          ),
        );
      if (step === 'show') return show({});
      const said = readConsentAnswers(of.ground, request.body);
      if (!said.ok) return show(said.errors);
      if (interpreted && said.values.interpreted === 'nobody was needed') return show(interpreterMissing);
      const crosses = maySendNotice(of.ground, said.values);
      if (!crosses.ok && crosses.refusal === 'not agreed')
        return reply.page('platform/page', notSentPage(personId, of.called));
      if (!crosses.ok) return show(sendRefusals[crosses.refusal]);
      const notice = noticeBy(request, {
        ...{ id, personId, recipient: to as AgencyId, sentence, ground: of.ground, wording: words },
        ...{ interpreted: said.values.interpreted, reasons: said.values.reasons },
      });
      const parcel = { notice, reference };
      if (of.ground === 'the person agreed') await sendNotice(request, keys, parcel);
      else {
        const asked = await prepareDisclosure(request, toDisclosureRequest(request, parcel, person), said.values);
        if (!asked.ok) return show(immediateDisclosureRefusals[asked.refusal]);
        if (asked.value.told === 'after approval') {
          const added = await request.change(
            'disclosure.asked for',
            id,
            (tx) => disclosures.addRequestOnce(tx as never, keys, asked.value),
            { kind: 'collection', fields: ['recipient', 'basis', 'items', 'reasons'] },
          );
          if (!added.ok) return show(immediateDisclosureRefusals[added.refusal], newTimelessId());
          return reply.redirect(`${disclosuresPath}/${id}`, 303);
        }
        const sent = await sendNotice(request, keys, { ...parcel, disclosure: asked.value });
        if (!sent.ok) return show(immediateDisclosureRefusals[sent.refusal], newTimelessId());
      }
      return reply.redirect(`${home}/${id}`, 303);
    },
  );
}

type ConsentAnswers = {
  readonly agreed: boolean;
  readonly reasons: string | null;
  readonly interpreted: Notice['interpreted'];
  readonly atOnce: boolean;
  readonly cannotWait: string | null;
};

function readConsentAnswers(
  ground: Notice['ground'],
  body: unknown,
): { readonly ok: true; readonly values: ConsentAnswers } | { readonly ok: false; readonly errors: FormErrors } {
  if (ground === 'the person agreed') {
    const form = readForm(ConsentForm, body);
    if (!form.ok) return form;
    const { interpreted, answer } = form.values;
    const agreed = answer === 'yes, to these words';
    return { ok: true, values: { interpreted, agreed, reasons: null, atOnce: false, cannotWait: null } };
  }
  const form = readForm(ChildForm, body);
  if (!form.ok) return form;
  const { interpreted, reasons } = form.values;
  // The approver decides from these words.
  const said = interpreted === notReached ? `The child could not be reached to be asked. ${reasons}` : reasons;
  return { ok: true, values: { ...form.values, reasons: said, agreed: false } };
}

/** The enforcement database answers by crossing id only. If it cannot be reached, notices are shown as on their way. */
async function readNoticesWithStatus(request: Request, notices: readonly Notice[]) {
  const crossings = notices.flatMap(({ crossingId, takenBackCrossing }) => [
    crossingId,
    ...(takenBackCrossing ? [takenBackCrossing] : []),
  ]);
  return request.under('member.read', async (db) => {
    const standings = await store.readDeliveryStates(db, crossings);
    const names = await memberNames(
      db,
      notices.map(({ authorId }) => authorId),
    );
    const told: NoticeWithStatus[] = notices.map((notice) => ({
      notice,
      standing: deliveryStatusOf(standings.get(notice.crossingId)),
      backStanding: notice.takenBackCrossing ? deliveryStatusOf(standings.get(notice.takenBackCrossing)) : undefined,
    }));
    return { told, names, agencies: new Map((await listAgencies(db)).map(({ id, name }) => [id as string, name])) };
  });
}

async function sentRoutes(app: App, keys: UnitKeys): Promise<void> {
  app.get('/safeguarding/custody-notices', may('custody safeguarding notice.read'), async (request, reply) => {
    const notices = await store.listNotices(
      request.look('custody safeguarding notices.listed', null, { fields: noticeFields }),
      keys,
    );
    request.returned(notices.map(({ id }) => id));
    const { told, agencies } = await readNoticesWithStatus(request, notices);
    return reply.page('platform/page', noticesPage(told, agencies));
  });

  const shown = async (request: Request, id: NoticeId) => {
    const notice = await store.getNotice(
      request.look('custody safeguarding notice.shown', id, { fields: noticeFields }),
      keys,
      id,
    );
    const { told, names, agencies } = await readNoticesWithStatus(request, [notice]);
    return {
      notice,
      told: told[0] as NoticeWithStatus,
      names,
      authority: agencies.get(notice.recipient) ?? 'an agency that has left',
    };
  };
  /** Only if the member may read the record too. */
  const personOf = (request: Request, personId: Person['id']) =>
    request.can('person.read')
      ? request.under('person.read', async (_db, look) => {
          try {
            const { called } = await getPerson(look('person.shown', personId, { fields: ['called'] }), keys, personId);
            return { href: `/staff/safeguarding/people/${personId}`, called };
          } catch (error) {
            if (error instanceof Problem && error.kind === 'not found') return undefined;
            throw error;
          }
        })
      : undefined;

  app.get(
    '/safeguarding/custody-notices/:id',
    may('custody safeguarding notice.read', NoticePath),
    async (request, reply) => {
      const { notice, told, names, authority } = await shown(request, request.params.id);
      const person = await personOf(request, notice.personId);
      const author = names.get(notice.authorId) ?? 'somebody who has left';
      const mayTakeBack = request.can('custody safeguarding notice.withdraw') && notice.takenBackAt === null;
      return reply.page('platform/page', noticePage(told, { authority, author, mayTakeBack, person }));
    },
  );

  app.get(
    '/safeguarding/custody-notices/:id/take-back',
    may('custody safeguarding notice.withdraw', NoticePath),
    async (request, reply) => {
      const { notice, authority } = await shown(request, request.params.id);
      return reply.page('platform/form', withdrawNoticePage(notice, authority));
    },
  );

  app.post(
    '/safeguarding/custody-notices/:id/take-back',
    may('custody safeguarding notice.withdraw', NoticePath),
    async (request, reply) => {
      const { notice, authority } = await shown(request, request.params.id);
      const done = await request.change(
        'custody safeguarding notice.withdrawn',
        notice.id,
        async (tx) => {
          const crossing = newTimelessId<'crossing'>();
          const current = await store.lockNotice(tx, keys, notice.id);
          const result = withdrawNotice(
            current,
            request.actor.memberId as MemberId,
            floorToHour(request.now),
            crossing,
          );
          if (!result.ok) return result;
          await store.saveWithdrawal(tx, result.value);
          const { recipient, sentence, crossingId: takesBack } = result.value;
          await store.queueNotice(tx, keys, { crossingId: crossing, recipient, sentence, reference: null, takesBack });
          return result;
        },
        { fields: ['takenBackAt'], recipient: notice.recipient },
      );
      if (!done.ok)
        return reply.page('platform/form', withdrawNoticePage(notice, authority, withdrawalRefusals[done.refusal]));
      return reply.redirect(`${home}/${notice.id}`, 303);
    },
  );
}
