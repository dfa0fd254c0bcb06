/** Words for stored values that are shorter than what a page should say. */

const words: Readonly<Record<string, string>> = {
  // What a person consents to.
  'requested help': 'to give the help asked for',
  'safe place': 'to find a safe place to stay',
  'safety planning': 'to plan for safety',
  'examine and treat': 'to examine and treat',
  'specialist advice': 'to advise on law, immigration or money',
  childcare: 'to protect or look after a child',
  'NRM referral': 'to make a referral to the National Referral Mechanism',
  'proof of injuries': 'to keep proof of injuries',
  'custody protection': 'to protect the person in custody',
  'police request': 'to answer a request of police',
  'help needed': 'the help requested',
  'essential information': 'information needed to help',
  wishes: 'the person’s wishes',
  'given advice': 'the advice given to the person',
  'contact details': 'how to reach the person safely',
  'papers about health': 'documents about health',
  'legal documents': 'documents about law, immigration or money',
  'other documents': 'other documents and photos',
  'NRM draft': 'the draft of a referral to the NRM',
  'custody sentence': 'one short message, and the custody reference',
  'injury examination': 'a look at injuries',
  // What police ask support agencies for.
  'contact dates': 'whether and when the person was in contact',
  'help provided': 'the help given',
  'person’s account': 'the person’s account of what happened',
  whereabouts: 'where the person was at stated times',
  // What a custodian is asked to open an identity for.
  'crime prevention': 'to prevent or detect a crime',
  'prosecution or disclosure': 'to prosecute a crime, or to disclose in proceedings',
  'life or safety': 'to protect somebody’s life or safety',
  'legal requirement': 'to do what a court or a law requires',
  'forensic examination': 'to have it examined as evidence',
  'reporter contact': 'to reach the reporter in the way that they said is safe',
  // Outcome of a meeting.
  'referral agreed': 'agreed to a referral',
  // How something was explained, and when immigration officers enter.
  'person reads English': 'nobody was needed: the person reads English, and read the English words',
  'shared language': 'the worker speaks the language',
  'interpreter present': 'an interpreter in the room',
  'remote interpreter': 'an interpreter by telephone or video',
  'child not reached': 'the child could not be reached',
  'after first contact': 'enters after the first conversation',
  'with the team': 'enters with the team',
  'later help': 'how to get help later',
  // On what an age is believed.
  'how the person looks, and nothing else': 'appearance only',
  'recorded at visit': 'as recorded at the visit; not confirmed',
};

/** What a page says for a stored value; the value itself, where it says enough. */
export const wordsOf = (value: string): string => words[value] ?? value;
/** Several, for a list in a sentence. */
export const wordsOfAll = (values: readonly string[]): string[] => values.map(wordsOf);
