/** The eight steps of a week, from a report to a release, each as the person whose work it is. */
import { newsroomPaths } from '../vocabulary/paths/newsroom.ts';
import { operationPaths } from '../vocabulary/paths/operations.ts';
import { reportPaths } from '../vocabulary/paths/reports.ts';
import { returnPaths } from '../vocabulary/paths/returns.ts';
import { notePaths } from '../vocabulary/paths/safeguarding/notes.ts';
import { visitPaths } from '../vocabulary/paths/visits.ts';
import type { MemberKey } from './cast.ts';

export type Step = {
  readonly title: string;
  readonly says: string;
  /** Who does it, and where; a step without a member is on the public site. */
  readonly as?: MemberKey;
  readonly at: string;
};

export const steps: readonly Step[] = [
  { title: 'Report', says: 'A neighbour sees something wrong and reports it. No account is needed.', at: '/help' },
  {
    title: 'Assess',
    says: 'An intelligence officer reads each report. Danger comes first.',
    as: 'triage',
    at: reportPaths.police.queue(),
  },
  {
    title: 'Plan',
    says: 'A planner chooses premises, powers of entry, teams and times. Safelight checks the plan against the law.',
    as: 'planner',
    at: operationPaths.list(),
  },
  {
    title: 'Decide',
    says: 'A commander reads the checks, and decides whether the operation goes ahead.',
    as: 'commander',
    at: operationPaths.list(),
  },
  {
    title: 'Visit',
    says: 'A team records what happened at the door, and whom it met.',
    as: 'officer',
    at: visitPaths.list(),
  },
  {
    title: 'Help',
    says: 'A safeguarding lead and the person arrange help together. Police do not see these pages.',
    as: 'lead',
    at: notePaths.list(),
  },
  {
    title: 'Count',
    says: 'An analyst counts the records, and signs the figures.',
    as: 'analyst',
    at: returnPaths.list(),
  },
  {
    title: 'Publish',
    says: 'A press officer writes a release from the signed figures. Another agency approves it.',
    as: 'press',
    at: newsroomPaths.list(),
  },
];
