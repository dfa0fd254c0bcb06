/** Public interface of drafting: turns a signed return into plain English, and checks words against it. */
export { type CaseName, type CaseNames, readyNames } from '../release-check/case-names.ts';
export { checkText, type Finding, type Justification, type Source, weigh } from '../release-check/figure-check.ts';
export { findNames, type NamePlace } from '../release-check/name-places.ts';
export type { Form } from '../release-check/reader.ts';
export { type Draft, draftRelease, type Extras, mentions, type Quote } from './draft.ts';
export { type Account, accountFor, type ModelFact, modelFacts } from './model-facts.ts';
export { fill, type Piece, publicMarkdown, publicText, weekNames } from './placeholder.ts';
export { type Decision, type Told, tell, type Withholding, whatIs } from './public-figures.ts';
export {
  type FigureKey,
  figureKeys,
  findPolicyOn,
  type Key,
  type PublicationPolicy,
  policyNamed,
  publicationPolicies,
} from './publication-policy.ts';
export { lengthOf, limit, shareText } from './share.ts';
