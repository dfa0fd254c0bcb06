/** What crosses the wall without the person's yes, told apart from help that is asked for: it is kept here until it goes, and goes from the room that it crosses from. Pure. */
import { toCustody, toPolice } from '../../vocabulary/agreed.ts';
import type { Disclosure } from './disclosure.ts';

/** Where whoever asked sends what was approved, by which right, and where it stands once it has gone. */
export function wayOf({ id, purpose }: Pick<Disclosure, 'id' | 'purpose'>) {
  const behind = '/staff/safeguarding';
  const [notices, requests] = [`${behind}/protective-notices`, `${behind}/information-requests`];
  if (purpose === toCustody)
    return { send: `${notices}/approved/${id}`, right: 'protective notice.give', sent: `${notices}/${id}` } as const;
  if (purpose === toPolice)
    return { send: `${requests}/approved/${id}`, right: 'information decision.make', sent: requests } as const;
  return { send: `${behind}/disclosures/${id}/send`, right: 'referral.make', sent: undefined } as const;
}

/** Approved is not sent: what crosses the wall is kept here until it has gone. */
export const wasTold = ({ approvedAt, purpose }: Pick<Disclosure, 'approvedAt' | 'purpose'>, kept: boolean): boolean =>
  approvedAt !== null && !(kept && (purpose === toCustody || purpose === toPolice));
