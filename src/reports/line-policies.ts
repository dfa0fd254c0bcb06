/** The two lines as the policy table knows them: who reads, on which side, for which purpose, in which store. */
import type { RecordClass } from '../platform/access-policy/access.ts';
import type { Purpose, Role, Side } from '../vocabulary/people.ts';

export const marking = 'OFFICIAL-SENSITIVE: PERSONAL DATA';

export type LinePolicy = {
  readonly readers: { readonly roles: readonly Role[]; readonly side: Side };
  /** Professionals of other agencies who may hand in reports from their work; of either side where none is named. */
  readonly professionals: { readonly roles: readonly Role[]; readonly side?: Side };
  readonly purpose: Purpose;
  readonly store: Pick<RecordClass, 'store'>;
};

export const policeLine: LinePolicy = {
  readers: { roles: ['triage'], side: 'enforcement' },
  professionals: {
    roles: ['planner', 'commander', 'field', 'enforcement', 'safeguarding lead', 'partner caseworker'],
  },
  purpose: 'investigation',
  store: {},
};

/** Enforcement members never write to the safeguarding database. */
export const supportLine: LinePolicy = {
  readers: { roles: ['safeguarding lead', 'partner caseworker'], side: 'help' },
  professionals: { roles: ['field', 'safeguarding lead', 'partner caseworker'], side: 'help' },
  purpose: 'safeguarding',
  store: { store: 'safeguarding' },
};
