/** The door of the decisions: the policy log of an operation, which only grows. */
export { type Decision, type DecisionKind, decisionKinds, standingGo } from './decision.ts';
export { decisionsPolicy } from './policy.ts';
export { decisionRoutes } from './routes.ts';
export { addDecision, listDecisions } from './store.ts';
