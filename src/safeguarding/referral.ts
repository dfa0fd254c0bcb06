/** A request to one agency to help one person: with her agreement, and with no more than she agreed to. Pure: no clock, no database, no wording. */

export const referralStates = ['sent', 'accepted', 'declined'] as const;
export type ReferralState = (typeof referralStates)[number];

/** An adult is referred with her agreement alone; under 18, or age not known, help is arranged in any case (domain 1.2). */
export const grounds = ['agreed', 'under 18 or age not known'] as const;
export type Ground = (typeof grounds)[number];
