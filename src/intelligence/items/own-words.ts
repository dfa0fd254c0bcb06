/** What a source says of themselves in a report: “my back bedroom”, “I am a health visitor”. A sanitised text repeats none of it. Pure. */

/** Verbs after “I” that say who the source is, where they live and what they did; “I saw” and “I think” say what was seen. */
const ofSelf = new Set(
  (
    'at am was were work worked live lived clean cleaned rent rented lodge lodged drive drove teach taught deliver delivered do did go went visit ' +
    'visited attend attended serve served used escaped escape ran run left leave quit married parked park walk walked rang ring called phoned ' +
    'emailed wrote fell look looked mend mended fix fixed read was given treated treat nursed cook cooked sell sold buy bought play played coach ' +
    'coached volunteer volunteered translate translated fit fitted install installed repair repaired service serviced inspect inspected dated ' +
    'share shared sit sat stay stayed own manage managed run supervise supervised employ employed study studied have had took take lend lent ' +
    'photographed filmed recorded kept keep collect collected drop dropped pass passed walk was waiting wait waited sleep slept shop shopped'
  ).split(' '),
);

/** Words too common to lead to anybody. */
const common = new Set(
  (
    'the and but for nor not that this these those there here where when while with without within into onto from about above below over ' +
    'under through between against during before after since until than then them they their theirs she her hers him his its our ours your ' +
    'yours you who whom whose which what why how all any both each few more most other some such only own same too very can will just should ' +
    'now are was were been being have has had having does did doing would could ought might must one two three four five six seven eight nine ' +
    'ten first last next day days week weeks month months year years time times night morning evening afternoon today yesterday tonight ' +
    'something someone somebody anything anyone nothing everything everyone thing things people person man men woman women girl girls boy boys ' +
    'male males female females lad lads worker workers work working worked works job live lives living lived stay staying house home flat place ' +
    'address road street way back front side right left good bad like going goes went gone come comes came take takes took get gets got getting ' +
    'make makes made see seen saw seeing hear heard say says said tell told know known knew think thought believe sure not yes please sorry ' +
    'thank thanks help police report reporting reported slavery modern really quite much many lot lots bit little always never often sometimes ' +
    'still even again also because though although long old new young big small same different number phone money paid pay wages worried worry ' +
    'given gave give gives name names named owe owes other half same monday tuesday wednesday thursday friday saturday sunday sundays january february march april may june july august september ' +
    'october november december hours open close train info example org com www mobile partial ' +
    'scared frightened afraid nervous concerned out off down up in on at to of a an is it be as by or if so no do me my we us i am im ive'
  ).split(' '),
);

