/** Example members and a person who asks, for tests and figures. */

import type { Db } from '../platform/database/database.ts';
import { floorToHour } from '../vocabulary/calendar/moments.ts';
import { newTimelessId } from '../vocabulary/ids.ts';
import { addRequest } from './subject-access/store.ts';
import type { RequestId, SubjectRequest } from './subject-access/subject-access-request.ts';

export async function addSubjectRequest(
  db: Db,
  by: { readonly id: string; readonly agencyId: string },
  about: readonly string[],
  wants: SubjectRequest['wants'],
  at: Date,
): Promise<RequestId> {
  const id = newTimelessId<'subject request'>();
  await addRequest(db, {
    id,
    agencyId: by.agencyId,
    about,
    wants,
    asker: 'the person',
    proof: 'identity document',
    delivery: 'in person',
    reference: 'SAR 11',
    safety: null,
    state: 'open',
    marks: {},
    openedBy: by.id,
    openedAt: floorToHour(at),
    answeredBy: null,
    answeredAt: null,
    digest: null,
    outcome: null,
  });
  return id;
}

/** Answers every open request. */
export async function answerAllRequests(db: Db, by: { readonly id: string }, at: Date): Promise<void> {
  await db
    .updateTable('subjectAccessRequests')
    .set({ state: 'answered', answeredBy: by.id, answeredAt: floorToHour(at), digest: 'a digest' })
    .set(({ eb }) => ({
      outcome: eb.case().when('wants', '=', 'access').then(null).else('done').end(),
    }))
    .where('state', '=', 'open')
    .execute();
}
