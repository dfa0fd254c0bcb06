/** What must never be told of people who were met or helped: where they are, their health, their status, and the place by its neighbours. Pure. */
import type { WatchedWord } from '../watched-words.ts';

type Sentence = { readonly start: number; readonly text: string };
type Rule = Omit<WatchedWord, 'start' | 'end'> & {
  readonly pattern: RegExp;
  readonly unless?: RegExp;
  /** Words that an agency or a reader has too: they count where a sentence says what happened to people. */
  readonly needs?: 'people';
};

const identifying = { kind: 'identifying', must: 'change' } as const;

const shelter =
  '(?:safe[\\s-]?houses?|refuges?|shelters?|hostels?|hotels?|(?:safe|emergency|supported|temporary) (?:accommodation|housing)|places? (?:of safety|to stay)|safe places?|foster (?:care|home)s?)';
const place = "(?:in|at|near|outside|on the edge of) (?:the )?(?:[a-z]+ ){0,3}\\p{Lu}[\\p{L}’'-]+";
const landmark =
  '(?:shops?|stores?|chippy|stations?|churches|church|mosques?|temples?|synagogues?|schools?|colleges?|post office|bus stop|librar(?:y|ies)|parks?|banks?|hospitals?|surgery|clinic|dentists?|town hall|supermarkets?|pubs?|inn|markets?|bridge|roundabout|cinema|theatre|gym|pharmacy|chemists?|bakers?|bakery|butchers?|takeaway|caf[eé]|restaurant|garage|car park|petrol station|job ?centre|launderette|salon|barbers?|bookmakers?|betting shop|hotel|nursery|court|police station|fire station|shopping centre|retail park|high street|canal|river|railway)';

const kin =
  '(?:relatives?|famil(?:y|ies)|friends?|parents?|cousins?|siblings?|an? (?:[a-z]+ )?(?:aunt|uncle|sister|brother|friend|cousin|relative|host family))';
const lodging =
  '(?:(?:church|parish|village|community|town|scout) hall|B ?& ?B|B and B|bed and breakfasts?|guest ?houses?|YMCA|YWCA|Travelodge|Premier Inn|caravan (?:park|site)|convent|monastery|gurdwara|mosque|temple|church|reception centre)';
const sleeping =
  '(?:sleep|sleeps|sleeping|slept|stay|stays|staying|stayed|live|lives|living|lived|lodge[sd]?|lodging|put up|housed|placed)';
