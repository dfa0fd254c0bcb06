/** Sentences that say what happened to somebody and not to whom: the ground in which identifiers are planted. */

import type { Dice } from '../../harness/dice.ts';
import { listed } from '../../harness/listed.ts';

/** Written with slots: {n} a small number, {money} a sum, {he} who did it, {year} a year, {hours} a length of time. */
const sentences: readonly string[] = [
  '{he} told her the job would pay enough to support everyone at home.',
  'The offer came through a friend of the family, who seemed kind.',
  'On arrival {he} collected all identity papers and locked them away.',
  'Since {year} she has never had more than a little cash of her own.',
  'A debt of {money} was mentioned for the first time after she arrived.',
  'Whatever she earned went towards the debt, which did not get smaller.',
  'Each customer paid {money}; she was given none of it.',
  'She slept on a mattress in the same room where she had to work.',
  'There was a camera above the door and another in the hallway.',
  'Meals were noodles or bread, sometimes only once a day.',
  'Her telephone was checked every evening and later smashed.',
  'If she complained, {he} said that her younger relatives would pay for it.',
  'She describes being slapped, kicked and once choked.',
  'Visits to a doctor were refused, although she had a fever for {hours}.',
  'They were moved about every {n} weeks, always at night.',
  'She never knew the names of the places she was taken to.',
  'During the interview she kept her eyes on the floor and answered quietly.',
  'A female interpreter was offered and accepted.',
  'The conversation took place in a private room with tea and several breaks.',
  'Nobody else could overhear what was said.',
  'Asked why she stayed, she answered that there was nowhere else to go.',
  'She believes the police in her own country work for the same people.',
  'She was warned that the authorities here would lock her up.',
  'The shifts lasted {n} hours and there was no protective clothing.',
  'Chemicals burned his hands, but gloves were deducted from pay.',
  'He was paid {money} for the whole month and told to be grateful.',
  'A caravan without heating was shared by {n} workers.',
  'Rent of {money} a week was taken out of the wages.',
  'The contract was in a language that he cannot read.',
  'Bank accounts were opened in his name, and {he} kept the cards.',
  'He was told to carry packages and not to ask what was inside.',
  'When one package was lost, a new debt of {money} was invented.',
  'He tends plants in a house with covered windows and is not let out.',
  'Food is delivered once a week by a man who does not speak.',
  'She cleans, cooks and minds the children from morning until late.',
  'The household members call her lazy and make her eat what is left over.',
  'Her sleeping place is the kitchen floor.',
  'No wages have been paid since {year}.',
  'Contact with relatives is limited to one call a month, on loudspeaker.',
  'She got away when a door was left unlocked.',
  'A stranger at a bus stop lent her a phone and called for help.',
  'Somebody at a drop-in centre noticed the bruises and asked her.',
  'She is anxious, sleeps badly and startles at noises.',
  'Marks on both wrists were visible. She did not want to explain them.',
  'She has been offered a safe place for the night and has declined it.',
  'What support would be available was explained twice.',
  'She understands what a referral would mean and says no, for now.',
  'Her reason is fear of what {he} might do if she is seen with officials.',
  'She would rather return to friends and think about it.',
  'She agreed to take a card with numbers that she can call.',
  'He worries that a record with the police would harm a later application.',
  'Neither of them wishes to be contacted again.',
  'Threats were made on the telephone as recently as last week.',
  'Other people remain in the same situation, at least {n} of them.',
  'Clients are booked through a website that others run.',
  'The advert used pictures which are not of her.',
  'Condoms were not always allowed.',
  'She was filmed without having agreed, and the film is used to control her.',
  'Before the journey there was a ceremony, and she swore not to run away.',
  'She still believes that breaking the oath will make her ill.',
  'The route took {hours} and passed through several countries.',
  'They crossed at night in the back of a vehicle, under blankets.',
  'Somebody else always held the travel documents.',
  'At the border a story had to be learned by heart.',
  'The women are told that they are lucky compared with others.',
  'Alcohol and pills are given to keep people working.',
  'He has become dependent on what he is given.',
  'Those who fall behind are fined {money}.',
  'Punishments happen in front of everyone.',
  'Work starts before sunrise. There is one break.',
  'Transport costs {money} a day and is not optional.',
  'An agency that nobody can find any more arranged everything.',
  'Recruitment happened online, with messages over {hours}.',
  '“You are free to go when you have paid,” was what they heard again and again.',
  'Quote: “I just want to work and send something home.”',
  'In the words of the interpreter, “she is ashamed and very tired.”',
  'The adult says: “Please do not write down who I am.”',
  'Immigration status was used as a threat: “They will send you back.”',
  'The Police attended with a nurse and an adviser.',
  'Housing and Health were informed that someone may come to them.',
  'The Modern Slavery Helpline was mentioned as an alternative.',
  'The First Responder considers that the indicators are present.',
  'This report is made under the Duty to Notify.',
  'It is not known whether the National Crime Agency has an interest.',
  'On Mondays and Thursdays the money is collected.',
  'Around Christmas the house was empty for a few days.',
  'She arrived in the United Kingdom in {year}.',
  'Before that there were some months in Germany.',
  'At home, in {country}, there was no work.',
  'She says that people from {country} are treated worst.',
  'The men who come are mostly British.',
  'Some of the work was in {area}, some elsewhere.',
  'The house is somewhere in {area}.',
  'She used to work in {trade}.',
  'The business is {trade}; about {n} people work there.',
  'She has children who are looked after by relatives.',
  'A daughter is at home and is the reason why she sends money.',
  'She is in her {decade} and has been through this before.',
  'The person appears to be between {decade} and middle age.',
  'It began about {n} years ago.',
  'Roughly {n}0% of the takings stay with those in charge.',
  'They came by lorry and had paid {money} for it.',
  'She left school early and reads little.',
  'Injuries to the back came from lifting; no treatment was given.',
  'He coughs constantly because of dust and damp.',
  'Somebody is watching the door whenever strangers arrive.',
  'Everyone has to answer with the same sentences when asked.',
  'Instructions arrive by WhatsApp from a person none of them has met.',
  'A man whom they call “uncle” brings food.',
  'Whoever talks to outsiders loses a day’s pay.',
  'No one has a key. The windows are screwed shut.',
  'All takings are counted at 3am and handed over.',
  'The rota is written on a whiteboard: 12 on, 12 off.',
  'A fee of 15% is charged on every transfer.',
  'Up to {n} visitors an hour were counted.',
  'Two of the rooms have no daylight, and the bathroom has no lock.',
  'Wages below the legal minimum were paid late, or not at all.',
  'Overtime was neither recorded nor paid.',
  'Rotten floorboards, bare wires and mould were seen throughout.',
  'Shortly after {year} the threats became worse.',
  'Relatives abroad were visited and told to keep quiet.',
  'His own account is consistent and was given without prompting.',
  'Demeanour: tearful, hesitant, apologetic.',
  'Concerns about credibility: none.',
  'Further details would make it possible to tell who is meant and are left out.',
];

