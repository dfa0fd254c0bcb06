/** Public interface of drafting: turns a signed return into plain English, and checks words against it. */
export { type CaseName, type CaseNames, prepareNames } from '../release-check/case-names.ts';
export {
  applyJustification,
  checkText,
} from '../release-check/figure-check.ts';
export type { Finding, Justification, Source } from '../release-check/finding.ts';
export { findNames, type NamePlace } from '../release-check/name-places.ts';
export type { Form } from '../release-check/reader.ts';
export { findInWhole } from '../release-check/whole-release.ts';
export { type Draft, draftRelease, type Extras, mentions, type Quote } from './draft.ts';
export { briefText, countWords, lengthOf, limit, mostWords, shareText } from './lengths.ts';
export {
  type FactOutcome,
  findFactOutcomes,
  type ModelFact,
  modelFacts,
} from './model-facts.ts';
export { fillPlaceholders, type Piece, printedText, publicMarkdown, publicText, weekNames } from './placeholder.ts';
export {
  applyPolicy,
  type Decision,
  describeKey,
  type PublishableReturn,
  type Withholding,
} from './public-figures.ts';
export {
  type FigureKey,
  figureKeys,
  findPolicyOn,
  getPolicy,
  type Key,
  type PublicationPolicy,
  publicationPolicies,
} from './publication-policy.ts';
export { type ReactiveLine, reactiveLines } from './reactive-lines.ts';
export { type CountedBy, listStatedFigures, type StatedFigure } from './stated-figures.ts';
