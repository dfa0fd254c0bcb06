/** Pages before a draft leaves Safelight and for recording its submission; reasons that stop a draft; and the draft itself. */

import { type Draft, draftJson, type PrintedForm } from '../../nrm/index.ts';
import { digest } from '../../platform/crypto/crypto.ts';
import { exportPage } from '../../platform/exports/export-reason.ts';
import type { CasePage, FormPage, Link } from '../../platform/rendering/pages.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { nrmPaths } from '../../vocabulary/paths/safeguarding/nrm.ts';
import type { OpenedNrmReferral } from '../nrm-drafts/audited-reads.ts';
import type { CaseDraft } from '../nrm-drafts/draft.ts';
import { shapes } from '../nrm-drafts/forms.ts';
import type { NrmReferral } from '../nrm-drafts/nrm-referral.ts';
import { marking, questionWords } from '../nrm-drafts/route-question-pages.ts';
import { missingWords } from '../nrm-form/pages.ts';
import { missingOf, partsOf } from '../nrm-form/parts.ts';

export const exportDraftPage = ({ id }: NrmReferral, made: CaseDraft, called: string): FormPage =>
  exportPage({
    marking,
    title: 'Export the draft',
    caption: `NRM referral of ${called}`,
    action: nrmPaths.export(id),
    back: { href: nrmPaths.referral(id), text: 'The NRM referral' },
    lead: [
      'All of it in the order of the official form, to type from or to attach.',
      made.way?.kind === 'notification'
        ? 'Nothing in it was found that names anybody. Read it all the same before it leaves: about one sentence in ten that is unusual gets past the check.'
        : 'It names the person.',
      'Letters that paper here cannot draw stand in it by their numbers; the page of the draft shows and prints all of them.',
    ],
    fields: (ask) => [
      ask.one(
        'shape',
        'As what?',
        Object.entries(shapes).map(([value, text]) => ({ value, text: capital(text) })),
      ),
    ],
    reasons: [
      'for a partner or the coordinator of the operation',
      'for a court, a lawyer or an inquiry',
      'another reason',
    ],
  });

const dutyWords: Record<NonNullable<OpenedNrmReferral['duty']>, string> = {
  statute: 'The law binds your organisation to send it (Modern Slavery Act 2015, section 52).',
  policy: 'Your organisation sends it by its own policy.',
  may: 'No law binds your organisation to send it; it may.',
};

/** How many answers the form asks for that the draft does not have. */
export const missingIn = (made: CaseDraft): number => partsOf(made).reduce((sum, part) => sum + missingOf(part), 0);

/** Two drafts with the same digest are identical. */
export const digestOf = (leaving: NonNullable<CaseDraft['leaving']>): string => digest(draftJson(leaving));

/** The Home Office runs the service. What was sent there is recorded here, frozen. */
export function submitPage({ concern, made, person: { called }, by: { today }, duty }: OpenedNrmReferral): FormPage {
  const missing = missingIn(made);
  const referral = made.way?.kind === 'referral';
  return {
    title: referral ? 'Submit the referral' : 'Submit the Duty to Notify',
    caption: `NRM referral of ${called}`,
    lead: [
      `Type it into the Home Office’s service from the draft, then say so here: ${missingWords(missing)}. From then on it stays as it is on ${longDay(today)}.`,
      referral
        ? 'The police are notified and record a crime, with the person as the victim. The person does not have to speak to the police.'
        : `It names nobody. In the service, leave empty whatever the draft leaves empty. ${duty ? dutyWords[duty] : ''}`,
      ...(made.way?.ground.includes('child')
        ? [
            'Beside it: the council’s children’s services are told, and an Independent Child Trafficking Guardian where there is one.',
          ]
        : []),
    ],
    fields: (ask) => [
      ask.hidden('digest', made.leaving ? digestOf(made.leaving) : ''),
      ...(missing > 0
        ? [
            ask.one('short', `${capital(missingWords(missing))}. Was it sent so?`, [
              { value: 'yes', text: 'Yes, without them' },
              { value: 'no', text: 'No' },
            ]),
          ]
        : []),
      ask.one('sent', 'Has it gone?', [{ value: 'yes', text: 'Yes: I have sent it through the service' }]),
      ask.text('reference', 'The number that the service gave', { hint: 'If any.' }),
    ],
    button: 'Write down that it was submitted',
    cancel: nrmPaths.referral(concern.id),
  };
}

/** What stops a notification, with a link to each answer; or why there is no draft yet. */
export function blockedPage(concern: NrmReferral, made: CaseDraft, called: string): CasePage {
  const { heldBack, draft } = made;
  const parts = partsOf(made);
  const partOf = (key: string): number =>
    parts.find(({ entries }) => entries.some(({ field }) => field.key === key))?.number ?? 0;
  const asks = new Map(draft.sections.flatMap(({ entries }) => entries.map(({ field }) => [field.key, field.asks])));
  return {
    title: made.question ? 'There is no draft yet' : 'This notification is held back',
    caption: `NRM referral of ${called}`,
    back: { href: nrmPaths.referral(concern.id), text: 'The NRM referral' },
    lead: [
      ...(made.question ? [`A question is open: ${questionWords[made.question]}`] : []),
      ...(heldBack ? [blockedWords[heldBack.refusal]] : []),
      'What was typed is kept as it is.',
    ],
    sections: [
      {
        kind: 'list' as const,
        items: [
          ...(heldBack?.findings ?? []).map(({ field, found, why, instead }) => ({
            text: `${asks.get(field) ?? field}: “${found}”. ${why} ${instead}`,
            href: `${withQuery(nrmPaths.part(concern.id, String(partOf(field))), { all: 'yes' })}#${field}`,
          })),
          ...(heldBack?.refusal === 'does not fit'
            ? draft.missing
                .filter(({ fault }) => fault !== 'missing')
                .map(({ key, asks: what }) => ({
                  text: `${what}: it does not fit the form`,
                  href: `${withQuery(nrmPaths.part(concern.id, String(partOf(key))), { all: 'yes' })}#${key}`,
                }))
            : []),
        ],
      },
    ],
  };
}

const blockedWords = {
  identifies:
    'Something in it could tell who it is about, alone or together with the rest. There is no way to send it as it is.',
  'does not fit': 'Something in it fits no list of the form. There is no way to send it as it is.',
  'not a first responder': 'Only a member of a first responder organisation makes a notification.',
  'not about an adult': 'Of a person who is or may be under 18 there is no notification: a referral is made.',
} as const;

/** A draft on a page, to be read, typed from or printed. */
export type DraftPage = { readonly title: string; readonly back: Link; readonly paper: PrintedForm };
declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'safeguarding/nrm-drafts/draft': DraftPage;
  }
}

export const draftPage = (concern: NrmReferral, draft: Draft, paper: PrintedForm): DraftPage => ({
  title: draft.branch === 'referral' ? 'Draft of a referral' : 'Draft of a Duty to Notify',
  back: { href: nrmPaths.referral(concern.id), text: 'The NRM referral' },
  paper,
});