const doers = listed(`
  The man who runs the place, A woman she had trusted, The people in charge, Her partner, The recruiter,
  The gangmaster, One of the guards, A relative, The landlord, The driver`);
const countries = listed(`Vietnam, Albania, Romania, Nigeria, Eritrea, India, China, Sudan, Brazil, Poland`);
const areas = listed(`
  the north of England, London, the south of Scotland, Wales, the West Midlands, Northern Ireland,
  the east of England`);
const trades = listed(
  `a nail bar, a car wash, construction, a takeaway, agriculture, a food factory, cleaning, a hotel, a care home`,
);
const decades = ['twenties', 'thirties', 'forties', 'fifties'];
const lengths = ['three days', 'about a week', 'ten days', 'several months', 'nearly a year', '48 hours'];

function filled(sentence: string, { pick, upTo, chance }: Dice): string {
  const thousands = upTo(2, 60);
  const sums = [
    `£${upTo(5, 950)}`,
    `£${thousands},000`,
    `€${upTo(10, 400)}`,
    `${thousands},500 euros`,
    `${upTo(20, 900)} pounds`,
    `${thousands}000 dollars`,
  ];
  const doer = pick(doers);
  return sentence
    .replaceAll('{he}', (_, place: number) =>
      place === 0 ? doer : doer.replace(/^(?:The|A|Her|One)/, (word) => word.toLowerCase()),
    )
    .replaceAll('{money}', () => pick(sums))
    .replaceAll('{n}', () => String(upTo(2, 14)))
    .replaceAll('{hours}', () => pick(lengths))
    .replaceAll('{year}', () => String(upTo(2014, 2026)))
    .replaceAll('{country}', () => pick(countries))
    .replaceAll('{area}', () => pick(areas))
    .replaceAll('{trade}', () => pick(trades))
    .replaceAll('{decade}', () => pick(decades))
    .replace(/”|“/g, (mark) => (chance(0.5) ? '"' : mark));
}

/** Some sentences that nobody can be found by, as different people type them. */
export function ordinary(roll: Dice, count: number): string[] {
  return roll.some(sentences, count).map((sentence) => {
    const said = filled(sentence, roll);
    if (roll.chance(0.03)) return said.toUpperCase();
    if (roll.chance(0.05)) return said.charAt(0).toLowerCase() + said.slice(1);
    return said;
  });
}
