/** Public interface of drafting: turns a signed return into plain English, and checks words against it. */
export { type CaseName, type CaseNames, prepareNames as readyNames } from '../release-check/case-names.ts';
export {
  applyJustification as weigh,
  checkText,
} from '../release-check/figure-check.ts';
export type { Finding, Justification, Source } from '../release-check/finding.ts';
export { findNames, type NamePlace } from '../release-check/name-places.ts';
export type { Form } from '../release-check/reader.ts';
export { type Draft, draftRelease, type Extras, mentions, type Quote } from './draft.ts';
export {
  type FactOutcome as Account,
  findFactOutcomes as accountFor,
  type ModelFact,
  modelFacts,
} from './model-facts.ts';
export { fillPlaceholders as fill, type Piece, publicMarkdown, publicText, weekNames } from './placeholder.ts';
export {
  applyPolicy as tell,
  type Decision,
  describeKey as whatIs,
  type PublishableReturn as Told,
  type Withholding,
} from './public-figures.ts';
export {
  type FigureKey,
  figureKeys,
  findPolicyOn,
  getPolicy as policyNamed,
  type Key,
  type PublicationPolicy,
  publicationPolicies,
} from './publication-policy.ts';
export { lengthOf, limit, shareText } from './share.ts';
