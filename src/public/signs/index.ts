/** The interface of the signs area: what to look for, whom to call, and who is open. */

export type { Area, Service } from '../contacts/contacts.ts';
export { channelsOn, homeArea, linkOf, serves } from '../contacts/contacts.ts';

export { hoursAt } from '../contacts/hours.ts';

export {
  bankHolidays,
  contentVersion,
  disclosedIds,
  listServices,
  listSigns,
  publicContent,
  signTexts,
} from './load.ts';

export { type Kind, kinds, signsAsked } from './self-check.ts';
export type { GroupedSigns, Sign } from './signs.ts';
export { groupSigns, isControlSign, isDisclosed, isRecordable } from './signs.ts';
