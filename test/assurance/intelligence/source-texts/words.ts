/** Invented people, places and things. Telephone numbers are from Ofcom's drama ranges. */
import type { Person } from './text-kinds.ts';

export const towns = [
  'Harnwick',
  'Tarnwell',
  'Brackenholt',
  'Oxmoor Bay',
  'Selmere',
  'Dunsbeck',
  'Castle Ferring',
  'Pellingford',
  'Marrowby',
  'Great Thessing',
];

export const streets = [
  'Tallow Street',
  'Corder Lane',
  'Sexton Row',
  'Hobbin Road',
  'Vessel Way',
  'Larkrise Close',
  'Old Ropery',
  'Pinfold Rise',
  'Kestle Terrace',
  'Myrtle Mews',
  'Weir Bank',
  'Mayburn Avenue',
  'Usher Street',
  'Ouse View',
];

export const maleSubjects: readonly (readonly [first: string, last: string])[] = [
  ['Marek', 'Dobrowski'],
  ['Arben', 'Hoxhaj'],
  ['Viorel', 'Petrescu'],
  ['Dean', 'Stallard'],
  ['Tuan', 'Luong'],
  ['Kevin', 'Raddle'],
  ['Faisal', 'Mirzada'],
  ['Lee', 'Crannock'],
  ['Ion', 'Bardescu'],
  ['Gary', 'Twelvetree'],
  ['Zoltan', 'Kerekes'],
  ['Emeka', 'Udenze'],
];

export const femaleSubjects: readonly (readonly [first: string, last: string])[] = [
  ['Qiaoshan', 'Lin'],
  ['Mandy', 'Stoker'],
  ['Daniela', 'Rusnak'],
  ['Hoa', 'Phan'],
  ['Blessing', 'Adewoleh'],
  ['Renata', 'Kovalik'],
  ['Tracey', 'Gullick'],
];

export const maleVictims = [
  'Andrei Lupescu',
  'Bao Tran',
  'Tomasz Wrona',
  'Kofi Asante-Boye',
  'Stefan Dragov',
  'Ravi Thapliyal',
  'Callum Spurr',
];
export const femaleVictims = [
  'Linh Vo',
  'Ioana Cretu',
  'Mercy Osaro',
  'Zsofia Barta',
  'Daria Melnyk',
  'Anh Dinh',
  'Kayleigh Prowse',
];

export const givenSources: readonly Person[] = [
  ['Petra', 'Halloway', 'Pet', 'Ms'],
  ['Margaret', 'Thackstone', 'Maggie', 'Mrs'],
  ['Robert', 'Pemberley', 'Bob', 'Mr'],
  ['Katherine', 'Osgathorpe', 'Kath', 'Miss'],
  ['Susan', 'Quillfeather', 'Suze', 'Mrs'],
  ['Andrew', 'Braithwell', 'Andy', 'Mr'],
  ['Jacqueline', 'Nethercott', 'Jackie', 'Mrs'],
  ['Patricia', 'Okonjo', 'Trish', 'Ms'],
  ['Anthony', 'Ashdene', 'Tony', 'Mr'],
  ['Deborah', 'Fennimore', 'Debs', 'Mrs'],
  ['Christopher', "O'Dravey", 'Chris', 'Mr'],
  ['Michael', 'Rasmund', 'Mick', 'Mr'],
  ['Richard', 'Tolliver', 'Rick', 'Mr'],
  ['Theresa', 'Winterbourne', 'Tess', 'Mrs'],
  ['Samantha', 'Kestrell', 'Sam', 'Ms'],
  ['Edward', 'Dunsmuir', 'Ted', 'Mr'],
  ['Philippa', 'Abernathie', 'Pip', 'Dr'],
  ['Gurpreet', 'Sandhu-Marlowe', 'Gurps', 'Miss'],
  ['Oluwaseun', 'Balogunde', 'Seun', 'Mr'],
  ['Mohammed', 'Zafarali', 'Mo', 'Mr'],
  ['Abigail', 'Crumlish', 'Abi', 'Miss'],
  ['Nicola', 'Venables-Hart', 'Nicky', 'Mrs'],
  ['Jennifer', 'Lathbury', 'Jen', 'Ms'],
  ['Agnieszka', 'Zawilska', 'Aga', 'Ms'],
  ['Siobhán', 'Kilgarvan', 'Shiv', 'Mrs'],
  ['Zoë', 'Hattersedge', 'Zo', 'Miss'],
];

/** Sources whose names are words too: only for the texts that name the source. */
export const wordSources: readonly Person[] = [
  ['Hope', 'Banks', 'Hopey', 'Mrs'],
  ['Grace', 'Price', 'Gracie', 'Miss'],
  ['Mark', 'Field', 'Marky', 'Mr'],
  ['Dawn', 'Bridges', 'Dawnie', 'Ms'],
  ['Joy', 'Marsh', 'Joycie', 'Mrs'],
  ['Frank', 'Long', 'Frankie', 'Mr'],
  ['Rose', 'Carpenter', 'Rosie', 'Mrs'],
];

export const relatives = [
  'Colin',
  'Geraint',
  'Maureen',
  'Yvonne',
  'Desmond',
  'Bronagh',
  'Imran',
  'Lorraine',
  'Hamish',
  'Carys',
];

export const employers = [
  'Brindle Parcels',
  'Thornapple Home Care',
  'Copperfin Boilers',
  'Quayside Pest Control',
  'Hollin Bakery Supplies',
  'Sableway Taxis',
  'Merrin Lettings',
  'Fenlight Electrical',
];

export const vehicles = [
  'white Ford Transit',
  'silver Vauxhall Vivaro',
  'black Mercedes Vito',
  'grey Volkswagen Caddy',
  'blue Citroen Berlingo',
  'red Renault Trafic',
  'dark green Skoda Octavia',
  'black BMW X5',
];

export const months = ['July 2026', 'August 2026', 'September 2026', 'October 2026', 'November 2026', 'May 2026'];

export const approximateTimes = [
  'most mornings between 6am and 8am',
  'in the evening',
  'late at night',
  'in the early hours',
  'on weekday mornings',
  'most days before 7am',
  'in the late afternoon',
  'at weekends',
  'several times a week, usually after dark',
  'around midday',
];

export const numberWords = ['three', 'four', 'five', 'six', 'seven', 'eight', 'ten'];
