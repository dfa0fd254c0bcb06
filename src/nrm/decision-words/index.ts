/** How decisions of the Home Office are worded and shown. */
export {
  decisionErrors,
  decisionSections,
  decisionWords,
  type RecordedDecision,
  stateWords,
} from './decision-words.ts';
