/** Routes of the support side: send a custody safeguarding notice, see its delivery state, withdraw it. They never ask the enforcement database who is in custody. */

import type { z } from 'zod';
import { listAgencies, memberNames } from '../../identity/agencies/index.ts';
import {
  digestOfWording,
  isUnreviewedTranslation,
  type ShownWords,
  wordsChanged,
  wordsIn,
} from '../../nrm/consent-words/index.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { answersOf, formIdIn, NothingAsked } from '../../platform/forms/forms.ts';
import { Problem } from '../../platform/http/problem.ts';
import { type App, type FormErrors, may, type Reply, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { fillForm } from '../../platform/rendering/pages.ts';
import { determineAgeTreatment } from '../../vocabulary/age.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { type AgencyId, type MemberId, newTimelessId } from '../../vocabulary/ids.ts';
import { isWithoutInterpreter, needsInterpreter } from '../../vocabulary/interpreting.ts';
import { custodyNoticePaths } from '../../vocabulary/paths/safeguarding/custody-notices.ts';
import { recordPaths } from '../../vocabulary/paths/safeguarding/record.ts';
import { disclosurePaths } from '../../vocabulary/paths/safeguarding/referrals.ts';
import { type Accepted, accept, type Refused } from '../../vocabulary/result.ts';
import { deliveryStatusOf } from '../custody-notices-received/urgent-page.ts';
import { type ImmediateDisclosureRefusal, mayApprove } from '../disclosures/disclosure.ts';
import * as disclosures from '../disclosures/store.ts';
import { prepareDisclosure } from '../disclosures/without-consent.ts';
import { explanationRefusals } from '../interpreting/pages.ts';
import type { Person } from '../people/person.ts';
import { getPerson } from '../people/store.ts';
import { immediateDisclosureRefusals } from '../referrals/form-pages.ts';
import { composeNoticeWording } from './consent-wording.ts';
import { ChildForm, ChoiceForm, ConsentForm, NoticePath, PersonPath } from './forms.ts';
import { groundFor, maySendNotice, type Notice, type NoticeId, notReached, withdrawNotice } from './notice.ts';
import * as pages from './pages.ts';
import {
  approvedRoutes,
  type NoticeToSend,
  noticeBy,
  personFields,
  readAuthoritiesAndApprovers,
  sendNotice,
  toDisclosureRequest,
} from './send.ts';
import { type Sentence, sentenceOn, sentencesOn } from './sentence.ts';
import * as store from './store.ts';

const noticeFields = ['recipient', 'sentence', 'ground', 'wording', 'shownWording', 'interpreted', 'reasons'];

export async function custodyNoticeRoutes(app: App, { keys }: AreaParts): Promise<void> {
  await sendingRoutes(app, keys);
  await approvedRoutes(app, keys);
  await sentRoutes(app, keys);
}

/** The person, the ground on which a notice goes, who can receive it and who can approve it. */
async function readSending(request: Request, keys: UnitKeys, personId: Person['id']) {
  const person = await getPerson(request.look('person.shown', personId, { fields: personFields }), keys, personId);
  const ground = groundFor(determineAgeTreatment(person, request.today));
  const of = { personId, called: person.called, ground };
  return { person, of, interpreted: needsInterpreter(person), ...(await readAuthoritiesAndApprovers(request)) };
}
type Sending = Awaited<ReturnType<typeof readSending>>;

async function sendingRoutes(app: App, keys: UnitKeys): Promise<void> {
  const sends = may('custody safeguarding notice.send', PersonPath);
  app.get(custodyNoticePaths.send.route, sends, async (request, reply) => {
    const { person, of, authorities } = await readSending(request, keys, request.params.personId);
    const sentences = sentencesOn(request.today);
    return reply.form(pages.choicePage({ ...of, speaks: person, id: newTimelessId() }, authorities, sentences));
  });

  // Two pages under one address: first the notice is chosen, then its words are read out and answered.
  app.post(custodyNoticePaths.send.route, sends, async (request, reply) => {
    const sending = await readSending(request, keys, request.params.personId);
    const { person, of, authorities } = sending;
    const sentences = sentencesOn(request.today);
    const again = (errors: FormErrors) =>
      reply.form(
        pages.choicePage({ ...of, speaks: person, id: formIdIn(request.body) }, authorities, sentences),
        answersOf(request.body),
        errors,
      );
    const form = readForm(ChoiceForm, request.body);
    if (!form.ok) return again(form.errors);
    const { to, sentence, step } = form.values;
    const authority = authorities.find((one) => one.id === to);
    if (!authority) return again({ to: 'Select an agency of the list' });
    if (!sentences.some(({ name }) => name === sentence)) return again({ sentence: 'Select a message from the list' });
    if (step === 'change') return again({});
    return readOutAndSend(request, reply, keys, sending, { ...form.values, authority });
  });
}

type Choice = z.output<typeof ChoiceForm> & { readonly authority: pages.Authority };

const wordsToAgree = (sentence: Sentence, { name: authority }: pages.Authority, shown: string): ShownWords =>
  wordsIn(shown, composeNoticeWording({ sentence, authority }), (code) =>
    composeNoticeWording({ sentence, authority }, code),
  );

/** Shows the words; once they are answered, sends the notice or asks a second person. */
async function readOutAndSend(
  request: Request,
  reply: Reply,
  keys: UnitKeys,
  { person, of, interpreted, seconds }: Sending,
  { id, to, sentence, reference, shown, step, authority }: Choice,
): Promise<unknown> {
  const words = wordsToAgree(sentenceOn(sentence, request.today), authority, shown);
  const about = { ...of, words, speaks: person, seconds, approves: mayApprove(request.actor.roles) };
  const typed = step === 'show' ? {} : answersOf(request.body);
  const show = (errors: FormErrors, under: string = id) => {
    const page = pages.wordingPage(about, { to, sentence, reference, shown, id: under });
    return reply.page('nrm/consent-words/wording', fillForm(page, typed, errors));
  };
  if (step === 'show') return show({});
  if (answersOf(request.body).digest !== digestOfWording(words)) return show(wordsChanged);
  const said = readConsentAnswers(of.ground, request.body);
  if (!said.ok) return show(said.errors);
  if (interpreted && isWithoutInterpreter(said.values.interpreted)) return show(pages.interpreterMissing);
  const crosses = maySendNotice(of.ground, said.values);
  if (!crosses.ok && crosses.refusal === 'not agreed') return reply.case(pages.notSentPage(of.personId, of.called));
  if (!crosses.ok) return show(pages.sendRefusals[crosses.refusal]);
  if (said.values.interpreted === 'nobody was needed' && isUnreviewedTranslation(words))
    return show(explanationRefusals['unreviewed words alone']);
  const notice = noticeBy(request, {
    ...{ id, personId: of.personId, recipient: to as AgencyId, sentence, ground: of.ground },
    ...words,
    ...{ interpreted: said.values.interpreted, reasons: said.values.reasons },
  });
  const done = await sendOrAsk(request, keys, { notice, reference }, person, said.values);
  if (done.ok) return reply.redirect(done.value, 303);
  return show(immediateDisclosureRefusals[done.refusal], done.used ? newTimelessId() : id);
}

/** Sends with the person’s yes; for a child asks a second person, or sends at once. Answers with the address to go to; `used`: whether the id belongs to another request now. */
async function sendOrAsk(
  request: Request,
  keys: UnitKeys,
  parcel: NoticeToSend,
  person: Person,
  said: ConsentAnswers,
): Promise<Accepted<string> | (Refused<ImmediateDisclosureRefusal> & { readonly used: boolean })> {
  const { id, ground } = parcel.notice;
  if (ground === 'the person agreed') {
    await sendNotice(request, keys, parcel);
    return accept(custodyNoticePaths.notice(id));
  }
  const asked = await prepareDisclosure(request, toDisclosureRequest(request, parcel, person), said);
  if (!asked.ok) return { ...asked, used: false };
  if (asked.value.timing === 'after approval') {
    const added = await request.change(
      'disclosure.asked for',
      id,
      (tx) => disclosures.addRequestOnce(tx, keys, asked.value),
      { kind: 'collection', fields: ['recipient', 'basis', 'items', 'reasons'] },
    );
    return added.ok ? accept(disclosurePaths.disclosure(id)) : { ...added, used: true };
  }
  const sent = await sendNotice(request, keys, { ...parcel, disclosure: asked.value });
  return sent.ok ? accept(custodyNoticePaths.notice(id)) : { ...sent, used: true };
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
  const crossings = notices.flatMap(({ transferId, withdrawalTransferId }) => [
    transferId,
    ...(withdrawalTransferId ? [withdrawalTransferId] : []),
  ]);
  return request.under('member.read', async (db) => {
    const standings = await store.readDeliveryStates(db, crossings);
    const names = await memberNames(
      db,
      notices.map(({ authorId }) => authorId),
    );
    const told: pages.NoticeWithStatus[] = notices.map((notice) => ({
      notice,
      standing: deliveryStatusOf(standings.get(notice.transferId)),
      backStanding: notice.withdrawalTransferId
        ? deliveryStatusOf(standings.get(notice.withdrawalTransferId))
        : undefined,
    }));
    return { told, names, agencies: new Map((await listAgencies(db)).map(({ id, name }) => [id as string, name])) };
  });
}

/** One notice with its state and the agency that received it. */
async function readNotice(request: Request, keys: UnitKeys, id: NoticeId) {
  const notice = await store.getNotice(
    request.look('custody safeguarding notice.shown', id, { fields: noticeFields }),
    keys,
    id,
  );
  const { told, names, agencies } = await readNoticesWithStatus(request, [notice]);
  return {
    notice,
    told: told[0] as pages.NoticeWithStatus,
    names,
    authority: agencies.get(notice.recipient) ?? 'an agency that has left',
  };
}

/** The person of a notice; undefined where the member may not read the record too. */
async function findPersonOf(request: Request, keys: UnitKeys, personId: Person['id']) {
  if (!request.can('person.read')) return undefined;
  return request.under('person.read', async (_db, look) => {
    try {
      const { called } = await getPerson(look('person.shown', personId, { fields: ['called'] }), keys, personId);
      return { href: recordPaths.record(personId), called };
    } catch (error) {
      if (error instanceof Problem && error.kind === 'not found') return undefined;
      throw error;
    }
  });
}

async function sentRoutes(app: App, keys: UnitKeys): Promise<void> {
  app.get(custodyNoticePaths.notices.route, may('custody safeguarding notice.read'), async (request, reply) => {
    const notices = await store.listNotices(
      request.look('custody safeguarding notices.listed', null, { fields: noticeFields }),
      keys,
    );
    request.returned(notices.map(({ id }) => id));
    const { told, agencies } = await readNoticesWithStatus(request, notices);
    return reply.sections(pages.noticesPage(told, agencies));
  });

  const reading = may('custody safeguarding notice.read', NoticePath);
  app.get(custodyNoticePaths.notice.route, reading, async (request, reply) => {
    const { notice, told, names, authority } = await readNotice(request, keys, request.params.id);
    const person = await findPersonOf(request, keys, notice.personId);
    const author = names.get(notice.authorId) ?? 'somebody who has left';
    const mayTakeBack = request.can('custody safeguarding notice.withdraw') && notice.withdrawnAt === null;
    return reply.case(pages.noticePage(told, { authority, author, mayTakeBack, person }));
  });

  formRoute(app, custodyNoticePaths.withdraw.route, {
    may: may('custody safeguarding notice.withdraw', NoticePath),
    load: (request) => readNotice(request, keys, request.params.id),
    form: NothingAsked,
    page: ({ notice, authority }) => pages.withdrawNoticePage(notice, authority),
    event: 'custody safeguarding notice.withdrawn',
    subject: ({ notice }) => notice.id,
    details: ({ notice }) => ({ fields: ['withdrawnAt'], recipient: notice.recipient }),
    change: async (tx, { notice }, _, { actor, now }) => {
      const transferId = newTimelessId<'crossing'>();
      const current = await store.lockNotice(tx, keys, notice.id);
      const result = withdrawNotice(current, actor.memberId as MemberId, floorToHour(now), transferId);
      if (!result.ok) return result;
      await store.saveWithdrawal(tx, result.value);
      const { recipient, sentence, transferId: withdraws } = result.value;
      await store.queueNotice(tx, keys, { transferId, recipient, sentence, reference: null, withdraws });
      return result;
    },
    refusals: pages.withdrawalRefusals,
    next: (_, { notice }) => custodyNoticePaths.notice(notice.id),
  });
}
