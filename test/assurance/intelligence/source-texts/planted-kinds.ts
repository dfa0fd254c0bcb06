/** Ways in which a text gives its source away: by names, grammar, the report and contacts. */

import type { Kind, Pattern } from './text-kinds.ts';

/** Texts with a slot for the name of the source, shared by the kinds that name them. */
export const witness: readonly Pattern[] = [
  ['I saw {s} take cash off them with my own eyes.', '{who} has seen {s} take cash from the {ppl} near {place}.'],
  ['They told me they cant leave.', 'According to {who}, the {ppl} are not free to leave {place}.'],
  ['They have talked to me a few times.', 'The {ppl} have spoken to {who} on {two|three|several} occasions.'],
  ['I asked {s} about them once and {he} went mad.', '{s} is aware that {who} has been asking about the {ppl}.'],
  ['One of them said to me they get no wages.', 'One of the {ppl} told {who} that wages are not paid.'],
  ['I know more if you want to ring me.', 'Further details {can be obtained from|are available via} {who}.'],
  ['{v} asked me for help.', '{V} is one of the {ppl} and has asked {who} for help.'],
  ['I took photos of the van.', 'Photographs of a {veh} used by {s} are held by {who}.'],
  ['I watched {him} shove one of them.', '{s} was seen to push one of the {ppl}. This was witnessed by {who}.'],
  ['My door is the one {he} parks outside.', "{s} parks a {veh}, {vrm}, outside {who}'s home."],
];

export const namedKinds: readonly Kind[] = [
  { kind: 'name-full', who: ['{first} {last}'], patterns: witness, name: 'given' },
  { kind: 'name-full-capitals', who: ['{first} {LAST}', '{FIRST} {LAST}'], patterns: witness, name: 'given' },
  { kind: 'name-first-alone', who: ['{first}'], patterns: witness, name: 'given' },
  { kind: 'name-surname-alone', who: ['{last}', '{LAST}'], patterns: witness, name: 'given' },
  { kind: 'name-with-title', who: ['{title} {last}', '{title} {LAST}'], patterns: witness, name: 'given' },
  {
    kind: 'name-other-order',
    who: ['{LAST}, {first}', '{last} {first}', '{LAST} {first}'],
    patterns: witness,
    name: 'given',
  },
  {
    kind: 'name-initial',
    who: ['{f}. {last}', '{f} {LAST}', '{first} {l}.', '{first} {l}'],
    patterns: witness,
    name: 'given',
  },
  { kind: 'name-nickname', who: ['{nick}', '{nick} {last}'], patterns: witness, name: 'given' },
  { kind: 'name-that-is-a-word', who: ['{first}', '{last}', '{title} {last}'], patterns: witness, name: 'word' },
  { kind: 'name-only-in-report', who: ['{first}', '{last}', '{first} {last}'], patterns: witness, name: 'absent' },
];