const homeRules: readonly Rule[] = [
  {
    ...identifying,
    harm: 'one address',
    message: 'Never say where people stay who were helped: those who look for them read this too. Take the place out.',
    needs: 'people',
    pattern: new RegExp(
      `\\b(?:with|to) (?:the(?:ir)? |her |his |some )?${kin}(?: and ${kin})? (?:back |now |over )?(?:in|near|at|outside) (?:the )?\\p{Lu}[\\p{L}’'-]+|\\b(?:rehoused|housed|rehomed|resettled|relocated)(?: (?:them|her|him|people|everyone|everybody|all of them|safely|by the council))*,? (?:in|at|near|to) (?:the )?\\p{Lu}[\\p{L}’'-]+`,
      'gu',
    ),
  },
  {
    ...identifying,
    harm: 'one address',
    message: 'Never say where people stay or sleep who were met. Take the place out.',
    needs: 'people',
    pattern: new RegExp(
      `\\b${sleeping}\\b[^.;:!?]{0,12}? (?:in|at|above|below|over|under) (?:[\\p{L}’'-]+ ){0,5}?(?:${lodging})\\b`,
      'giu',
    ),
  },
  {
    ...identifying,
    harm: 'nationality',
    message: 'Where people went home to tells where they come from and where to look for them. Take the place out.',
    pattern:
      /\b(?:gone|went|go|goes|going|flown|flew|fly|flying|returned|returning|travel(?:led|ling)?|taken|brought|sent|back|moved) home (?:again )?to (?:(?:the|their|her|his|a) )?(?:[a-z]+ ){0,3}\p{Lu}[\p{L}’'-]+|\b(?:flown|flew) home\b/gu,
  },
];

const ofAgency =
  "(?!(?: and [A-Z][a-z]+)?(?:['’]s)? (?:Aid|Care|Council|Relief|Charit|Association|Trust|Network|Society|Centre|Forum|Union|Action|Women|Youth|Church|charit|church|group|leader|organisation|communit(?:y|ies) (?:group|leader|cent))|[’']s Hospital)";
const beliefRules: readonly Rule[] = [
  {
    ...identifying,
    harm: 'one person',
    message: 'Say nothing about anybody’s religion. Take it out.',
    needs: 'people',
    pattern: new RegExp(
      `\\b(?:Muslims?|Moslems?|Islamic|Christians?(?! [A-Z])|Catholics?|Protestants?|Evangelicals?|Pentecostals?|Baptists?|Methodists?|Mormons?|Hindus?|Sikhs?|Buddhists?|Jews?|Jewish|Jains?|Taoists?|Rastafarians?|Yazidis?|Yezidis?|Ahmadis?|Sunnis?|Shias?|Bah[aá]['’]?[ií]s?|Zoroastrians?|Jehovah['’]?s['’]? Witness(?:es)?|Orthodox(?= (?:Christian|Jew|wom|m[ae]n|faith|church))|(?:Roman|Greek|Russian) Orthodox)\\b${ofAgency}`,
      'g',
    ),
  },
  {
    ...identifying,
    harm: 'one person',
    message: 'Say nothing about anybody’s religion. Take it out.',
    needs: 'people',
    pattern:
      /\b(?:pray(?:ed|ing|s)|prayer (?:mats?|rugs?|beads)|facing Mecca|Mecca|Ramadan|hijabs?|headscar(?:f|ves)|niqabs?|turbans?|rosar(?:y|ies)|kosher|(?:their|her|his|the same) (?:faith|religion)|juju|witchcraft)\b/g,
  },
];

const careRules: readonly Rule[] = [
  {
    ...identifying,
    harm: 'one person',
    message: 'How people came here leads to them, and says something about their status. Take it out.',
    needs: 'people',
    pattern:
      /\b(?:in|by|on|aboard) (?:an? |the )?(?:small |rubber |inflatable |fishing )?(?:boats?|dingh(?:y|ies)|rafts?)\b|\bcross(?:ed|ing|es)? the (?:English )?(?:Channel|Mediterranean|Aegean|desert|Sahara)\b|\bChannel crossings?\b|\b(?:in|by|on|inside|aboard) (?:(?:the back of )?(?:an?|the) )?(?:refrigerated |freight |shipping )?(?:lorr(?:y|ies)|containers?|trucks?)\b|\b(?:arrived|came|entered|flew)(?: in| to| into)? (?:the UK|the United Kingdom|Britain|England|this country|the country) (?:last|in (?:19|20)\d\d|as |on |only|a (?:year|month|week)|by |via |through )|\bvia (?:Calais|Dunkirk|Libya|Turkey|France|Belgium|Italy|Spain|Dover)\b/g,
  },
  {
    ...identifying,
    harm: 'one person',
    message: 'Say nothing about anybody’s health or treatment. Take it out.',
    needs: 'people',
    pattern:
      /\b(?:methadone|naloxone|insulin|anti-?depressants?|anti-?psychotics?|antibiotics|tranquilli[sz]ers?|sedatives|inhalers?|chemotherapy|dialysis|detox|rehab|(?:receiv\w+|tak(?:e|es|ing)|took|us(?:es?|ed|ing)|on|prescribed|given|need(?:s|ed)?) (?:[a-z]+ )?(?:medication|medicines?|prescriptions?|heroin|cocaine|crack|cannabis|ketamine)|(?:sexual health|pregnancy|blood|HIV|medical|health) (?:checks?|tests?|screening|examinations?) (?:was|were|has been|have been) [a-z]+|(?:an? |the )?ambulances? (?:took|came for|was called for)|taken to (?:A ?& ?E|A and E|the infirmary|casualty)|treated for|stitches|wounds?|bruis(?:es|ed|ing)|burns)\b/gi,
  },
  {
    ...identifying,
    must: 'justify',
    harm: 'one person',
    message:
      'This may describe the health or treatment of a person who was met. Take it out, or explain whom it describes.',
    needs: 'people',
    pattern:
      /(?<!\b(?:your|any|every|their own) )\b(?:GPs?|patients?|counsell(?:ing|ors?)(?= (?:now |is |are |was |were |has |have |see)|[.;])|psychiatrists?|psychologists?|midwi(?:fe|ves)|therap(?:y|ists?)(?= (?:now |is |was |has |see))|(?:at|to|by|from) an? (?:[a-z]+ )?(?:clinic|surgery|hospital|ward))\b(?! (?:took part|joined|trained|and safety))/g,
  },
];

const rules: readonly Rule[] = [
  {
    ...identifying,
    harm: 'one address',
    message: 'Never say where people stay who were helped: those who look for them read this too. Take the place out.',
    pattern: new RegExp(
      `\\b${shelter}\\b[^.;:!?]{0,40}?\\b${place}|\\b[Ii]n \\p{Lu}[\\p{L}’'-]+,? [^.;:!?]{0,20}?\\b${shelter}\\b`,
      'gu',
    ),
  },
  {
    ...identifying,
    harm: 'one address',
    message: 'A place by its neighbours leads to the people there. Name the town or the area alone.',
    pattern: new RegExp(
      `\\b(?:above|over|below|beneath|underneath|behind|opposite|next (?:door )?to|beside|adjacent to|across (?:the road )?from|in front of|a?round the corner from|(?:a few|two|three|some) doors (?:from|down from)|a few (?:steps|yards|metres) from|near(?: to)?|close to) (?:the|an?|this|that) (?:[\\w’'-]+ ){0,3}?${landmark}\\b`,
      'giu',
    ),
  },
  {
    ...identifying,
    harm: 'one address',
    message: 'A place by its neighbours leads to the people there. Name the town or the area alone.',
    pattern: new RegExp(
      `\\b(?:an?|the|this|that) (?:[\\w’'-]+ ){0,2}?${landmark} (?:next door|opposite|across the (?:road|street)|over the road|round the corner|down the road|upstairs|downstairs)\\b`,
      'giu',
    ),
  },
  ...homeRules,
  ...beliefRules,
  ...careRules,
  {
    ...identifying,
    harm: 'one person',
    message: 'Say nothing about anybody’s health. Take it out.',
    pattern:
      /\b(?:pregnan(?:t|cy|cies)|miscarr(?:iage|ied)|abortions?|HIV|AIDS(?! and)|hepatitis|tuberculosis|epilep(?:sy|tic)|diabet(?:es|ic)|cancer|autis(?:m|tic)|suicid(?:e|al)|self[\s-]harm(?:ed|ing)?|schizophreni[ac]|psychosis|psychotic|(?:addicted to|addiction|overdosed?|withdrawal symptoms)|sexually transmitted|(?:learning|physical) (?:disabilit(?:y|ies)|difficult(?:y|ies))|disabled|blind|deaf|in a wheelchair|mental(?:ly)? (?:ill(?:ness)?|health (?:problems?|crisis))|in (?:hospital|intensive care)|had an? (?:operation|infection|injury))\b/g,
  },
  {
    ...identifying,
    harm: 'one person',
    message: 'Say nothing about the immigration status of people who were met. Take it out.',
    pattern:
      /\b(?:asylum(?:[\s-]seek(?:ers?|ing))?|refugee status|(?:indefinite |limited )?leave to remain|overstay(?:ed|er|ers|ing)?|undocumented|(?:without|no) (?:valid )?(?:visas?|leave to (?:remain|enter|stay))|(?:student|work|visitor|tourist|spouse|expired) visas?|visas? (?:had |have |has )?(?:expired|ran out|run out|lapsed)|illegal(?:ly)? (?:entry|entered|here|in the (?:country|UK))|entered (?:the (?:country|UK) )?(?:illegally|by (?:small )?boat|in a lorry)|no right to (?:work|remain|be (?:here|in the)))\b/gi,
  },
];

/** Advice to anybody, and signs that may be seen anywhere. */
const ofAnybody =
  /\b(?:may|might|can|could|would|if|whether|whatever|any(?:one|body)|every(?:one|body)|whoever|regardless|no matter)\b/i;
/** Said of somebody all the same: "two who may be pregnant were found". */
const happened =
  /\b(?:was|were|is (?:now )?(?:pregnant|in)|had|raised|found|met|said|told|asked|taken|helped|offered|given|referred|moved|discovered|came)\b/i;

/** "If you came to the UK last year, you can still get help." */
const toTheReader = /^\W*(?:even )?(?:if|when|whether) (?:you|anyone|anybody)\b/i;
const somebody =
  /\b(?:they|them|their|he|she|him|her|his|(?:the|some|several|many|two|three|four|five|most|these|those) (?:[a-z]+ )?(?:workers?|wom[ae]n|m[ae]n|girls?|boys?|victims?|survivors?|residents?)|(?:workers?|people|women|men|victims) (?:are|live|stay|sleep))\b/i;

export function findWordsOfPeopleMet({ start, text }: Sentence): WatchedWord[] {
  const isGeneral = ofAnybody.test(text) && !happened.test(text);
  const isOfPeople = !toTheReader.test(text) && (happened.test(text) || somebody.test(text));
  return rules.flatMap(({ pattern, unless, needs, ...rule }) =>
    [...(needs && !isOfPeople ? '' : text).matchAll(pattern)]
      .filter(
        ({ index, 0: typed }) =>
          !isGeneral && !unless?.test(text.slice(Math.max(0, index - 24), index + typed.length + 12)),
      )
      .map(
        ({ index, 0: typed }): WatchedWord => ({ ...rule, start: start + index, end: start + index + typed.length }),
      ),
  );
}
