/** One contact of the public site as administrators see it: where it stands, and when it must be checked again. Pure. */
import { type Service, staleBefore } from '../public/contacts/index.ts';
import { addDays, daysBetween } from '../vocabulary/calendar/days.ts';

export type ContactState = 'withheld' | 'old' | 'hours not confirmed' | 'not confirmed by two people' | 'confirmed';

/** `byTwo`: one member checked it and another approved that. */
export function stateOfContact(service: Service, byTwo: boolean, today: string): ContactState {
  if (service.withheld !== null) return 'withheld';
  if (service.dateChecked < staleBefore(today)) return 'old';
  if (!byTwo) return 'not confirmed by two people';
  return service.hours.usual === 'not confirmed' ? 'hours not confirmed' : 'confirmed';
}

/** Days since it was checked. */
export const ageOfContact = ({ dateChecked }: Service, today: string): number => daysBetween(dateChecked, today);

/** Administrators are reminded before it is marked as old. */
const remindAfterDays = 60;
export const isDueForCheck = (service: Service, today: string): boolean =>
  service.withheld === null && service.dateChecked <= addDays(today, -remindAfterDays);
