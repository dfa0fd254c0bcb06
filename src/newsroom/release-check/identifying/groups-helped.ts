/** Finds help to a group of people that no figure counts apart: women, children, families. Pure. */
import type { WatchedWord } from '../watched-words.ts';

type Sentence = { readonly start: number; readonly text: string };

/** Help to a group that no figure counts apart: where few were helped, it tells that there were some of them. */
const groupHelped =
  /\b(?:women|men|girls|boys|children|minors|teenagers|mothers|fathers|parents|families|couples|babies|pensioners|young people|under-?18s)\b(?= (?:[a-z]+ ){0,2}?(?:were|have been|had been) (?:[a-z]+ly )?(?:safeguarded|referred|advised|protected|rehoused|placed|taken into care|taken to safety|made safe|moved|given (?:[a-z]+ )?(?:advice|help|support)|offered (?:[a-z]+ )?(?:advice|help|support)|(?:helped|supported)(?! to\b))\b)|(?<=\b(?:safeguarded|referred|advised|protected|rehoused) (?:the |some |several )?)(?:women|men|girls|boys|children|minors|teenagers|mothers|fathers|families|couples|babies)\b/gi;
export const findGroupsHelped = ({ start, text }: Sentence): WatchedWord[] =>
  [...text.matchAll(groupHelped)].map(({ index, 0: { length } }): WatchedWord => {
    const at = start + index;
    return {
      start: at,
      end: at + length,
      kind: 'withheld',
      must: 'change',
      message: 'No figure of a release counts these people apart, and they may be very few. Write "people".',
      safer: 'people',
    };
  });
