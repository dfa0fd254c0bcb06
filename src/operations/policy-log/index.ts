/** Public interface of the policy log of an operation, which is append-only. */
export type { Decision } from './decision.ts';
export {
  findDecisionToProceed,
  listAddedSinceDecision,
  listDecisionsToProceed,
} from './store.ts';