export const plantedKinds: readonly Kind[] = [
  ...namedKinds,
  {
    kind: 'name-of-relative-of-source',
    patterns: [
      ['My {husband|wife|partner} {rel} saw it as well.', 'This was also seen by {rel}, who was passing {place}.'],
      ['My mate {rel} who drives past told me the same.', '{rel} has noticed the same {ppl} being dropped off.'],
      ['{rel} is my other half and works with {s}.', '{rel}, who works with {s}, has mentioned the {ppl} at home.'],
      ['My daughter is at school with the daughter, {rel} is in her class.', "{rel}'s family are aware of the {ppl}."],
      [
        'My {partner|lodger} {rel} is home all day and hears it all.',
        'Shouting from {place} is heard at the home of {rel}.',
      ],
      ['Me and {rel} my other half took them food.', 'Food has been given to the {ppl} by {rel} and partner.'],
    ],
  },
  {
    kind: 'first-person-i',
    patterns: [
      ['I think {he} sells them fake papers.', 'I believe that {s} also supplies false documents.'],
      ['I saw one with a bruise on the face.', 'One of the {ppl} had a bruise to the face when I last saw them.'],
      ['I dont know where they come from.', 'The {ppl} may be from abroad but I am not sure of the country.'],
      ['I have known {s} for years.', 'It is common knowledge, I understand, that {s} is violent.'],
      ["I've been in and it's filthy.", "{Place} is in a very poor state and I've noticed an infestation of rats."],
      ["I'd say {he} carries a knife.", "{s} carries a knife and, I'd say, would use it against the {ppl}."],
      ['i seen them crying.', 'Two of the {ppl} were crying, which i found upsetting.'],
      ["I'm certain the van has no insurance.", "The {veh}, {vrm}, has no insurance. I'm certain of this."],
    ],
  },
  {
    kind: 'first-person-me-my-mine',
    patterns: [
      ['They park in front of my house.', 'The {veh}, {vrm}, is left in front of my {house|gate|drive} overnight.'],
      ['{s} warned me off.', '{s} told me to stay away from the {ppl}.'],
      ['My cousin used to work there.', 'My cousin was previously employed by {s}.'],
      ['The garden backs on to mine.', 'The {ppl} are kept in an outbuilding and the garden backs on to mine.'],
      ['One of them slipped me a note.', 'One of the {ppl}, {v}, passed me a note asking for help.'],
      ['In my view they are prisoners.', 'The {ppl} are, in my opinion, being held against their will.'],
      ['I saw it for myself when I went in.', 'There is no bedding for the {ppl}, as seen by myself.'],
      ['He is a friend of mine and he told me.', 'A friend of mine has confirmed that {s} withholds wages.'],
    ],
  },
  {
    kind: 'first-person-we-our-us',
    patterns: [
      [
        'We hear them screaming through the wall.',
        'Screaming is heard from {place} and we have seen {s} leave soon after.',
      ],
      ['Our kids play near there.', 'The {ppl} are made to stand near the park where our children play.'],
      ['They come to us for food.', 'The {ppl} are hungry and come to us for food.'],
      ['We all work for {him}.', '{s} threatens the {ppl} and has told us to say nothing.'],
      ['The lane behind ours is where they get dropped.', 'The {ppl} are dropped in the lane behind ours {approx}.'],
      ["We've had to give them blankets.", "The {ppl} have no warm clothing, so we've provided blankets."],
      ['We deliver there and the door is always locked.', 'The doors of {place} are locked whenever we deliver.'],
      ['{He} pays us late as well.', 'The {ppl} are paid nothing and the rest of us are paid late.'],
    ],
  },
  {
    kind: 'quote-in-first-person',
    patterns: [
      ['I am really scared for them.', 'The information was given as "I am really scared for them".'],
      ['I saw {him} hit a lad with a belt.', '{s} uses violence: "I saw {him} hit one with a belt".'],
      ["I know what I saw, they can't leave.", "The {ppl} cannot leave {place} ('I know what I saw')."],
      ['My stomach turned when I saw the beds.', 'The bedding is described thus: "my stomach turned when I saw it".'],
      [
        'We can hear crying every night.',
        'There are sounds of distress from {place}, "we can hear crying every night".',
      ],
      [
        '{He} told me to keep my nose out.',
        '{s} is hostile to enquiries and said "keep out" when "I asked {him} about it".',
      ],
      ["I've counted {n} of them.", 'The number present is given as {n}: “I’ve counted them”.'],
    ],
  },
  {
    kind: 'mention-of-caller-or-report',
    patterns: [
      ['I think there are more upstairs.', 'The caller {states|stated|believes} that more {ppl} are kept upstairs.'],
      ['The van comes every day.', 'Informant advises that the {veh}, {vrm}, attends daily.'],
      ['I have seen the passports.', 'The reporting person has seen the passports of the {ppl}.'],
      ['The kids are at school with mine.', 'As per the {reporter|referrer}, the {ppl} are new to {town}.'],
      ['They look thin.', 'The source describes the {ppl} as thin and unkempt.'],
      ['There is one called {v}.', 'The witness knows one of the {ppl} as {v}.'],
      ['Its been going on a year.', 'RP says that this has been going on for a year.'],
      ['I will ring again if I see more.', 'Further information is to follow if the complainant sees more.'],
      ['He comes at weekends.', '{s} is at {place} at weekends according to the person who made this report.'],
      ['I do not want to leave my name.', 'An anonymous member of the public says that {s} is violent.'],
    ],
  },
  {
    kind: 'fear-or-motive',
    patterns: [
      ['I am scared {s} will find out it was me.', 'There is concern that {s} would work out who has passed this on.'],
      ['I am terrified {he} will come to my house.', 'The informant fears reprisals from {s}.'],
      ['I fell out with {him} over money, I admit.', 'This is passed on following a dispute over money with {s}.'],
      ['{He} sacked me last week so I dont owe {him} anything.', 'The information follows a recent dismissal by {s}.'],
      ['I cant sleep for thinking about the girls.', 'The person reporting is losing sleep over the {ppl}.'],
      [
        'I want to stay anonymous because I still work there.',
        'Anonymity is requested owing to continuing employment there.',
      ],
      [
        'I just feel guilty, I was there for years and said nothing.',
        'Guilt at years of silence has led to this disclosure.',
      ],
      ['{s} is my ex and {he} has my kids.', 'This has come to light because of a custody dispute with {s}.'],
    ],
  },
  {
    kind: 'how-and-when-reported',
    patterns: [
      ['I tried ringing but gave up so am doing this form.', 'This was reported through the online form on {date}.'],
      ['I rang the helpline on {date} too.', 'Information was received in a telephone call on {date} at {clock}.'],
      [
        'I went to the front desk first.',
        'This was first disclosed in person at the front counter of {town} police station.',
      ],
      [
        'I emailed the council as well.',
        'The same concern was e-mailed to {town} council earlier that week by the same person.',
      ],
      ['I rang 101 three times about this.', 'Three calls about {place} were made to 101 from the same number.'],
      ['I told the officer who was at the scene.', 'This was told to an officer who was in {street} on {date}.'],
      ['Using the app on my break.', 'The report was submitted from a mobile telephone during a work break on {date}.'],
      ['I wrote it in Polish as my english not good.', 'The report was made in Polish and has been translated.'],
    ],
  },
  {
    kind: 'phone-of-source',
    channel: 'phone',
    patterns: [
      ['You can ring me on {phone}.', 'Contact {phoneText} for access to the yard behind {place}.'],
      ['My number is {phone}.', 'Further information is available on {phoneText}.'],
      ['Text me dont call, {phone}.', 'Images of the {ppl} have been sent from {phoneText}.'],
      ['{v} has my number.', '{V}, one of the {ppl}, has sent messages to {phoneText}.'],
      ['{He} rang me and threatened me.', '{s} has made threatening calls to {phoneText}.'],
      ['I am on {phone} most days.', 'The {ppl} were seen {approx} (tel. {phoneText}).'],
      ['Call me, {phone}.', '{s} has blocked the number {phoneText}.'],
    ],
  },
  {
    kind: 'email-of-source',
    channel: 'email',
    patterns: [
      ['My email is {mail}.', 'Photographs of the {veh} can be requested from {mailText}.'],
      ['I will send the pictures by email.', 'Video footage was sent by {mailText}.'],
      ['{He} emailed me the rota.', '{s} sent a rota of the {ppl} to {mailText}.'],
      ['Reply to {mail} please.', 'Any update should go to {mailText}.'],
      ['I still get the staff emails.', 'Pay records of the {ppl} are shared with {mailText} each month.'],
      ['email me, {mail}', 'The {ppl} have been given the address {mailText} to ask for help.'],
    ],
  },
  {
    kind: 'address-of-source',
    patterns: [
      ['I live at {saddr}.', 'The {ppl} are in view of the occupant of {saddr}.'],
      [
        'I live at {saddr}, a couple of doors down.',
        '{s} parks the {veh} outside {saddr}, whose resident has noted it.',
      ],
      ['I am at {saddr}.', 'A resident of {saddr} has spoken with one of the {ppl}.'],
      ['We live at number {sno} {street}.', 'The family at number {sno} are able to hear shouting from {place}.'],
      ['I am in flat {sflat} of the same block.', 'The tenant of flat {sflat} knows when the {ppl} are moved.'],
      [
        'Ours is the bungalow with a blue door, {saddr}.',
        'The {ppl} have knocked at the bungalow at {saddr} for water.',
      ],
      ['My camera at {saddr} has it all.', 'Doorbell footage showing the {ppl} is held at {saddr}.'],
    ],
  },
];
