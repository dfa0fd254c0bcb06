/** The source: the words that a person is shown or read before they consent, in English, by section and key. Every other language is a file of the same keys. A text that two wordings share is one key. */

/** Raise it when the meaning of a text changes: a file names the edition that it was translated from. */
export const edition = 1;

/** Names of agencies, purposes, items and days stand on lines of their own or after a colon, so that no language bends them. */
export const english = {
  translation: {
    unreviewed:
      'A computer program made this translation. No speaker of your language has checked it yet. If anything is unclear, ask the interpreter. The English words are the ones that count.',
    reviewed:
      'This is a translation. If anything is unclear, ask the interpreter. The English words are the ones that count.',
    typed: 'The next words are in English. Ask the interpreter what they say.',
    sent: 'It is sent in these English words:',
  },
  ask: {
    examine: 'This agency would like to examine you:',
    share: 'We would like to tell this agency something about you:',
    refer: 'We would like to ask this agency to help you:',
  },
  /** What kind of agency it is, beside its name. */
  kinds: {
    council: 'the council',
    health: 'a health service',
    advisers: 'advisers after sexual violence',
    voluntary: 'a voluntary organisation',
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
    always: 'whether you are or may be under 18, and whether you want help now',
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
  /** For a person who is or may be under 18. */
  child: {
    told: 'Because you are or may be under 18, we must tell the council’s children’s services, even if you say no. They are there to keep you safe.',
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
  /** At the top of the page that a person is shown: what they agreed to, and who was told. */
  account: {
    says: 'This page shows your answers, yes or no. It also shows the people and agencies that received information about you.',
    withdraw: 'You can take back a consent at any time, without saying why.',
    english: 'The rest of this page is in English. Ask the interpreter what it says.',
  },
  end: {
    day: 'It ends on this day: {day}.',
    back: 'You can take it back before then, at any time and without saying why.',
    known: 'They will still know what they were told by then. We will tell them to stop using it.',
    no: 'If you say no, you still get help. Help does not depend on speaking to the police or on your immigration status.',
  },
  /** Before a referral to the NRM, or a Duty to Notify. The dated rules of the NRM hold the English, word for word. */
  referral: {
    choice: 'This is your choice. You can say yes, you can say no, and you can think about it first.',
    what: 'The National Referral Mechanism is how the government finds out whether somebody has been exploited, and gives support.',
    support:
      'If you say yes, you may get a safe place to stay, some money and a support worker. You may also get help with health and law.',
    outcomes: 'The Home Office decides whether you were exploited. It tells you what it decided, and you can ask why.',
    police: 'You get this support whether or not you speak to the police, now or later.',
    shared:
      'What you say may be shared with the police, the council and others who help you or decide. They may be asked what they know about you.',
    withdraw:
      'If you say yes, you can change your mind at any time. Your case is then closed, and this support ends. You can still get other help.',
    no: 'If you say no, some organisations must still tell the Home Office that somebody was exploited. They do not say who you are.',
    help: 'If you say no, you can still get help from us and from others.',
  },
  /** Before an answer to police. */
  answer: {
    asks: 'This police force asks us for information about you:',
    only: 'We answer only if you agree.',
    contact: 'whether and when you were in contact with us',
    given: 'the help that you were given',
    account: 'your account of what happened',
    whereabouts: 'where you were at stated times',
    health: 'information about your health',
    counselling: 'notes of your counselling',
    words: 'We would use these words, and no others:',
    used: 'They can use it in their case, and other people in the case may read it. Once they are told, it cannot be taken back.',
    alone: 'You agree to this alone. You do not have to speak to the police.',
    no: 'If you say no, we tell them that we give no information. We say the same about people whom we do not know.',
  },
  /** Before a custody safeguarding notice. The messages are the ones that cross, word for word. */
  custody: {
    asks: 'To protect you, may we send one short message about you to the staff of this authority?',
    message: 'This is the message:',
    defence: 'May be a victim of modern slavery: consider section 45.',
    removal: 'A referral is pending: ask before removing the person from the UK.',
    medical: 'A medical review is needed before detention.',
    life: 'There is a threat to the person’s life.',
    only: 'We send the message with the custody reference that we were given, and with nothing else. We do not send your name, who we are or what you told us.',
    passes:
      'One person there, who does not work on your case, passes the message on. The police or immigration officers who decide about you receive the message. The officers will know that the message comes from somebody who helps you.',
    no: 'You can say no. We help you whether you say yes or no.',
    change: 'If you say yes, you can change your mind later. They will still know what they read before that.',
  },
} as const;

type Source = typeof english;
/** A text by section and key, like `end.day`. */
export type ConsentTextKey = {
  [Section in keyof Source]: `${Section}.${Extract<keyof Source[Section], string>}`;
}[keyof Source];
