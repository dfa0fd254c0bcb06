/** What a briefing says to an immigration officer whom the plan keeps out of some of its visits. Pure: everybody else reads everything. */

import type { BriefedVisit, BriefingContent } from './briefing.ts';

/** Whether a visit is open to the reader, by its reference. */
export type OpenVisits = (reference: string) => boolean;

/** Leaves the content as it is if all of its visits are open to the reader. */
export function withoutKeptOutVisits(content: BriefingContent, isOpen: OpenVisits): BriefingContent {
  const visits = content.visits.filter(({ reference }) => isOpen(reference));
  const hidden = content.visits.filter(({ reference }) => !isOpen(reference));
  if (hidden.length === 0) return content;
  const names = listPlaceWords(hidden, visits);
  const about = new Set([content.operation, content.team, ...visits.map(({ place }) => place)]);
  const isShown = (text: string) => names.every((name) => !text.includes(name));
  return {
    ...content,
    visits,
    ...(content.riskFiles && {
      riskFiles: content.riskFiles.filter(
        ({ reference, title }) => (reference === null || isOpen(reference)) && isShown(title),
      ),
    }),
    advice: content.advice.filter(({ of, what, why, cure }) => about.has(of) && [of, what, why, cure].every(isShown)),
  };
}

/** Files of the whole operation are for its planners and commanders: a team does not read their titles. */
export const withoutOperationFiles = (content: BriefingContent): BriefingContent =>
  content.riskFiles
    ? { ...content, riskFiles: content.riskFiles.filter(({ reference }) => reference !== null) }
    : content;

/** Names and addresses that the reader does not know from an open visit. */
function listPlaceWords(hidden: readonly BriefedVisit[], open: readonly BriefedVisit[]): string[] {
  const words = (visits: readonly BriefedVisit[]) => visits.flatMap(({ place, address }) => [place, address]);
  const known = new Set(words(open));
  return words(hidden).filter((word) => word !== '' && !known.has(word));
}

/** The changes between two versions without those of visits, which name premises. Only a change of a visit contains a colon. */
export const withoutPremises = (changes: readonly string[]): string[] => [
  ...new Set(changes.map((change) => (change.includes(': ') ? 'the visits' : change))),
];
