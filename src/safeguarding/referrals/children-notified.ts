/** Records that a lead already notified children’s services outside Safelight. It is a disclosure at once on the ground “child”, so a second person reviews it, and it sends nothing. */

import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { answersOf, formIdIn } from '../../platform/forms/forms.ts';
import { type FormErrors, type Reply, type Request, readForm } from '../../platform/http/server.ts';
import type { FormPage } from '../../platform/rendering/pages.ts';
import { childPurpose } from '../../vocabulary/information-shared.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { wordsOf } from '../../vocabulary/value-words.ts';
import { endAfterDays } from '../consent/asking/question.ts';
import type { DisclosureId } from '../disclosures/disclosure.ts';
import { addImmediateDisclosure } from '../disclosures/store.ts';
import { prepareDisclosure } from '../disclosures/without-consent.ts';
import type { ReferralFormData } from './form-pages.ts';
import { ChildrenNotifiedForm, notifiedItems, notifiedWays } from './forms.ts';
import { referralRefusals } from './pages.ts';
import { describeSubject, isTreatedAsChild, subjectPath } from './subject.ts';

const listCouncils = ({ recipients }: ReferralFormData) => recipients.filter(({ kind }) => kind === 'council');

/** Whether the person is treated as a child; only then is there a duty to notify. */
export const isForChild = ({ subject }: ReferralFormData): boolean => isTreatedAsChild(subject);

/** Begins the sealed words that say whom, how and when. */
export const notifiedBeforehand = 'Children’s services were notified already';

/** Asks whom, when, how and what. Closed for members who may not disclose at once. */
export function childrenNotifiedPage(found: ReferralFormData, id: string): FormPage {
  const { subject, approves } = found;
  const councils = listCouncils(found);
  const closed = !approves || councils.length === 0;
  return {
    ...found.frame,
    title: 'Record that children’s services were notified',
    caption: found.frame ? undefined : describeSubject(subject),
    lead: closed
      ? [
          approves
            ? 'No council receives referrals here. An administrator can add one.'
            : 'Only a safeguarding lead or data-protection lead can record this. Ask yours, or refer the person to children’s services.',
        ]
      : [
          'Use this only after you notified them. Safelight sends nothing.',
          'A second person must review it by the end of the next working day.',
        ],
    closed,
    button: 'Record it',
    cancel: subjectPath(subject),
    more: closed ? { href: subjectPath(subject), text: 'Go back' } : undefined,
    fields: (ask) => [
      ask.one(
        'to',
        'Which council did you notify?',
        councils.map(({ id: value, name: text }) => ({ value, text })),
      ),
      ask.one(
        'how',
        'How?',
        notifiedWays.map((way) => ({ value: way, text: capital(way) })),
      ),
      ask.text('whom', 'Whom did you notify?', { hint: 'For example: the duty social worker, and their name.' }),
      ask.text('when', 'When?', { hint: 'Day and time, for example: today at 2pm.' }),
      ask.many(
        'items',
        'What did you tell them?',
        notifiedItems.map((item) => ({ value: item, text: capital(wordsOf(item)) })),
      ),
      ask.hidden('id', id),
      ask.hidden('step', 'notified'),
    ],
  };
}

/** Keeps it, or shows the form again with what was wrong. */
export async function recordChildrenNotified(
  request: Request,
  reply: Reply,
  keys: UnitKeys,
  found: ReferralFormData,
): Promise<unknown> {
  const typed = answersOf(request.body);
  const again = (errors: FormErrors) => reply.form(childrenNotifiedPage(found, formIdIn(typed)), typed, errors);
  const form = readForm(ChildrenNotifiedForm, request.body);
  if (!form.ok) return again(form.errors);
  const { id, to, how, whom, when, items } = form.values;
  const council = listCouncils(found).find((one) => one.id === to);
  if (!council) return again({ to: 'Select a council of the list' });
  const { personId, operationId } = found.subject;
  const wanted = {
    ...{ id: id as string as DisclosureId, personId, operationId, recipient: council.id, items },
    ...{ purpose: childPurpose, basis: 'child' as const, until: endAfterDays(request.today, 1) },
    reasons: 'Under 18, or age not known: help is arranged in any case',
    plan: { shown: [], noteId: found.subject.noteId, form: null },
  };
  const cannotWait = `${notifiedBeforehand}, ${how}. Whom: ${whom}. When: ${when}.`;
  const made = await prepareDisclosure(request, wanted, { atOnce: true, cannotWait });
  if (!made.ok) return again(referralRefusals[made.refusal]);
  // Nothing waits to be sent, so no plan is kept.
  const told = { ...made.value, plan: null };
  const saved = await request.change(
    'children’s services.notified',
    told.id,
    (tx) => addImmediateDisclosure(tx, keys, told),
    { kind: 'disclosure', recipient: council.id, fields: [...items] },
  );
  return saved.ok ? reply.redirect(subjectPath(found.subject), 303) : again(referralRefusals[saved.refusal]);
}
