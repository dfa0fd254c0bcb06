/** Records and rules for tests: ordinary ones, with the differences given. */
import type { RetainedRecord, RetentionRule } from './retention-status.ts';

export const recordOf = (
  of: RetainedRecord['classes'][number]['class'],
  from: string,
  more: Partial<RetainedRecord> = {},
): RetainedRecord => ({
  from,
  openedOn: from,
  classes: [{ class: of, recordedOn: more.openedOn ?? from }],
  births: [],
  happenings: [],
  keeps: [],
  reviews: [],
  ...more,
});

export const ruleFor = (of: RetentionRule['class'], more: Partial<RetentionRule> = {}): RetentionRule => ({
  class: of,
  period: { years: 6 },
  notBeforeAge: null,
  notAfterAge: null,
  ends: 'by itself',
  reviewEvery: null,
  validFrom: '2019-01-01',
  recordedOn: '2019-01-01',
  ...more,
});
