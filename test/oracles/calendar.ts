/** Reads a calendar file as RFC 5545 says, in code of its own: lines, folding, escapes, and what an event must have. Throws where the file breaks a rule. */

export type ReadEvent = Readonly<Record<string, string>>;

const readText = (value: string): string => {
  let text = '';
  for (let at = 0; at < value.length; at += 1) {
    const character = value[at];
    if (character === ',' || character === ';') throw new Error(`unescaped ${character} in ${value}`);
    if (character !== '\\') {
      text += character;
      continue;
    }
    at += 1;
    const escaped = value[at];
    if (escaped === 'n' || escaped === 'N') text += '\n';
    else if (escaped === '\\' || escaped === ',' || escaped === ';') text += escaped;
    else throw new Error(`unknown escape in ${value}`);
  }
  return text;
};

/** Content lines: each physical line ends in CRLF and has at most 75 octets; a line that starts with a blank goes on from the one before. */
function readLines(file: Buffer): string[] {
  const lines: Buffer[] = [];
  let from = 0;
  while (from < file.length) {
    const end = file.indexOf('\r\n', from);
    if (end < 0) throw new Error('the last line has no end');
    const line = file.subarray(from, end);
    if (line.length > 75) throw new Error(`a line of ${line.length} octets`);
    if (line.includes(10) || line.includes(13)) throw new Error('a bare line break');
    const text = line.toString('utf8');
    if (!Buffer.from(text).equals(line)) throw new Error('a character is cut in two');
    const last = lines.length - 1;
    if (line[0] === 0x20) lines[last] = Buffer.concat([lines[last] ?? Buffer.alloc(0), line.subarray(1)]);
    else lines.push(line);
    from = end + 2;
  }
  return lines.map((line) => line.toString('utf8'));
}

const texts = ['SUMMARY', 'LOCATION', 'X-WR-CALNAME'];
const instants = ['DTSTAMP', 'DTSTART', 'DTEND'];

export function readCalendar(file: string): readonly ReadEvent[] {
  const lines = readLines(Buffer.from(file));
  if (lines[0] !== 'BEGIN:VCALENDAR' || lines.at(-1) !== 'END:VCALENDAR') throw new Error('no calendar');
  for (const needed of ['VERSION:2.0', 'PRODID:'])
    if (!lines.some((line) => line.startsWith(needed))) throw new Error(needed);
  const events: Record<string, string>[] = [];
  let open: Record<string, string> | undefined;
  for (const line of lines) {
    const colon = line.indexOf(':');
    const [name, value] = [line.slice(0, colon), line.slice(colon + 1)];
    if (line === 'BEGIN:VEVENT') open = {};
    else if (line === 'END:VEVENT') {
      for (const needed of ['UID', ...instants]) if (!open?.[needed]) throw new Error(`an event without ${needed}`);
      events.push(open ?? {});
      open = undefined;
    } else if (open) {
      if (name in open) throw new Error(`${name} twice`);
      if (instants.includes(name) && !/^\d{8}T\d{6}Z$/.test(value)) throw new Error(`${name} is not in UTC`);
      open[name] = texts.includes(name) ? readText(value) : value;
    }
  }
  return events;
}