const fold = (word: string): string =>
  word
    .normalize('NFKD')
    .replaceAll(/[\p{M}'’]/gu, '')
    .toLowerCase();
const listWords = (text: string): string[] => text.match(/[\p{L}\p{M}\p{N}]+(?:['’][\p{L}]+)*/gu) ?? [];

const self =
  /(?<![\w’']|\p{Lu}\p{Ll}+\s)(?:I|i|I['’]m|i['’]m|Im|I['’]ve|I['’]d|[Mm]y(?!\s\p{Lu})|[Oo]ur(?!\s\p{Lu})|[Ww]e|[Mm]e|[Uu]s|[Mm]yself|[Mm]ine|[Oo]urs)(?![\w’'])/u;
/** More letters than this are compared by their beginning: “key” and “keyholder”, “books” and “bookkeeper”. */
const lettersCompared = 4;

/** What a report says of its source. */
export type OwnWords = {
  /** Stems of the words of their sentences, without those that stand elsewhere in the report too. */
  readonly stems: ReadonlySet<string>;
  /** Names of people close to them, and the number of their house. */
  readonly names: ReadonlySet<string>;
};

export function findOwnWords(report: string): OwnWords {
  const sentences = report.replaceAll(/\S+@\S+/g, ' ').split(/(?<=[.!?])\s+|\n+/);
  const others = new Set(
    sentences
      .filter((one) => !self.test(one))
      .flatMap(listWords)
      .map(toStem),
  );
  const phrases = sentences.flatMap(listOwnPhrases);
  const isOwn = (word: string): boolean => isTelling(fold(word)) && !others.has(toStem(word));
  return {
    stems: new Set(phrases.flatMap(listWords).filter(isOwn).map(toStem)),
    names: new Set(sentences.flatMap(listOwnNames).filter((name) => !others.has(toStem(name)))),
  };
}

/** “my brother Carl”, “me and Desmond”, “I live at 50 Weir Bank”. */
const close =
  '(?:husband|wife|partner|other half|mate|friend|lodger|flatmate|neighbour|colleague|boyfriend|girlfriend)';
const ownNames = [
  new RegExp(`\\b[Mm]y (?:\\p{Ll}+ )?${close} (\\p{Lu}\\p{Ll}+)`, 'gu'),
  new RegExp(`\\b(\\p{Lu}\\p{Ll}+) (?:is|and) my (?:\\p{Ll}+ )?${close}\\b`, 'gu'),
  /\b[Mm]e and (\p{Lu}\p{Ll}+)|\b(\p{Lu}\p{Ll}+) (?:and me|and I)\b/gu,
  /\bmy (?:daughter|son)\b[^.!?]*?, (\p{Lu}\p{Ll}+) is in (?:her|his) class/giu,
  /\b(?:I live|I am|I[’']m|Im|[Oo]urs is|[Mm]ine is|[Mm]y (?:camera|house|flat|home|door|drive|garden))\b[^.!?]{0,40}?(?:\bat|,|\bnumber|\bno\.?) (\d{1,4})(?= \p{Lu})/gu,
];
const listOwnNames = (sentence: string): string[] =>
  ownNames.flatMap((pattern) => [...sentence.matchAll(pattern)].flatMap(([, one, other]) => one ?? other ?? []));

const isTelling = (word: string): boolean =>
  !common.has(word) && (/\d/.test(word) ? /^\d{2,4}$/.test(word) : word.length >= 3);
const toStem = (word: string): string => (/^\d/.test(word) ? word : fold(word).slice(0, lettersCompared));

/** The phrases of one sentence that are about the source. */
function listOwnPhrases(sentence: string): string[] {
  if (!self.test(sentence)) return [];
  return sentence.split(/[,;:–—]|\b(?:but|because|so|whose|and (?=I\b|we\b))/).flatMap((clause) => {
    const owned = [...clause.matchAll(/\b(?:[Mm]y|[Oo]ur)\s+(?!\p{Lu})((?:[\p{L}\p{N}'’-]+\s*){1,4})/gu)].map(
      ([, words = '']) => words,
    );
    const said =
      /(?<![\w’']|\p{Lu}\p{Ll}+\s)(?:I|i|[Ww]e)(?:['’](?:m|ve|d|re)|m)?\s+(?:(?:\w+ly|just|only|also|once|always|often|still|then)\s+)?([\w’']+)/u.exec(
        clause,
      );
    const verb = (said?.[1] ?? '').toLowerCase().replaceAll("'", '’');
    const isSelf = /(?<![\w’'])(?:I['’]m|Im|I am|I was|[Ww]e are|[Ww]e were)(?![\w’'])/u.test(clause);
    const isTold = /\b(?:was|were|been) (?:told|worried|scared|shocked|so|very|not)\b/.test(clause);
    const isShared = /(?<![\w’'])(?:[Oo]urs|[Mm]ine)\s+(?:is|was)\b|\b[Mm]e and\b|\band me\b/u.test(clause);
    if (isShared || (said && !isTold && (isSelf || ofSelf.has(verb)))) return [clause];
    return owned;
  });
}

/** A sentence about what somebody saw, heard or was told, and not about what is done to the people. */
const witnessing =
  /\b(?:saw|sees?|seen|heard|hears?|audible|visible|noticed|noted|witnessed|watched|aware|known(?! as\b)|knows?|found|attended|spoken|disclosed|photograph(?:s|ed)|knocked|asked|handed in|described|keyholder|customer)\b/i;

/** Words of a text that repeat what the source says of themselves: a name or a house number, or a word in a sentence about what somebody saw or heard. */
export function findRepeatedWords(text: string, { stems, names }: OwnWords): readonly string[] {
  const found = text.split(/(?<=[.!?])\s+|\n+/).flatMap((sentence) => {
    const isWitness = witnessing.test(sentence);
    return listWords(sentence).filter(
      (word) => names.has(word) || (isWitness && isTelling(fold(word)) && stems.has(toStem(word))),
    );
  });
  return [...new Set(found)];
}
