/** Hides from the rules what is written with digits and counts nothing: dates, times, ages, sections of laws. */
import { currentNumber, numberWords } from './numbers.ts';

const monthName =
  '(?:January|February|March|April|May|June|July|August|September|October|November|December|Sept|Jan|Feb|' +
  'Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\\b\\.?';
const weekday =
  '(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)\\b\\.?';
const dayNumber = '\\d{1,2}(?:st|nd|rd|th)?(?![\\d]|[:,]\\d)';
const year = '(?:19|20)\\d\\d(?!\\d|,\\d)';
const joint = '(?: ?[-/&] ?|,? (?:and|to|until|till|through) |, )';
/** A number before one of these is a count, though a month stands before it: "In January 30 people …". */
const counted =
  '(?! (?:[a-z]+ ){0,2}?(?:people|persons?|m[ae]n|wom[ae]n|arrests?|premises|address(?:es)?|victims?|suspects?|warrants?|' +
  'workers|businesses|properties|vehicles)\\b)';

const dates: readonly RegExp[] = [
  new RegExp(
    `\\b(?:[Ff]rom|[Bb]etween) (?:${weekday},? )?${monthName} ${dayNumber} (?:to|and|until|through) (?:${weekday},? )?(?:${monthName} )?${dayNumber}(?:,? ${year})?`,
    'g',
  ),
  // "5 and 6 June 2025", "Thursday 5th and Friday 6th June", "16-22 September".
  new RegExp(
    `(?<![\\d£$€,.])(?:${weekday},? )?(?:the )?${dayNumber}(?:${joint}(?:${weekday},? )?(?:the )?${dayNumber}){0,6}(?: of)? ` +
      `${monthName}(?:,? ${year})?`,
    'g',
  ),
  new RegExp(
    `(?:${weekday},? )?${monthName} (?:the )?${dayNumber}${counted}(?:${joint}${dayNumber}${counted}){0,4}(?:,? ${year})?`,
    'g',
  ),
  new RegExp(`${monthName},? ${year}`, 'g'),
  /(?<![\d/])\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}(?![\d/])/g,
  /(?<![\d/])\d{1,2}\/\d{1,2}(?![\d/])/g,
  new RegExp(
    `(?<![\\d£$€,.-])${year}(?:[-/]\\d{2,4})?(?! (?:people|men|women|premises|arrests|victims|vehicles|officers)\\b)(?![\\w,]\\d)`,
    'g',
  ),
  /\b\d{1,2}(?:[.:]\d{2})? ?(?:am|pm|a\.m\.|p\.m\.)(?!\w)/gi,
  /\b\d{1,2}:\d{2}\b(?: ?hours)?/g,
  /\b24[/-](?:7|hours?)\b|\b24 hours\b/gi,
  // Laws, pages, references, shares.
  /\b(?:[Ss]ections?|[Ss]ec\.|[Aa]rticles?|[Pp]art|[Pp]hase|[Cc]hapter|[Pp]ages?|[Ss]tep|[Vv]olume|COVID|Covid)[ -]\d+(?:\(\d+\))*(?:\([a-z]\))*/g,
  /\b\d+(?:\.\d+)? ?(?:%|per cent|percent|pc\b)/gi,
  new RegExp(`\\b${numberWords} per cent\\b`, 'gi'),
  /\b\d+(?:st|nd|rd|th)\b/gi,
  /\b[A-Z]{1,5}[-/]?\d[\d/-]*\b/g,
  /\b\d+\.\d+\.\d+\b/g,
  // Telephone numbers.
  /(?<![\w£$€])(?:\+\d{2}|\(?0)\d[\d ()-]{6,16}\d/g,
  /\b1[- ]8\d\d[- ]\d{3}[- ]\d{4}\b/g,
];

const ages: readonly RegExp[] = [
  new RegExp(`\\b${currentNumber}[- ]years?[- ]olds?\\b`, 'gi'),
  new RegExp(
    `\\b(?:aged|ages|age) (?:of |between |from )?${currentNumber}(?:(?:, | and |,? to |-| or )${currentNumber}(?! (?:[a-z]+ ){0,2}(?:m[ae]n|wom[ae]n|people)))*`,
    'gi',
  ),
  /\b(?:early |mid-?|late )?\d0s\b/gi,
  /\b(?:under|over) (?:the age of )?1[68]s?\b/gi,
];

/** The same length: what is hidden becomes underlines, so that offsets stay. */
const hide = (text: string, patterns: readonly RegExp[]): string =>
  patterns.reduce((result, pattern) => result.replace(pattern, (found) => '_'.repeat(found.length)), text);

/** Dates, times and laws alone: for the rules that read ages themselves. */
export const withoutDates = (text: string): string => hide(text, dates);

export const masked = (text: string): string => hide(text, [...dates, ...ages]);
