/** The invented towns, people, partners and signs that generated releases are made of. */

import type {
  ClaimContent,
  Count,
  OpeningHours,
  Weekday,
} from '../../../../src/newsroom/release-reading/parsed-release.ts';
import { weekdays } from '../../../../src/newsroom/release-reading/parsed-release.ts';
import { listed } from '../../../harness/listed.ts';

export const towns = listed(`
  Abbot’s Harling, Brackwell, Little Sodden, Marlow Heath, St Osyn’s, Kirkby-on-the-Wold, Ottermouth, Thornley,
  Wells under Edge, Pennyfold, Dunmere, Stoke Ferrars, Harrowgate Cross, Queensbourne, Tilney Market,
  Upper Wexcombe, Ashby le Marsh, Northolme, Calder Vale, Fenwick Green, St. Ebba, Great Yelding, King's Arden,
  Llanfair Bryn`);

export const areas = ['Oakshire', 'Westmarch', 'Fenmoorshire', 'Tamarland'];

export const officers = listed(
  `Priya Holt, Sam O’Dell, Martin Ashgrove, Ruth Vane-Carey, Jo Tennant, Daniel Okoro, Helen McBride, Ifan Rees`,
);

export const ranks = listed(`
  Detective Sergeant, Detective Inspector, Detective Chief Inspector, Superintendent, DI, Inspector, Det Supt,
  Sergeant, Chief Inspector, PC`);

export const operations = ['Lantern', 'Heron', 'Millrace', 'Sundial'];
export const units = ['Modern Slavery Unit', 'Exploitation Investigation Team', 'Missing and Vulnerable Persons Unit'];
export const ownUnits = [
  'Operational Support Group',
  'Roads Policing Unit',
  'Rural Crime Team',
  'Neighbourhood Policing Team',
];

export const partners = listed(`
  Midlands Regional Organised Crime Unit, NHS safeguarding nurses, Independent Sexual Violence Advisers,
  Immigration and Border Command, Immigration Enforcement, the Gangmasters and Labour Abuse Authority (GLAA),
  HM Revenue and Customs, Oakshire County Council, Dunmere Borough Council, Tamarland Fire and Rescue Service,
  the Lamplight Trust, the Health and Safety Executive, the Department for Work and Pensions, Border Force,
  Harbour Women’s Aid, Open Door volunteers`);

export const matters = listed(`
  immigration matters, immigration offences, controlling prostitution for gain,
  human trafficking and money laundering, holding a person in slavery or servitude, modern slavery offences,
  conspiracy to facilitate illegal entry, keeping a brothel used for prostitution`);

export const signs = [
  'Someone may seem afraid of the person they are with',
  'A person may be driven to and from work by the same people every day',
  'Somebody else may hold their passport or papers',
  'They may have no money of their own',
  'A person may wear the same clothes whatever the weather',
  'There may be injuries that have not been treated',
  'Someone may not know the address at which they live',
  'A person might be told what to say',
  'Curtains may be kept closed all day',
  'More people may live in a house than it has room for',
  'Workers may have no gloves, masks or other protection',
  'A worker may say little, or let others speak for them',
  'A person may owe money that never grows less',
  'Two or three people may share one bed by turns',
];

export const generalKinds = [
  ['addresses', 'address'],
  ['business addresses', 'business address'],
  ['premises', 'premises'],
  ['businesses', 'business'],
  ['properties', 'property'],
  ['venues', 'venue'],
  ['locations', 'location'],
  ['residential addresses', 'residential address'],
  ['licensed premises', 'licensed premises'],
] as const;

export const particularKinds = listed(`
  car washes, hand car washes, nail bars, farms, takeaways, restaurants, barber shops, building sites,
  massage parlours, brothels`);

/** Numbers that the regulator reserves for drama, so that no real telephone is called. */
export const phones = ['0808 157 0192', '0808 157 0930', '03069 990 412', '01632 960 114', '07700 900 318'];

