/** The interface of the signs area: what to look for, whom to call, and who is open. */

export type { Area, Channel, Service, Who } from './contacts.ts';
export { channelsOn, homeArea, isStale, linkOf, people } from './contacts.ts';
export type { HoursState } from './hours.ts';
export { hoursAt } from './hours.ts';
export { checkedWords, hoursInWords, outsidePoliceWords, reasonWords } from './in-words.ts';
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
export type { Answer, Route, Situation } from './router.ts';
export { routesFor } from './router.ts';
export { signsRoutes } from './routes.ts';
export { type Kind, kinds, signsAsked } from './self-check.ts';
export type { Framing, Sign, SignGroup, SignsOf } from './signs.ts';
export { inOrder, isDisclosed, isObservable, mayCarryAdvice } from './signs.ts';
