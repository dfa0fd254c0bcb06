/** The three jurisdictions of the United Kingdom, by whose law a partnership publishes. Pure. */

export const jurisdictions = ['England and Wales', 'Scotland', 'Northern Ireland'] as const;
export type Jurisdiction = (typeof jurisdictions)[number];

/** Where nobody set another. */
export const usualJurisdiction: Jurisdiction = 'England and Wales';
