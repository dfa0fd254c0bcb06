/** The interface of the signs area: what to look for, whom to call, and who is open. */

export type { Answer, Route, Situation } from '../contacts/contact-router.ts';
export { routesFor } from '../contacts/contact-router.ts';
export type { Area, Channel, Service, Who } from '../contacts/contacts.ts';
export { channelsOn, homeArea, isStale, linkOf, people } from '../contacts/contacts.ts';
export type { HoursState } from '../contacts/hours.ts';
export { hoursAt } from '../contacts/hours.ts';
export { checkedWords, hoursInWords, outsidePoliceWords, reasonWords } from '../contacts/hours-words.ts';
export {
  bankHolidays,
  contentVersion,
  disclosedIds,
  framing,
  listServices,
  listSigns,
  listWithheld,
  publicContent,
  signWords,
} from './load.ts';
export { signsRoutes } from './routes.ts';
export { type Kind, kinds, signsAsked } from './self-check.ts';
export type { Framing, Sign, SignGroup, SignsOf } from './signs.ts';
export { inOrder, isDisclosed, isObservable, mayCarryAdvice } from './signs.ts';
