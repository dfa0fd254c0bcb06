/** Records and rules for tests: ordinary ones, with the differences given. */
import type { KeepingRule, KeptRecord } from './standing.ts';

export const recordOf = (
  of: KeptRecord['classes'][number]['class'],
  from: string,
  more: Partial<KeptRecord> = {},
): KeptRecord => ({
  from,
  openedOn: from,
  classes: [{ class: of, saidOn: more.openedOn ?? from }],
  births: [],
  happenings: [],
  keeps: [],
  reviews: [],
  ...more,
});

export const ruleFor = (of: KeepingRule['class'], more: Partial<KeepingRule> = {}): KeepingRule => ({
  class: of,
  period: { years: 6 },
  notBeforeAge: null,
  notAfterAge: null,
  ends: 'by itself',
  reviewEvery: null,
  validFrom: '2019-01-01',
  saidOn: '2019-01-01',
  ...more,
});
