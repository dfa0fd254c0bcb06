/** The interface of the signs area: what to look for, whom to call, and who is open. */

export type { Area, Service } from '../contacts/contacts.ts';
export { channelsOn, homeArea, inForce, isStale, linkOf, serves } from '../contacts/contacts.ts';

export { hoursAt } from '../contacts/hours.ts';
export { readPlace } from './forms.ts';
export {
  type ApprovedContacts,
  bankHolidays,
  contentVersion,
  disclosedIds,
  emergencyFault,
  listRecordableSigns,
  listServices,
  listSigns,
  listSignsOfVisits,
  publicContent,
  publicContentByUse,
  serviceOfVersion,
  servicesWith,
  signTexts,
} from './load.ts';
export { placeKeys } from './pages-check.ts';
export { type Kind, kinds, signsAsked } from './self-check.ts';
export { faultOfService, parseService } from './service-shape.ts';
export type { GroupedSigns, Sign } from './signs.ts';
export { groupSigns, groupVisitSigns, isControlSign, isDisclosed, isRecordable } from './signs.ts';
