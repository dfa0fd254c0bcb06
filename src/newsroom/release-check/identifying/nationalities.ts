/** Words for where people come from: nationalities, countries, cities and regions. Pure. */
import { cities } from './cities.ts';

const listed = (words: string): string[] =>
  words
    .trim()
    .split(/\s+/)
    .map((word) => word.replaceAll('_', ' '));

/** As people are called by them; a plural is found too. */
const adjectives = listed(`
  Afghan Albanian Algerian American Angolan Argentinian Argentine Armenian Australian Austrian Azerbaijani Bahraini
  Bangladeshi Barbadian Belarusian Belgian Belizean Beninese Bhutanese Bolivian Bosnian Botswanan Brazilian Bulgarian
  Burkinabe Burmese Burundian Cambodian Cameroonian Canadian Cape_Verdean Chadian Chilean Chinese Colombian Congolese
  Costa_Rican Croatian Cuban Cypriot Czech Danish Djiboutian Dominican Dutch Ecuadorian Egyptian Emirati Eritrean Estonian
  Ethiopian Fijian Filipino Filipina Finnish French Gabonese Gambian Georgian German Ghanaian Greek Grenadian Guatemalan
  Guinean Guyanese Haitian Honduran Hungarian Icelandic Indian Indonesian Iranian Iraqi Israeli Italian Ivorian Jamaican
  Japanese Jordanian Kazakh Kazakhstani Kenyan Korean Kosovan Kosovar Kurdish Kuwaiti Kyrgyz Laotian Latvian Lebanese
  Liberian Libyan Lithuanian Macedonian Malagasy Malawian Malaysian Maldivian Malian Maltese Mauritanian Mauritian Mexican
  Moldovan Mongolian Montenegrin Moroccan Mozambican Namibian Nepalese Nepali Nicaraguan Nigerian Nigerien Norwegian Omani
  Pakistani Palestinian Panamanian Paraguayan Peruvian Polish Portuguese Qatari Roma Romani Romanian Russian Rwandan
  Salvadoran Saudi Senegalese Serbian Sierra_Leonean Singaporean Slovak Slovakian Slovene Slovenian Somali Spanish
  Sri_Lankan Sudanese Surinamese Swazi Swedish Swiss Syrian Taiwanese Tajik Tanzanian Thai Tibetan Togolese Trinidadian
  Tunisian Turkish Turkmen Ugandan Ukrainian Uruguayan Uzbek Venezuelan Vietnamese Yemeni Zambian Zimbabwean
  African Asian Balkan Caribbean East_European Eastern_European Latin_American Middle_Eastern North_African
  South_American South_Asian South-East_Asian Southeast_Asian West_African
`);

const countries = listed(`
  Afghanistan Albania Algeria Angola Argentina Armenia Australia Austria Azerbaijan Bangladesh Belarus Belgium Benin Bolivia
  Bosnia Brazil Bulgaria Burma Burundi Cambodia Cameroon Canada Cape_Verde Chad Chile China Colombia Congo Croatia Cuba
  Cyprus Czechia Czech_Republic Denmark Dominican_Republic Ecuador Egypt Eritrea Estonia Ethiopia Finland France Gambia
  Georgia Germany Ghana Greece Guatemala Guinea Guyana Haiti Honduras Hong_Kong Hungary Iceland India Indonesia Iran Iraq
  Israel Italy Ivory_Coast Jamaica Japan Jordan Kazakhstan Kenya Korea Kosovo Kurdistan Kuwait Kyrgyzstan Laos Latvia
  Lebanon Liberia Libya Lithuania Madagascar Malawi Malaysia Mali Malta Mauritius Mexico Moldova Mongolia Montenegro Morocco
  Mozambique Myanmar Namibia Nepal Netherlands Nicaragua Niger Nigeria North_Macedonia Norway Oman Pakistan Palestine Panama
  Paraguay Peru Philippines Poland Portugal Qatar Romania Russia Rwanda Saudi_Arabia Senegal Serbia Sierra_Leone Singapore
  Slovakia Slovenia Somalia South_Africa Spain Sri_Lanka Sudan Sweden Switzerland Syria Taiwan Tajikistan Tanzania Thailand
  Tibet Togo Trinidad Tunisia Turkey Turkiye Türkiye Turkmenistan Uganda Ukraine Uruguay Uzbekistan Venezuela Vietnam Viet_Nam
  Yemen Zambia Zimbabwe Kosova Transylvania Wallachia Crimea Punjab Kerala Sylhet Horn_of_Africa Africa Asia Eastern_Europe South_America Latin_America the_Balkans the_Middle_East the_Caribbean
`);

/** Written small, these are other words: polish, turkey, hue. */
const otherWords = new Set(
  listed(
    'Polish Turkey China Chad Jordan Georgia Guinea Niger Roma Swiss Balkan Laos Mali Benin Oman Hue Split Ruse Porto Fez Brest Lima Nis Goa Bali',
  ),
);

const either = (word: string): string => {
  const plain = word.replaceAll(' ', '[\\s-]');
  return otherWords.has(word)
    ? plain
    : plain.replace(/(?<![\\\]])[A-Za-z](?![^[]*\])/g, (letter) => `[${letter.toUpperCase()}${letter.toLowerCase()}]`);
};
const among = (words: readonly string[]): string =>
  words
    .toSorted((one, other) => other.length - one.length)
    .map(either)
    .join('|');

/** "Romanian", "Romanians", "Romanian-born". */
export const anyNationality = new RegExp(`\\b(?:${among(adjectives)})s?\\b(?:[\\s-](?:born|speaking|looking))?`, 'g');
/** Words before a country or a city that make it where people come from or go to. */
const towards = [
  ...[
    'from',
    'born in',
    'raised in',
    'grew up in',
    'grown up in',
    'brought (?:here )?from',
    'citizens? of',
    'nationals? of',
  ],
  ...[
    'natives? of',
    'subjects? of',
    'people of',
    'return(?:ed)? to',
    'flown (?:back )?to',
    'sent (?:back )?to',
    'deported to',
  ],
  ...[
    'removed to',
    'back (?:home )?(?:to|in)',
    'home (?:is |was )?in',
    'family in',
    'families in',
    'recruited in',
    'passports? of',
    'languages? of',
  ],
].map((words) => `[${words.charAt(0).toUpperCase()}${words.charAt(0)}]${words.slice(1)}`);
/** A country or a city as an origin or a destination of people. */
export const anyOrigin = new RegExp(
  `\\b(?:${towards.join('|')}) (?:the )?(?:(?:[a-z]+ )?(?:near|around|outside|of|in) )?(?:the )?(?:${among([...countries, ...cities])})\\b`,
  'g',
);
export const foreign =
  /\bforeign[\s-](?:nationals?|born|women|men|girls|boys|people|workers|victims?)\b|\b(?:from|of) (?:abroad|overseas) origin\b|\b(?:British|English|Scottish|Welsh|Irish|UK)[\s-](?:nationals?|citizens?|born|m[ae]n|wom[ae]n|girls?|boys?|teenagers?|victims?|suspects?)\b/gi;
