/** Situations that a text is about. */
import type { Theme } from './text-kinds.ts';

export const workFacts = [
  'The {ppl} are housed at {home} and are transported in a {veh}, registration {vrm}.',
  'The {ppl} are paid less than {£20|£30|£35} a day and deductions are made for rent and transport.',
  '{s} retains the {passports|identity documents|bank cards} of the {ppl}.',
  'The {ppl} work {six|seven} days a week for up to {12|14} hours a day.',
  'The {ppl} are believed to be {Vietnamese|Romanian|Albanian|Bulgarian|Indian|Ukrainian} nationals.',
  '{s} is assisted by {S2}, who resides at {home}.',
  'The {ppl} owe {s} a debt for their travel to the UK.',
  'The {ppl} sleep on mattresses at {home}, where there is no heating.',
  '{S} uses mobile number {sphone}.',
  'A {veh}, {vrm}, collects the {ppl} {approx}.',
];

export const workReports = [
  '{s} has got about {n} {ppl} working there and they look worn out.',
  'They all live at {home}, crammed in, and get driven about in a {veh}.',
  'The boss is called {S} and everyone does what {he} says.',
  'They never seem to get a day off and they told people they hardly get paid.',
  '{s} keeps their papers, thats what people say.',
];

export const themes: readonly Theme[] = [
  {
    id: 'carwash',
    place: 'the car wash',
    ppl: 'males',
    businesses: ['Sparkle Hand Car Wash', 'Blue Lagoon Car Wash', '{town} Hand Car Wash', 'Jet & Shine Valeting'],
    leads: [
      '{S} controls {n} males who are washing vehicles at {biz}, {addr}.',
      '{biz}, {addr}, is run by {S} and {n} males are being exploited there.',
      'Up to {n} males are working for little or no pay at {biz}, {addr}. {S} manages the premises.',
    ],
    facts: [...workFacts, 'The {ppl} have no gloves or waterproof clothing and have chemical burns to their hands.'],
    reports: [...workReports, 'It is the car wash at {addr}.'],
  },
  {
    id: 'nails',
    place: 'the salon',
    ppl: 'females',
    businesses: ['Crystal Nails', 'Lotus Nail Bar', '{town} Nails & Beauty', 'Golden Tips'],
    leads: [
      '{S} manages {biz}, {addr}, where {n} young females are being made to work.',
      '{n} females work at {biz}, {addr}, for {S}. Some may be under 18.',
      '{biz}, {addr}, is operated by {S}. {n2} females are exploited at the premises.',
    ],
    facts: [...workFacts, 'The {ppl} do not handle money and customers pay {s} directly.'],
    reports: [...workReports, 'Its the nail place at {addr}, some of the girls look about 15.'],
  },
  {
    id: 'takeaway',
    place: 'the takeaway',
    ppl: 'males',
    businesses: ['Dragon Wok', 'Pizza Palazzo', '{town} Kebab House', 'Spice Lantern'],
    leads: [
      '{S} is the owner of {biz}, {addr}, and is exploiting {n} males who work in the kitchen.',
      '{n} males are working in the kitchen of {biz}, {addr}, under the control of {S}.',
      'Labour exploitation is taking place at {biz}, {addr}, which is run by {S}. {n2} males are affected.',
    ],
    facts: [...workFacts, 'The {ppl} are accommodated in a store room above the premises.'],
    reports: [...workReports, 'Its {biz} on {street}.'],
  },
  {
    id: 'farm',
    place: 'the farm',
    ppl: 'workers',
    businesses: ['Hobbin Farm', 'Marrow Grange Farm', 'Lower Thessing Growers', 'Pinfold Soft Fruits'],
    leads: [
      '{S} is a gangmaster who supplies {n} workers to {biz}, near {town}.',
      'Up to {n} workers at {biz}, near {town}, are controlled by {S}.',
      '{n} seasonal workers are being exploited by {S} at {biz}, near {town}.',
    ],
    facts: [...workFacts, 'The {ppl} live in caravans which have no running water.'],
    reports: [...workReports, 'It is {biz} outside {town}, the pickers live in old caravans.'],
  },
  {
    id: 'building',
    place: 'the site',
    ppl: 'males',
    businesses: ['Stonebridge Paving', 'Kestle Driveways', 'Four Square Groundworks', '{town} Block Paving'],
    leads: [
      '{S} trades as {biz} and is using {n} vulnerable males as unpaid labour at a site on {street}, {town}.',
      '{n} males are made to work for {biz}, a paving business run by {S}, at {addr}.',
      '{biz}, a business of {S}, employs {n} males at a building site at {addr}. The males are not paid.',
    ],
    facts: [...workFacts, 'The {ppl} are recruited from {soup kitchens|hostels|job centres} in {town}.'],
    reports: [...workReports, 'Theyre doing drives on {street}, some of the lads looked homeless.'],
  },
  {
    id: 'packing',
    place: 'the factory',
    ppl: 'workers',
    businesses: ['Selmere Foods', 'Fairholme Packing', 'Dunsbeck Poultry', 'Castle Textiles'],
    leads: [
      '{S} provides {n} workers to {biz}, {addr}, and takes their wages.',
      '{n} workers at {biz}, {addr}, are subject to debt bondage. {S} is responsible.',
      'The wages of {n} workers at {biz}, {addr}, are paid into accounts that {S} controls.',
    ],
    facts: [...workFacts, 'The {ppl} are paid through an agency, {Aldwater|Tarn|Brightpath} Recruitment Ltd.'],
    reports: [...workReports, 'This is at {biz} on {street}, the agency lot.'],
  },
  {
    id: 'brothel',
    place: 'the flat',
    ppl: 'females',
    businesses: ['Velvet Massage', 'Jade Spa', 'Orchid Therapy', 'Silk Lounge'],
    leads: [
      '{S} is operating a brothel at {addr} and controls {n} females there.',
      '{n} females are being sexually exploited at {addr} by {S}.',
      '{addr} is in use as a brothel. {S} controls the {n} females who are kept at the address.',
    ],
    facts: [
      'The {ppl} are moved between addresses in {town} and {town2} every {two|three} weeks.',
      'Males attend the address {approx} and stay for up to an hour.',
      '{s} advertises the {ppl} online with the telephone number {sphone}.',
      '{s} drives a {veh}, registration {vrm}, and takes the {ppl} to outcalls.',
      '{s} takes all of the money that the {ppl} earn.',
      'The {ppl} are believed to be {Romanian|Brazilian|Chinese|Thai|Hungarian} nationals.',
      '{S2} rents the address and collects the money.',
    ],
    reports: [
      'There are different men going in and out of {addr} all the time.',
      'The girls never leave on their own, {S} or someone is always with them.',
      'The girls change every few weeks.',
      '{s} comes in a {veh} and takes them off somewhere.',
    ],
  },
  {
    id: 'cannabis',
    place: 'the house',
    ppl: 'males',
    businesses: ['Greenleaf Lettings'],
    leads: [
      '{S} is using {n} males to tend a cannabis cultivation at {addr}.',
      '{addr} is a cannabis cultivation where {n} males are kept by {S}.',
      'There is a cannabis grow at {addr}. {S} controls {n} males who live at the address as gardeners.',
    ],
    facts: [
      'The windows of the address are covered and there is a strong smell of cannabis.',
      'Food is delivered to the address in a {veh}, {vrm}, {approx}.',
      'The {ppl} are locked in and do not leave the address.',
      'The electricity supply has been bypassed.',
      'The {ppl} are believed to be {Vietnamese|Albanian} nationals and at least one is a child.',
      'The address is rented by {S2}, who does not live there.',
    ],
    reports: [
      'The place at {addr} stinks of weed and the windows are blacked out.',
      'There is young lads inside who never come out.',
      '{S} turns up with shopping in a {veh} and goes again.',
    ],
  },
  {
    id: 'domestic',
    place: 'the house',
    ppl: 'females',
    businesses: ['Homely Maids'],
    leads: [
      '{S} is holding {two|three} females in domestic servitude at {addr}.',
      '{Two|Three} females live at {addr} as unpaid domestic workers for {S}.',
      '{S} brought {two|three} females to the UK to work at {addr} without pay.',
    ],
    facts: [
      'The {ppl} are not allowed out of the address alone.',
      '{s} holds the passports of the {ppl}.',
      'The {ppl} sleep on the kitchen floor and are given leftover food.',
      'The {ppl} look after the children of {s} and clean for {S2} as well.',
      '{s} has a {veh}, registration {vrm}.',
      'The {ppl} are believed to be {Filipino|Nigerian|Indian|Indonesian} nationals.',
    ],
    reports: [
      'The women at {addr} are basically slaves to {S}.',
      'They clean and do the kids and {s} shouts at them constantly.',
      'They are never let out by themselves.',
    ],
  },
  {
    id: 'lines',
    place: 'the flat',
    ppl: 'young males',
    businesses: ['Zed Line'],
    leads: [
      '{S} is running a county line into {town} and uses {n} young males to deal from {addr}.',
      '{n} young males from {town2} are being made to sell drugs at {addr} by {S}.',
      '{addr} has been cuckooed by {S}, who uses {n} young males to sell class A drugs there.',
    ],
    facts: [
      'The drugs line is {sphone}.',
      'The {ppl} travel by train from {town2} and stay for several days at a time.',
      '{s} uses a {veh}, {vrm}, to drop the {ppl} at the address {approx}.',
      'The {ppl} are told that they owe {s} money for drugs that were lost.',
      'The tenant, {V}, is vulnerable and has been threatened by {s}.',
      '{S2} supplies the {ppl} with knives.',
    ],
    reports: [
      'Kids are dealing out of {addr}, they cant be more than 15.',
      '{S} drops them off in a {veh} and picks up the cash.',
      'The tenant {v} is scared stiff.',
    ],
  },
];

/** Themes at an address where people live. */
export const homeThemes = ['brothel', 'cannabis', 'domestic', 'lines'];

export const workThemes = ['carwash', 'nails', 'takeaway', 'farm', 'building', 'packing'];
