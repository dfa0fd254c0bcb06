/** Consents of a person, and what was shared because of them, for the page of the case. */

import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { consentPaths } from '../../vocabulary/paths/safeguarding/consent.ts';
import { wordsOf } from '../../vocabulary/value-words.ts';
import type { CaseEvent } from '../case/timeline.ts';
import type { ConsentSummary, RecordSectionSource } from '../people/record-sections.ts';
import { type Act, type Consent, type ConsentRefusal, deriveConsentStatus } from './consent.ts';
import { type GrantSummary, listConsentRefusals, listConsents, listGrantSummaries } from './store.ts';

const actWords: Record<Act, string> = {
  examine: 'an examination',
  share: 'sharing information',
  refer: 'a referral',
};

const toSummary = ({ id, agencyId, recipient, purpose }: Consent, grants: readonly GrantSummary[]): ConsentSummary => ({
  ...{ id, agencyId, recipient, purpose },
  used: grants.some(({ consentId }) => consentId === id),
});

export const consentsSection: RecordSectionSource = {
  action: 'consent.read',
  tell: (request, keys, id, ids) =>
    request.under('consent.read', async (_db, look) => {
      const db = look('consents.shown', null, { fields: ['act', 'recipient', 'purpose', 'until', 'ended'] });
      const consents = await listConsents(db, keys, ids);
      const refusals = await listConsentRefusals(db, keys, ids);
      const grants = await listGrantSummaries(db, ids);
      request.returned([...consents, ...refusals, ...grants].map((one) => one.id));
      const now = floorToHour(request.now);
      const standing = consents.filter((one) => one.act === 'refer' && deriveConsentStatus(one, now) === 'in force');
      return {
        consents: standing.map((one) => toSummary(one, grants)),
        events: [
          ...consents.flatMap((one) => consentEvents(one, consentPaths.overview(id))),
          ...refusals.map((one) => refusalEvent(one, consentPaths.overview(id))),
          ...grants
            .filter(({ act }) => act === 'share')
            .flatMap((one) => sharingEvents(one, consentPaths.overview(id))),
        ],
      };
    }),
};

const refusalEvent = ({ act, recipient, purpose, givenAt, authorId }: ConsentRefusal, href: string): CaseEvent => ({
  at: givenAt,
  title: (name) => `The person said no to ${actWords[act]}: ${name(recipient)}, ${wordsOf(purpose)}`,
  by: authorId,
  href,
});

const consentEvents = (consent: Consent, href: string): CaseEvent[] => {
  const { act, recipient, purpose, givenAt, authorId, withdrawnAt, withdrawnBy } = consent;
  const what = (agencyName: (id: string) => string): string =>
    `${actWords[act]}: ${agencyName(recipient)}, ${wordsOf(purpose)}`;
  return [
    { at: givenAt, title: (name) => `Consent to ${what(name)}`, by: authorId, href },
    ...(withdrawnAt
      ? [
          {
            at: withdrawnAt,
            title: (name: (id: string) => string) => `Consent withdrawn to ${what(name)}`,
            by: withdrawnBy,
            href,
          },
        ]
      : []),
  ];
};

const sharingEvents = ({ recipient, madeAt, authorId }: GrantSummary, href: string): CaseEvent[] => [
  { at: madeAt, title: (name) => `Information shared: ${name(recipient)}`, by: authorId, href },
];
