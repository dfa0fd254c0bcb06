/** Public interface of the policy log of an operation, which is append-only. */
export { type Decision, type DecisionKind, decisionKinds, standingGo } from './decision.ts';
export { decisionsPolicy } from './policy.ts';
export { decisionRoutes } from './routes.ts';
export { addDecision, listDecisions } from './store.ts';
