/** Names of languages and their codes in ISO 639-1 and ISO 639-2 (terminological), as the Library of Congress keeps them; read on 26 November 2026. Pure. */

/** Two letters, three letters, names: the first is the one we write. Languages that ISO 639-1 has no code for bear a dash. */
const list = `
ab abk Abkhazian|af afr Afrikaans|ak aka Akan/Twi|sq sqi Albanian/Shqip|am amh Amharic|ar ara Arabic|an arg Aragonese|hy hye Armenian|as asm Assamese
av ava Avaric|ay aym Aymara|az aze Azerbaijani/Azeri|ba bak Bashkir|bm bam Bambara|eu eus Basque|be bel Belarusian|bn ben Bengali/Bangla|bi bis Bislama
bs bos Bosnian|br bre Breton|bg bul Bulgarian|my mya Burmese|ca cat Catalan/Valencian|ch cha Chamorro|ce che Chechen|ny nya Chichewa/Nyanja/Chewa
zh zho Chinese/Mandarin/Cantonese|cv chv Chuvash|kw cor Cornish|co cos Corsican|cr cre Cree|hr hrv Croatian|cs ces Czech|da dan Danish|dv div Dhivehi/Maldivian
nl nld Dutch/Flemish|dz dzo Dzongkha|en eng English|eo epo Esperanto|et est Estonian|ee ewe Ewe|fo fao Faroese|fj fij Fijian|fi fin Finnish|fr fra French
ff ful Fulah/Fula/Fulani|gl glg Galician|lg lug Ganda/Luganda|ka kat Georgian|de deu German|el ell Greek|gn grn Guarani|gu guj Gujarati|ht hat Haitian/Haitian Creole
ha hau Hausa|he heb Hebrew|hz her Herero|hi hin Hindi|hu hun Hungarian|is isl Icelandic|ig ibo Igbo|id ind Indonesian|iu iku Inuktitut|ga gle Irish|it ita Italian
ja jpn Japanese|jv jav Javanese|kl kal Kalaallisut/Greenlandic|kn kan Kannada|kr kau Kanuri|ks kas Kashmiri|kk kaz Kazakh|km khm Khmer/Cambodian|ki kik Kikuyu
rw kin Kinyarwanda|ky kir Kyrgyz/Kirghiz|kg kon Kongo|ko kor Korean|kj kua Kuanyama|ku kur Kurdish/Kurmanji/Sorani|lo lao Lao|lv lav Latvian|ln lin Lingala
lt lit Lithuanian|lu lub Luba-Katanga|lb ltz Luxembourgish|mk mkd Macedonian|mg mlg Malagasy|ms msa Malay|ml mal Malayalam|mt mlt Maltese|gv glv Manx|mi mri Maori
mr mar Marathi|mh mah Marshallese|mn mon Mongolian|na nau Nauru|nv nav Navajo|nd nde North Ndebele/Ndebele|nr nbl South Ndebele|ng ndo Ndonga|ne nep Nepali
no nor Norwegian|oc oci Occitan|oj oji Ojibwa|or ori Oriya/Odia|om orm Oromo|os oss Ossetian|ps pus Pashto/Pushto|fa fas Persian/Farsi/Dari|pl pol Polish
pt por Portuguese|pa pan Punjabi/Panjabi|qu que Quechua|ro ron Romanian/Moldovan/Moldavian|rm roh Romansh|rn run Rundi/Kirundi|ru rus Russian|se sme Northern Sami
sm smo Samoan|sg sag Sango|sa san Sanskrit|sc srd Sardinian|gd gla Gaelic/Scottish Gaelic|sr srp Serbian|sn sna Shona|sd snd Sindhi|si sin Sinhala/Sinhalese
sk slk Slovak|sl slv Slovenian|so som Somali|st sot Southern Sotho/Sotho|es spa Spanish/Castilian|su sun Sundanese|sw swa Swahili|ss ssw Swati|sv swe Swedish
tl tgl Tagalog|ty tah Tahitian|tg tgk Tajik|ta tam Tamil|tt tat Tatar|te tel Telugu|th tha Thai|bo bod Tibetan|ti tir Tigrinya|to ton Tonga|ts tso Tsonga
tn tsn Tswana|tr tur Turkish|tk tuk Turkmen|ug uig Uighur/Uyghur|uk ukr Ukrainian|ur urd Urdu|uz uzb Uzbek|ve ven Venda|vi vie Vietnamese|wa wln Walloon
cy cym Welsh|fy fry Western Frisian|wo wol Wolof|xh xho Xhosa|yi yid Yiddish|yo yor Yoruba|za zha Zhuang|zu zul Zulu
- fil Filipino|- rom Romany/Romani/Roma|- tig Tigre|- mni Manipuri|- ceb Cebuano|- bin Bini/Edo|- tiv Tiv|- kru Kru|- man Mandingo/Mandinka|- men Mende|- tem Timne/Temne
- kam Kamba|- luo Luo|- bem Bemba|- ady Adyghe|- bal Baluchi/Balochi|- gaa Ga|- syr Syriac|- sgn Sign languages/British Sign Language/BSL`;

/** Codes that libraries use for some of them (639-2/B); read, never written. */
const bibliographicCodes: Readonly<Record<string, string>> = Object.fromEntries(
  'alb:sqi arm:hye baq:eus bur:mya chi:zho cze:ces dut:nld fre:fra geo:kat ger:deu gre:ell ice:isl mac:mkd mao:mri may:msa per:fas rum:ron slo:slk tib:bod wel:cym'
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
);

export type Language = { readonly two: string | null; readonly three: string; readonly names: readonly string[] };

export const languages: readonly Language[] = list
  .trim()
  .split(/[|\n]/)
  .map((line) => {
    const [, two = '', three = '', names = ''] = /^(\S+) (\S+) (.+)$/.exec(line) ?? [];
    return { two: two === '-' ? null : two, three, names: names.split('/') };
  });

/** The language named in a text, if it names only one. A dialect may follow; two languages give no result. */
export function findLanguageIn(written: string): Language | undefined {
  const plain = ` ${written.toLowerCase().replaceAll(/[^\p{L}]+/gu, ' ')} `;
  const named = languages.flatMap((language) =>
    language.names
      .filter((name) => plain.includes(` ${name.toLowerCase().replaceAll('-', ' ')} `))
      .map((name) => ({ language, name })),
  );
  // “Haitian Creole” names “Haitian” too.
  const longest = named.filter(({ name }) => !named.some((other) => other.name !== name && other.name.includes(name)));
  const found = new Set(longest.map(({ language }) => language));
  return found.size === 1 ? [...found][0] : undefined;
}

export const findLanguageByCode = (code: string): Language | undefined => {
  const small = code.toLowerCase();
  const three = bibliographicCodes[small] ?? small;
  return languages.find((language) => language.three === three || language.two === small);
};