export function opening(first: number, last: number, from: string, to: string): OpeningHours {
  return { days: weekdays.slice(first, last + 1) as Weekday[], from, to };
}

export const hoursSaid: readonly (readonly [string, readonly OpeningHours[]])[] = [
  [
    'from Monday to Friday 8am-8pm and Saturday 9am-5pm',
    [opening(0, 4, '08:00', '20:00'), opening(5, 5, '09:00', '17:00')],
  ],
  ['24 hours a day, seven days a week', [opening(0, 6, '00:00', '24:00')]],
  ['24/7', [opening(0, 6, '00:00', '24:00')]],
  ['9am to 5pm, Monday to Friday', [opening(0, 4, '09:00', '17:00')]],
  ['between 8.30am and 6pm on weekdays', [opening(0, 4, '08:30', '18:00')]],
  ['every day from 9am until midnight', [opening(0, 6, '09:00', '24:00')]],
  [
    'Monday to Thursday, 0900-1730, and Friday, 0900-1600',
    [opening(0, 3, '09:00', '17:30'), opening(4, 4, '09:00', '16:00')],
  ],
];

/** True or likely sentences whose numbers are nobody's claim about this week. */
export const others = [
  'Last year, 14 premises were visited and nine people were arrested in the same week.',
  'Nationally, 162 arrests were made and 3,500 locations were visited across 23 countries.',
  'The operation cost £12,400 and involved 64 officers and 12 vehicles.',
  'Officers seized £5,000 in cash, three mobile phones and two cars.',
  'The modern slavery unit, set up in 2015, has 14 staff who work 24/7.',
  'The full report runs to 44 pages and was published on 3 March 2018.',
  'Inspector Lee Marsh, 44, has served for 21 years.',
  'A 19-year-old student who lives nearby said she had seen three cars outside at 2am.',
  'Two men, aged 34 and 41, were jailed for six years in March after an earlier investigation in Brackwell.',
  'Please quote crime reference 41/20931/22.',
  'The Lamplight Trust is registered charity number 1098765.',
  'In 2018, 16 people were arrested in Dunmere during a similar week.',
  'If three or more people live at one address, think about what you are seeing.',
  'Up to 20 more visits will take place in Thornley over the coming months.',
  'An exhibition about exploitation runs at the town hall from 3 to 17 December.',
  'Media enquiries: press office, 01632 960 999 (office hours, 9am to 5pm).',
  'The council has inspected kitchens in the town since 1998 and employs 22 people.',
  'More than 10,000 people are thought to be exploited in the UK.',
  'A similar operation in Pennyfold last year led to three arrests.',
  'The helpline is funded until 2027 and answered 8,000 calls in 2018.',
  'Officers also stopped 112 vehicles and handed out 999 leaflets on Saturday.',
  'Training was given to 101 shop workers on two evenings.',
  'The youngest officer on the team is 23, and the oldest dog, Bramble, is nine.',
  'Two women who were trafficked in 2014 now work with the charity.',
  'A man in his 60s who owns one of the buildings was not there at the time.',
];

const exact = (value: number): Count => ({ kind: 'number', value, qualifier: 'exact' });

/** What some of them tell all the same: things seized and checked, and how many officers there were. */
export const toldByOthers: Readonly<Record<string, readonly ClaimContent[]>> = {
  'The operation cost £12,400 and involved 64 officers and 12 vehicles.': [
    { kind: 'taking part', who: 'officers', count: exact(64) },
  ],
  'Officers seized £5,000 in cash, three mobile phones and two cars.': [
    { kind: 'things', what: 'cash', treatment: 'seized', count: exact(5000), currency: 'GBP', town: null },
    { kind: 'things', what: 'mobile phones', treatment: 'seized', count: exact(3), town: null },
    { kind: 'things', what: 'cars', treatment: 'seized', count: exact(2), town: null },
  ],
  'Officers also stopped 112 vehicles and handed out 999 leaflets on Saturday.': [
    { kind: 'things', what: 'vehicles', treatment: 'checked', count: exact(112), town: null },
  ],
};
