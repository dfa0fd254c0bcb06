/** Premises as targets of an operation. Pure: no clock, no database, no wording. */
import type { AgencyId, OperationId, PremisesId } from '../../vocabulary/ids.ts';
import type { AgencyKind, Side } from '../../vocabulary/people.ts';

export const businesses = [
  'massage or beauty',
  'nail bar',
  'car wash',
  'restaurant or takeaway',
  'shop',
  'hotel or guesthouse',
  'residential business',
  'farm',
  'factory or warehouse',
  'building site',
  'other business',
] as const;
export type Business = (typeof businesses)[number];

export const priorities = ['high', 'medium', 'low'] as const;
export type Priority = (typeof priorities)[number];

/** Whether and when immigration officers come in: a decision for each premises, never a habit. */
export const immigrationEntries = [
  'not present',
  'waits until called',
  'after first contact',
  'with the team',
] as const;
export type ImmigrationEntry = (typeof immigrationEntries)[number];

/** Some powers do not allow entry to a home. "Not known" is kept apart from "no". */
export const dwellings = ['yes', 'no', 'not known'] as const;
export type Dwelling = (typeof dwellings)[number];

export type Premises = {
  readonly id: PremisesId;
  readonly operationId: OperationId;
  readonly business: Business;
  readonly name: string;
  readonly address: string;
  readonly town: string;
  readonly postcode: string | null;
  /** Whether somebody lives or sleeps there. */
  readonly dwelling: Dwelling;
  readonly reason: string;
  readonly priority: Priority;
  readonly risks: string | null;
  /** Languages that may be needed, so that an interpreter is there. Never a reason to go. */
  readonly languages: readonly string[];
  readonly interpreter: string | null;
  /** Who can arrange help here without telling police or immigration, and that organisation's person on call. */
  readonly referrerId: AgencyId | null;
  readonly referrerOnCall: string | null;
  readonly referrerContact: string | null;
  readonly immigrationEntry: ImmigrationEntry | null;
};

/** Languages that need an interpreter: all but English. */
export const listLanguagesToInterpret = (languages: readonly string[]): readonly string[] =>
  languages.filter((language) => !/^english$/i.test(language.trim()));

/** A referring organisation is a support agency that may submit to the NRM: a council, or a voluntary first responder (domain 1.1; NHS bodies and advisers are not on the list). */
export const mayRefer = (agency: {
  readonly kind: AgencyKind;
  readonly side: Side;
  readonly firstResponder: boolean;
}): boolean =>
  agency.side === 'help' && (agency.kind === 'council' || (agency.kind === 'voluntary' && agency.firstResponder));
