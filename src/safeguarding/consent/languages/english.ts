/** The source: the words that a person is shown or read before they consent, in English, by section and key. Every other language is a file of the same keys. */

/** Raise it when the meaning of a text changes: a file names the edition that it was translated from. */
export const edition = 1;

/** Names of agencies, purposes, items and days stand on lines of their own or after a colon, so that no language bends them. */
export const english = {
  translation: {
    unreviewed:
      'A computer program made this translation. No speaker of your language has checked it yet. If anything is unclear, ask the interpreter. The English words are the ones that count.',
    reviewed:
      'This is a translation. If anything is unclear, ask the interpreter. The English words are the ones that count.',
  },
  ask: {
    examine: 'This agency would like to examine you:',
    share: 'We would like to tell this agency something about you:',
    refer: 'We would like to ask this agency to help you:',
  },
  list: {
    examine: 'They would like to do this:',
    told: 'This is what we would tell them:',
    nothing: 'They are not asked to do anything.',
  },
  purposes: {
    lead: 'This is what it is for:',
    help: 'to give you the help that you asked for',
    place: 'to find you a safe place to stay',
    safety: 'to plan for your safety',
    treat: 'to examine and treat you',
    advice: 'to advise you on law, immigration or money',
    childcare: 'to protect or look after a child',
    nrm: 'to make a referral to the National Referral Mechanism (NRM)',
    proof: 'to keep proof of injuries',
    only: 'It is for nothing else.',
  },
  items: {
    met: 'the day we met',
    where: 'the town where we met',
    help: 'what help you ask for',
    information: 'what they need to know to help (we go through it with you)',
    wishes: 'what you said you want',
    advice: 'what advice you were given',
    contact: 'how to reach you safely',
    health: 'papers of yours about your health, those that we choose with you',
    identity: 'papers of yours that say who you are, those that we choose with you',
    legal: 'papers of yours about law, immigration or money, those that we choose with you',
    papers: 'other papers and photos, those that we choose with you',
    draft: 'the whole draft of your referral to the National Referral Mechanism (we go through it with you)',
  },
  examinations: {
    injuries: 'a look at injuries',
    physical: 'a physical examination',
    tests: 'sexual health tests',
    samples: 'forensic samples (traces from your body or clothes that can be evidence)',
    photographs: 'photographs of injuries',
  },
  limits: {
    examine: 'You agree to this alone. We ask you again before we tell anybody what is found.',
    share: 'You agree to this alone. We ask you again before we tell anybody else, and before any examination.',
    refer: 'You agree to this alone. We ask you again before we tell anybody more, and before any examination.',
  },
  readers: {
    officers:
      'Police and immigration officers cannot open this record. If you told an officer something, that officer has it and can use it.',
    leads:
      'The safeguarding leads for the visit where we met can read this record too. They may work for another agency.',
    law: 'We may have to share something without asking you, if a law or a court says so.',
    danger: 'We may also have to if somebody is in serious danger, or a child is at risk.',
  },
  nrm: {
    sends:
      'This agency may then send the referral to the Home Office. The Home Office decides whether you were exploited.',
    told: 'To decide, and to give you support, the Home Office is told who you are and where you are.',
    immigration: 'The Home Office is also in charge of immigration.',
    police:
      'The police are told too. The police will record a crime committed against you, with you as the victim. You do not have to speak to them.',
    sent: 'Once the referral is sent, taking this back does not undo it. You can leave the National Referral Mechanism later, and we help you with that.',
  },
  end: {
    day: 'It ends on this day: {day}.',
    back: 'You can take it back before then, at any time and without saying why.',
    known: 'They will still know what they were told by then. We will tell them to stop using it.',
    no: 'If you say no, you still get help. Help does not depend on speaking to the police or on your immigration status.',
  },
} as const;

type Source = typeof english;
/** A text by section and key, like `end.day`. */
export type ConsentTextKey = {
  [Section in keyof Source]: `${Section}.${Extract<keyof Source[Section], string>}`;
}[keyof Source];
