/** Reads signs that stand in no list: bold-led or labelled paragraphs in a row, and one sentence that lists several. */
import { contactsIn } from './contacts.ts';
import type { Block } from './sentences.ts';

const labelled = /^[A-Z][A-Za-z ,/'&-]{2,50}(?: ?- |: )(?=[A-Za-z])/;
const might =
  /\b(?:may|might|could|appears?|seems?|often|rarely|few|unable|afraid|scared|fearful|withdrawn|not|no|little|unusual|injuries|signs of|same|always|lack|without)\b/i;
const leadsIn = /\b(?:signs?|indicators?|red flags?|what to look (?:out )?for|look(?:ing)? out for)\b/i;

const isSign = (block: Block): boolean =>
  block.kind === 'paragraph' &&
  block.part === 'body' &&
  block.text.length < 400 &&
  might.test(block.text) &&
  !/["\d@]/.test(block.text) &&
  !/\b(?:call|contact (?:us|the|police|your)|report (?:it|to|any|your)|999|101|helpline|arrested|said)\b/i.test(
    block.text,
  ) &&
  contactsIn(block.text).length === 0;

/**
 * The paragraphs that are one sign each. Labelled ones ("Isolation: victims may …") count where two stand in a row;
 * bare ones only under a line that leads signs in.
 */
export function signParagraphs(blocks: readonly Block[]): ReadonlyMap<Block, string> {
  const signs = new Map<Block, string>();
  for (let first = 0; first < blocks.length; first += 1) {
    const lead = first > 0 ? blocks[first - 1] : undefined;
    const led =
      lead !== undefined &&
      lead.kind !== 'item' &&
      leadsIn.test(lead.text) &&
      (lead.kind === 'heading' || /:$/.test(lead.text) || lead.text.length < 60);
    const run: Block[] = [];
    for (let at = first; at < blocks.length; at += 1) {
      const block = blocks[at];
      if (!block || !isSign(block)) break;
      if (!(block.boldLead || labelled.test(block.text) || (led && block.text.length < 200))) break;
      run.push(block);
    }
    if (run.length < 2) continue;
    for (const block of run) signs.set(block, block.said.replace(/[;,.]?(?: (?:and|or))?$/, '').replace(/[;,.]$/, ''));
    first += run.length - 1;
  }
  return signs;
}

const inOneSentence =
  /\b(?:signs?|indicators?)\b[^.:;"]{0,90}?\b(?:includes?|are|can be|may be|might be|such as):? (?<list>[^.:;"]{20,500})\.?$/i;

/** "Signs to look out for include: staff who …; staff who …; a home that …": parts between semicolons. */
const bySemicolons =
  /\b(?:signs?|indicators?|red flags?|look out for|clues)\b[^.:;"]{0,90}?(?:\b(?:includes?|are|can be|may be|might be|such as|look out for):?|:) (?<list>[^.:"]{20,1200})\.?$/i;

function signsBetweenSemicolons(text: string): string[] {
  const parts = (bySemicolons.exec(text)?.groups?.['list'] ?? '')
    .split(';')
    .map((part) => part.trim().replace(/^(?:and|or) /, ''));
  return parts.length >= 3 && parts.every((part) => part.length > 2 && part.length < 200) ? parts : [];
}

/** "Look out for workers who …, … or …": clauses that describe people. */
const lookFor =
  /\b(?:look(?:ing)? out for|watch(?:ing)? (?:out )?for|be alert to|be aware of|spot|signs? (?:to look (?:out )?for )?(?:may|might|can|could|will) (?:also )?include|signs? (?:of [a-z ]{3,60} )?(?:are|include):?) (?<list>[^.:;"]{40,600})\.?$/i;

/** "The signs include living in a crowded place, having no passport and being afraid": each of a list of three or more. */
export function signsInSentence(text: string): string[] {
  const divided = signsBetweenSemicolons(text.trim());
  if (divided.length > 0) return divided;
  const list = (inOneSentence.exec(text.trim()) ?? lookFor.exec(text.trim()))?.groups?.['list'];
  if (!list?.includes(',')) return [];
  const parts = list
    .split(
      /, (?:and |or )?|,? (?:and|or) (?=(?:being|having|living|working|not|no|a|an|people|signs|little|few|lack|poor|someone|always|never|wearing|looking|appearing|seeming)\b)/,
    )
    .map((part) => part.trim())
    .filter((part) => part.length > 2);
  return parts.length >= 3 && parts.every((part) => part.length < 120) ? parts : [];
}
