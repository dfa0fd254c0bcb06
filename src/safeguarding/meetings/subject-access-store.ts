/** What meetings recorded about a person, for their subject access request. The data-protection lead of the keeping agency reads it while the request is open. */
import type { AreaRecordsHeld } from '../../platform/area.ts';
import { formatMoments } from '../../platform/forms/correction.ts';
import { createLines, type ShownColumn } from '../../vocabulary/records-held.ts';
import { readPart } from '../people/subject-access-store.ts';
import { listMeetingCasesOf } from './store.ts';

const caseLabels: readonly ShownColumn[] = [
  ['addedAt', 'Put on the list of a meeting in the hour after'],
  ['knows', 'Whether you knew of the meeting'],
  ['reason', 'Why not', 'another person'],
];
const decisionLabels: readonly ShownColumn[] = [
  ['at', 'Written in the hour after'],
  ['words', 'What a meeting of agencies decided', 'another person'],
];

export const readHeldMeetings: AreaRecordsHeld = (db, keys, about) =>
  readPart(db, about, 'Meetings of agencies about you', async (id) =>
    (await listMeetingCasesOf(db, keys, id)).flatMap((one) => [
      ...createLines(`meeting_cases/${one.id}`, formatMoments(one), caseLabels),
      ...one.decisions.flatMap((decision, index) =>
        createLines(`meeting_cases/${one.id}/${index + 1}`, formatMoments(decision), decisionLabels),
      ),
    ]),
  );
