/** What a visit is and what may happen at the door. Pure: no clock, no database, no wording. */

export const answers = ['nobody in', 'refused', 'spoken with'] as const;
export type Answer = (typeof answers)[number];

export const rolesInPremises = ['works there', 'runs it', 'lives there', 'customer', 'visitor', 'not known'] as const;
export const interpreters = ['not needed', 'in person', 'by phone', 'none could be found'] as const;
/** Age not known: a child until assessed (Modern Slavery Act 2015 s.51). */
export const ageKnowledge = ['adult', 'under 18', 'not known'] as const;
export const screeningOutcomes = ['no concern', 'concern raised', 'not done'] as const;
export const seizureKinds = ['cash', 'phone', 'documents', 'drugs', 'weapon', 'vehicle', 'other'] as const;
