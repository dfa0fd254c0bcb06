/** One sealed thing, opened by a custodian to the member who asked, for a time. */
export {
  type CustodianDecision,
  type DecisionRefusal,
  type EarlyEnd,
  maxRequestHours,
  mayDecideRequest,
  type RequestState,
  requestEnd,
  requestStateOf,
  type TimedRequest,
} from './custodian-decision.ts';
export { hasOtherCustodian } from './custodians.ts';
export { decisionErrorsFor, hoursField, stateCell } from './pages.ts';
