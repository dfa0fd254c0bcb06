/** Writes visits as a calendar file (RFC 5545). It leaves Safelight, so an event says the team, the reference and the town, and never the premises. Pure. */

export type CalendarEvent = {
  /** The id of the visit: a moved visit replaces its earlier event. */
  readonly id: string;
  readonly summary: string;
  readonly location: string;
  readonly starts: Date;
  readonly ends: Date;
  readonly cancelled: boolean;
};

const mostOctets = 75;

/** `20260916T083000Z`: times are in UTC, so that no calendar needs a time zone from us. */
const toUtc = (at: Date): string => `${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;

/** RFC 5545, 3.3.11: backslash, semicolon, comma and line breaks are escaped. */
const escapeText = (text: string): string =>
  text
    .replaceAll('\\', '\\\\')
    .replaceAll(';', '\\;')
    .replaceAll(',', '\\,')
    .replaceAll(/\r\n|\r|\n/g, '\\n');

/** RFC 5545, 3.1: a line has at most 75 octets, and no character is cut in two. */
export function foldLine(line: string): string {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > mostOctets) {
      parts.push(part);
      part = ' ';
      octets = 1;
    }
    part += character;
    octets += size;
  }
  return [...parts, part].join('\r\n');
}

const toLines = (event: CalendarEvent, made: Date): string[] => [
  'BEGIN:VEVENT',
  `UID:${event.id}@safelight`,
  `DTSTAMP:${toUtc(made)}`,
  `DTSTART:${toUtc(event.starts)}`,
  `DTEND:${toUtc(event.ends)}`,
  `SUMMARY:${escapeText(event.summary)}`,
  `LOCATION:${escapeText(event.location)}`,
  `STATUS:${event.cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
  'END:VEVENT',
];

/** The file as it is downloaded. */
export const writeCalendar = (name: string, events: readonly CalendarEvent[], made: Date): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Safelight//Schedule//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escapeText(name)}`,
    ...events.flatMap((event) => toLines(event, made)),
    'END:VCALENDAR',
  ]
    .map((line) => `${foldLine(line)}\r\n`)
    .join('');
