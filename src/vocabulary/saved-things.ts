/** What the page after a form can say: what was saved, as in “Note saved.”, or what was done. Pure. */

export const savedThings = [
  'Action',
  'Agreement',
  'Answer',
  'Answers',
  'Arrest',
  'Arrival',
  'Briefing',
  'Briefing time',
  'Call',
  'Case',
  'Contact',
  'Debrief',
  'Decision',
  'Departure',
  'Document',
  'Draft',
  'Duty',
  'Entry',
  'File',
  'Handover',
  'Indicator',
  'Indicators',
  'Intelligence',
  'Key',
  'Meeting',
  'Name',
  'Needs',
  'Note',
  'NRM referral',
  'Offer',
  'Operation',
  'Partner',
  'People',
  'Person met',
  'Photo',
  'Power of entry',
  'Premises',
  'Proposal',
  'Quiet hours',
  'Record',
  'Referral',
  'Request',
  'Screening',
  'Search',
  'Seizure',
  'Status',
  'Team',
  'Version',
  'Visit',
  'Week',
] as const;

/** For a step that is more than a save. */
export const doneThings = {
  'Intelligence disposed of': 'The intelligence was disposed of.',
  'Release drafted': 'The draft was made from the signed return. Read it, then submit it for approval.',
  'Release submitted': 'The release was submitted for approval. Press officers who may approve it were notified.',
  'Release sent back': 'The release was sent back. It is a draft again, with your note.',
  'Release approved': 'You approved the release. It can be published now.',
  'Release published': 'The release was published. Without an embargo everybody can read it now.',
  'Correction begun': 'The correction was begun. The public text stays until the correction is published.',
} as const;

export type SavedThing = (typeof savedThings)[number] | keyof typeof doneThings;

/** The sentence that the page says. */
export const savedSentence = (thing: SavedThing): string =>
  thing in doneThings ? doneThings[thing as keyof typeof doneThings] : `${thing} saved.`;

export const isSavedThing = (text: string | undefined): text is SavedThing =>
  (savedThings as readonly (string | undefined)[]).includes(text) || Object.hasOwn(doneThings, text ?? '');
