/** Fills in the parts of the form. Everything typed is kept; what may not be sent gets an error and is not sent. */
import { z } from 'zod';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { type Answers, answersOf } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import type { MemberId } from '../../vocabulary/ids.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { type OpenedNrmReferral, openNrmReferral } from '../nrm-drafts/audited-reads.ts';
import { buildCaseDraft } from '../nrm-drafts/draft.ts';
import { PartPath, PartQuery } from '../nrm-drafts/forms.ts';
import type { NrmReferral } from '../nrm-drafts/nrm-referral.ts';
import { nrmReferralPath } from '../nrm-drafts/route-question-pages.ts';
import { lockNrmReferral, saveNrmReferral } from '../nrm-drafts/store.ts';
import { contactTooOpenError, faultErrors, findingErrors, missingOf, type Part, partPage, partsOf } from './pages.ts';
import { exceedsRecordedContact } from './safe-contact.ts';

/** Enough for ten long answers in one request. */
const longestPart = 1024 * 1024;

const alreadySubmitted: FormErrors = { '': 'It was submitted meanwhile: nothing in it changes any more' };

export async function partRoutes(app: App, keys: UnitKeys): Promise<void> {
  const opened = async (request: Request, id: NrmReferral['id'], number: number) => {
    const whole = await openNrmReferral(request, keys, id);
    const part = partsOf(whole.made).find((one) => one.number === number);
    if (!part) throw notFound('part of the form');
    return { ...whole, part };
  };
  const pageOf = ({ concern, made, person, names }: OpenedNrmReferral, part: Part, all: boolean) => ({
    concern,
    made,
    part,
    called: person.called,
    names,
    all,
  });

  app.get(
    '/safeguarding/nrm-referrals/:id/parts/:number',
    may('nrm referral.change', PartPath, PartQuery),
    async (request, reply) => {
      const { id, number } = request.params;
      const whole = await opened(request, id, number);
      if (whole.concern.submission) return reply.redirect(nrmReferralPath(id), 303);
      const all = request.query.all === 'yes';
      const errors = errorsOf(whole, whole.part);
      return reply.page(
        'safeguarding/nrm-form/form-part',
        partPage({ ...pageOf(whole, whole.part, all), looking: true }, {}, errors),
      );
    },
  );

  app.post(
    '/safeguarding/nrm-referrals/:id/parts/:number',
    { ...may('nrm referral.change', PartPath), bodyLimit: longestPart },
    async (request, reply) => {
      const { id, number } = request.params;
      const whole = await opened(request, id, number);
      const typed = answersOf(request.body);
      const asked = String(typed.asked ?? '').split(' ');
      const on = { by: request.actor.memberId as MemberId, on: request.today };
      const fields = whole.part.entries.flatMap(({ field }) => (asked.includes(field.key) ? [field] : []));
      const days = readForm(z.record(z.string(), z.unknown()), request.body);
      const said = days.ok ? (days.values as Answers) : typed;
      const given = fields.map(({ key, from, kind }) => ({
        ...{ key, from },
        value: readAnswer(said[key], kind === 'choices' || kind === 'tick'),
      }));
      const loosened = given.filter(
        ({ from, value }) => value !== null && exceedsRecordedContact(from, value, whole.person),
      );
      const taken = given.filter((one) => !loosened.includes(one));
      const saved = await request.change(
        'nrm referral.answered',
        id,
        async (tx) => {
          const current = await lockNrmReferral(tx, keys, id);
          if (current.submission) return refuse('submitted already');
          const answers = { ...current.answers };
          for (const { from, value } of taken) {
            const known = whole.made.known[from];
            if (value === null) delete answers[from];
            // An answer equal to the record stays the record's.
            else if (known === undefined || String(known.value) !== String(value)) answers[from] = { value, ...on };
          }
          const next = { ...current, answers };
          await saveNrmReferral(tx, keys, next);
          return accept(next);
        },
        { fields: taken.map(({ key }) => key) },
      );
      if (!saved.ok)
        return reply.page(
          'safeguarding/nrm-form/form-part',
          partPage(pageOf(whole, whole.part, true), typed, alreadySubmitted),
        );
      // Checked as stored: answers show which questions follow.
      const made = buildCaseDraft(saved.value, whole.earlier, whole.person, whole.by);
      const now: OpenedNrmReferral = { ...whole, concern: saved.value, made };
      const part = partsOf(made).find((one) => one.number === number);
      const refused = contactErrors(loosened, part);
      if (part && Object.keys(refused).length > 0)
        return reply.page('safeguarding/nrm-form/form-part', partPage(pageOf(now, part, false), typed, refused));
      const errors = part ? errorsOf(now, part) : {};
      if (part && Object.keys(errors).length > 0)
        return reply.page('safeguarding/nrm-form/form-part', partPage(pageOf(now, part, false), {}, errors));
      const shownNow = part?.entries.some(({ field, fault }) => fault === 'missing' && !asked.includes(field.key));
      if (shownNow) return reply.redirect(`${nrmReferralPath(id)}/parts/${number}`, 303);
      const next = partsOf(made).find((one) => one.number > number && missingOf(one) > 0);
      return reply.redirect(next ? `${nrmReferralPath(id)}/parts/${next.number}` : nrmReferralPath(id), 303);
    },
  );
}

const contactErrors = (loosened: readonly { readonly key: string }[], part: Part | undefined): FormErrors => {
  const here = new Set(part?.entries.map(({ field }) => field.key));
  return Object.fromEntries(loosened.flatMap(({ key }) => (here.has(key) ? [[key, contactTooOpenError]] : [])));
};

/** What cannot stay in this part: answers outside a list, and in a notification identifying text. */
function errorsOf({ made }: OpenedNrmReferral, part: Part): FormErrors {
  const here = new Set(part.entries.map(({ field }) => field.key));
  const found = made.heldBack?.findings.filter(({ field }) => here.has(field)) ?? [];
  return { ...faultErrors(part.entries), ...findingErrors(found) };
}

function readAnswer(typed: unknown, many: boolean): string | readonly string[] | null {
  const all = [typed ?? []].flat().flatMap((one) => (typeof one === 'string' && one.trim() !== '' ? [one.trim()] : []));
  if (many) return all.length > 0 ? all : null;
  return all[0] ?? null;
}
