/** The source: what the public pages say, in English, by section and key. Every other language is a file of the same keys. */
import { helpTexts } from './english-help.ts';
import { printTexts } from './english-print.ts';
import { reportTexts } from './english-report.ts';

/** Raise it when the meaning of a text changes: a file names the edition that it was translated from. */
export const edition = 3;

/** What stands under emergency, confidentiality and exit can put somebody in danger when it is wrong: it is shown beside the English until a speaker has reviewed that sentence. */
export const english = {
  emergency: {
    now: 'If someone is in danger now, call {number}.',
    silent:
      'Speak if you can, even in a whisper. If you cannot, stay on the line and cough or tap the phone when you are asked to. On a mobile, if nothing is heard, you will be asked to press 55. A silent call alone brings nobody.',
    question: 'Is somebody in danger now?',
    you: 'Are you in danger now, or is somebody with you?',
    watched: 'This form is not watched every minute. In danger, call 999.',
    title: 'Call 999 now',
    text: 'A text to 999 comes only from a phone that was registered before.',
    leave: 'You can leave this page now. Nothing was sent.',
    apart:
      'Do not follow anybody, do not take photographs that they could notice, and do not speak to those you suspect. It can put you and others in danger.',
    own: 'Write only while it is safe. If somebody comes, use the exit button: what you have not sent is destroyed.',
    files:
      'You need none. Do not follow anybody, do not photograph or film anybody, and do not confront anybody to get one: it can put you and others in danger. Add only what you already have, and only if it is safe.',
    call: 'Call now',
    if: 'If someone is in danger now',
    oncall: 'Somebody is on call here and gets an alert. They may not see it at once.',
    nobody: 'No one is on call now. Your report may wait until the next reader opens it.',
  },
  confidentiality: {
    name: 'You do not need to give your name.',
    help: 'Help does not depend on talking to police, or on your papers.',
    nothing: 'If you choose nothing, it goes to people who help, not to police.',
    police:
      'Must you talk to police? No. If you choose people who help, police do not see your report, unless you ask for it or those who help must act.',
    keeps: 'The people who read this can keep confidential who you are, except where they must act.',
    cannot: 'The people who read this cannot promise to keep confidential who you are. You do not have to say it.',
    apart:
      'Your identity is kept apart from your report, under its own key. Anyone who opens it must say why, and that is recorded.',
    holder: 'Anyone who has it can read what we write to you, but never your report.',
    safer: 'If somebody looks through your things or your phone, it is safer to keep nothing.',
    ends: 'Your list ends, and nobody writes to you here any more. People may still have to act on anything they have already read.',
    after: 'From now on nobody opens your report, unless somebody’s life or a law requires it.',
    sealed:
      'This form also works if your browser does not run scripts. Then what you write is sealed (encrypted) when it arrives here. If scripts run in your browser, the browser seals what you write before sending it. Your other answers are sealed when they arrive here. These are your choices from lists or on the map, further dates and times, and files. The last page says which of the two happened.',
    files:
      'A file can carry more than you see: where and when it was made, on which phone or camera, and sometimes a name; its own name can say it too. So of photos, films (MP4, WebM) and PDFs a clean copy is made when somebody first opens them: the picture alone, under a plain name. The file as you sent it is then destroyed, unless you say below that it may be kept. What the picture itself shows stays: a face, a street sign, your own window.',
    original:
      'As it came it can say where you were, when, and which phone is yours. A court may want it so. Of sound, text and other pictures no clean copy can be made: they are sent only if you say yes. A photo or film that turns out to be damaged is destroyed, unless you say yes.',
  },
  exit: {
    button: 'Exit now',
    about: 'How the exit button works, and its limits',
    does: 'How the button works',
    closes: 'The exit button closes what you are reading and opens an ordinary page elsewhere.',
    back: 'If you press Back after that, the browser does not show what you read. If the browser asks whether to send something again, choose no.',
    before: 'The pages that you saw before you came here stay in the browser’s history, and Back can show them.',
    draft: 'Anything that you typed here and have not sent is destroyed.',
    key: 'If the browser runs scripts, you can also press Escape three times on a keyboard to leave this site.',
    cannot: 'The limits of the button',
    history:
      'The address of this site stays in the browser’s history. You can delete the line with this address. An empty history may make somebody ask why.',
    tabs: 'Other tabs and windows stay open, and what you opened there can still be seen.',
    watched:
      'A person who looks at your screen, or has put an app on your phone that watches it, may already have seen everything.',
    network: 'The person who runs the Wi-Fi or pays for the connection may see the name of this site.',
    account:
      'If other people use the same browser account, those people might see this browser’s history on their own devices.',
    kept: 'Leaving this site does not delete screenshots, downloads or printed pages.',
    calls:
      'Your phone keeps a call in its list of calls, and a message with your other messages. A call may also be on the bill.',
    safer: 'Safer ways to use this site',
    device:
      'Use a phone or computer that the person you fear cannot reach. The phone or computer can be in a library or at a doctor’s, or belong to somebody you trust.',
    private: 'Use a private window, and close it when you have finished.',
  },
  shell: {
    skip: 'Skip to main content',
    main: 'Main',
    help: 'Get help or report',
    tell: 'Tell us',
    signs: 'Spot the signs',
    languages: 'Languages',
    news: 'News',
    privately: 'Read this privately',
    private:
      'It opens under the title “Information”. After you choose a language, its pages have an exit button. The address of this site, and the pages that you saw before, stay in the browser’s history.',
    hosted:
      'It opens at {address}, under the title “Information”. After you choose a language, its pages have an exit button. That address, and the pages that you saw before, stay in the browser’s history.',
    nothing: 'This site sets no cookie and asks nothing of you.',
    english: 'What follows is in English only so far.',
    unreviewed: 'A computer made this translation. No speaker of this language has checked all of it yet.',
    reviewed: 'A speaker of this language checked this translation, {who}, on {when}.',
    about: 'About us',
    privacy: 'Privacy notice',
    accessibility: 'Accessibility statement',
    contact: 'Contact us',
    missing: 'There is no page at this address',
    closed: 'This site is not open yet',
    moved: 'Check the address, or start from the first page.',
    first: 'Go to the first page',
    original: 'What matters most, in English',
    demonstration: 'Demonstration. The people, agencies and events here are invented. The phone numbers are real.',
  },
  front: {
    title: 'Is someone being made to work, to sell sex or to break the law?',
    sure: 'You do not need to be sure.',
    signs: 'Signs that someone may be controlled, and things that mean nothing on their own.',
    me: 'It may be happening to me',
  },
  ...reportTexts,
  ...helpTexts,
  ...printTexts,
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

type Source = typeof english;
/** As a page asks for a text: `exit.button`. The compiler refuses any other. */
export type TextKey = {
  [Section in keyof Source & string]: `${Section}.${keyof Source[Section] & string}`;
}[keyof Source & string];

export const textsOf = (sections: Readonly<Record<string, Readonly<Record<string, string>>>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(sections).flatMap(([section, keys]) =>
      Object.entries(keys).map(([key, text]) => [`${section}.${key}`, text] as const),
    ),
  );
