/** Public interface of drafting: turns a signed return into plain English, and checks words against it. */
export { type CaseName, type CaseNames, readyNames } from './case-names.ts';
export { type Draft, draftRelease, type Extras, mentions, type Quote } from './draft.ts';
export { checkText, type Finding, type Justification, type Source, weigh } from './fit.ts';
export { type Account, accountFor, type ModelFact, modelFacts } from './model-facts.ts';
export { findNames, type NamePlace } from './name-places.ts';
export { fill, type Piece, publicMarkdown, publicText, weekNames } from './placeholder.ts';
export {
  type FigureKey,
  figureKeys,
  findPolicyOn,
  type Key,
  type PublicationPolicy,
  policyNamed,
  publicationPolicies,
} from './publication-policy.ts';
export type { Form } from './reader.ts';
export { lengthOf, limit, shareText } from './share.ts';
export { type Decision, type Told, tell, type Withholding, whatIs } from './tell.ts';
