/** Contacts: who can help, how and when, and whether what we know of them still holds. */

export {
  areas,
  type Channel,
  channelKinds,
  helpSeekers,
  type Service,
  serviceRoles,
  staleBefore,
} from './contacts.ts';
export type { EmergencyFault } from './emergency.ts';
export { nations, weekdays } from './hours.ts';
export { describeUsualHours } from './hours-words.ts';
export { entryOfService, intervalText, type ServiceEntry } from './service-entry.ts';
