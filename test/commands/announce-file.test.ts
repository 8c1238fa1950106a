import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Known, parseAnnouncementFile, proposalsUntil } from '../../src/commands/announce-file.ts';
import { describeMistake } from '../../src/commands/announce-mistakes.ts';

const known: Known = {
  villages: ['mantysh', 'ortok'],
  groups: ['telegram:-100123'],
  timeZone: 'Asia/Bishkek',
  now: new Date('2027-04-01T12:00:00+06:00'),
};

/** The example of the manual. */
const hearing = {
  kind: 'hearing',
  hearing: {
    kind: 'budget_draft',
    startsAt: '2027-04-20T10:00:00+06:00',
    place: { village: 'mantysh', building: 'Клуб' },
    topic: { ky: 'Бюджет', ru: 'Бюджет', en: 'The budget' },
  },
  text: { ky: 'Угуу', ru: 'Слушания', en: 'Hearing' },
  audience: { villages: ['mantysh'], languages: [], channels: [], groups: [] },
  ladder: ['now', '7d', '1d', '2h'],
  release: true,
};
const approval = { plan: 'jap', body: 'Айыл кеңеши', date: '2027-03-28', number: 12 };

function mistakesIn(raw: unknown): string[] {
  return parseAnnouncementFile(raw, known).mistakes.map(describeMistake);
}

/** The example with something else in the hearing. */
function withHearing(fields: object): object {
  return { ...hearing, hearing: { ...hearing.hearing, ...fields } };
}

describe('parseAnnouncementFile', () => {
  it('reads a hearing as it stands in the manual', () => {
    const { file, mistakes } = parseAnnouncementFile(hearing, known);
    expect(mistakes).toEqual([]);
    expect(file).toMatchObject({
      kind: 'hearing',
      hearing: { startsAt: new Date('2027-04-20T04:00:00Z'), place: { village: 'mantysh' } },
      ladder: ['now', '7d', '1d', '2h'],
      attachments: [],
      release: true,
    });
  });

  it('reads the example of the README', () => {
    const [, example = ''] =
      /```json\n(.*?)```/s.exec(readFileSync(new URL('../../README.md', import.meta.url), 'utf8')) ?? [];
    expect(mistakesIn(JSON.parse(example))).toEqual([]);
  });

  it('reads an approval and a notice of its own, with what may be left out left out', () => {
    const approved = parseAnnouncementFile({ kind: 'plan_approval', approval }, known);
    expect(approved.file).toMatchObject({ approval: { plan: 'jap', number: '12' }, release: false });
    const other = parseAnnouncementFile({ kind: 'other', text: { ky: 'Салам' }, at: '2027-04-02T09:00+06:00' }, known);
    expect(other.file).toMatchObject({ text: { ky: 'Салам' }, at: new Date('2027-04-02T03:00:00Z') });
    expect(other.file?.audience).toEqual({ villages: [], languages: [], channels: [], groups: [] });
  });

  it.each<[string, unknown, string]>([
    ['a field that nobody knows', { ...hearing, colour: 'red' }, 'colour: unknown field'],
    [
      'a field that nobody knows, deep inside',
      withHearing({ topic: { de: 'x', ky: 'x' } }),
      'hearing.topic.de: unknown field',
    ],
    [
      'a kind that is none',
      { ...hearing, kind: 'party' },
      "kind: 'party': expected one of hearing, plan_approval, other",
    ],
    ['a hearing without its part', { kind: 'hearing' }, "hearing: missing: the kind is 'hearing'"],
    ['an approval without its part', { kind: 'plan_approval' }, "approval: missing: the kind is 'plan_approval'"],
    ['a part of another kind', { ...hearing, approval }, "approval: only with the kind 'plan_approval'"],
    ['a notice without words', { kind: 'other' }, 'text: missing: expected words in at least one language'],
    ['words in no language', { ...hearing, text: { ky: ' ' } }, 'text: expected words in at least one language'],
    [
      'too many words in one language',
      { ...hearing, text: { ky: 'x', ru: 'ы'.repeat(3_501) } },
      'text.ru: 3501 characters: expected at most 3500',
    ],
    [
      'a time without its offset',
      withHearing({ startsAt: '2027-04-20T10:00:00' }),
      'hearing.startsAt: expected a time with its offset, such as 2027-04-20T10:00:00+06:00',
    ],
    [
      'a day that no month has',
      withHearing({ startsAt: '2027-04-31T10:00:00+06:00' }),
      'hearing.startsAt: expected a time with its offset, such as 2027-04-20T10:00:00+06:00',
    ],
    [
      'a hearing in the past',
      withHearing({ startsAt: '2027-04-01T05:00:00Z' }),
      'hearing.startsAt: 2027-04-01T11:00:00+06:00 is past: it is 2027-04-01T12:00:00+06:00',
    ],
    [
      'a send in the past',
      { ...hearing, at: '2027-03-01T10:00:00+06:00' },
      'at: 2027-03-01T10:00:00+06:00 is past: it is 2027-04-01T12:00:00+06:00',
    ],
    [
      'a send after the hearing',
      { ...hearing, at: '2027-05-01T10:00:00+06:00' },
      'at: 2027-05-01T10:00:00+06:00 is after the hearing begins',
    ],
    [
      'a time of a send that there is not',
      { ...hearing, ladder: ['7d'], at: '2027-04-02T10:00:00+06:00' },
      'at: says when now is sent, and the ladder has no now',
    ],
    [
      'proposals after the hearing',
      withHearing({ proposalsUntil: '2027-04-21' }),
      'hearing.proposalsUntil: 2027-04-21 is after the hearing begins',
    ],
    [
      'proposals until a day that is over',
      withHearing({ proposalsUntil: '2027-03-31' }),
      'hearing.proposalsUntil: 2027-03-31 is past: it is 2027-04-01T12:00:00+06:00',
    ],
    [
      'a village that is none',
      withHearing({ place: { village: 'x', building: 'Клуб' } }),
      "hearing.place.village: there is no village 'x': expected one of mantysh, ortok",
    ],
    [
      'an audience of a village that is none',
      { ...hearing, audience: { villages: ['ortok', 'x'] } },
      "audience.villages[1]: there is no village 'x': expected one of mantysh, ortok",
    ],
    [
      'a group that is not linked',
      { ...hearing, audience: { groups: ['telegram:-1'] } },
      "audience.groups[0]: there is no linked group 'telegram:-1': expected one of telegram:-100123",
    ],
    [
      'a channel that is none',
      { ...hearing, audience: { channels: ['viber'] } },
      "audience.channels[0]: 'viber': expected one of telegram, whatsapp, simulator, terminal",
    ],
    [
      'a rung that is none',
      { ...hearing, ladder: ['now', '7w'] },
      "ladder[1]: '7w': expected now, or a number with d, h or m, such as 7d",
    ],
    ['a rung that stands twice', { ...hearing, ladder: ['now', '1d', 'now'] }, "ladder[2]: 'now' stands twice"],
    ['a ladder without rungs', { ...hearing, ladder: [] }, 'ladder: empty: expected at least one'],
    [
      'a reminder without a hearing',
      { kind: 'other', text: { ky: 'x' }, ladder: ['now', '7d'] },
      "ladder[1]: '7d' counts back from a hearing, and there is none: expected now alone",
    ],
    [
      'a draft that is both',
      withHearing({ draft: { file: 'a.pdf', url: 'https://a.kg' } }),
      'hearing.draft: expected a file or a url',
    ],
    [
      'a link that is none',
      withHearing({ draft: { url: 'javascript:alert(1)' } }),
      "hearing.draft.url: 'javascript:alert(1)': expected a link that begins with http:// or https://",
    ],
    [
      'a date that is none',
      { kind: 'plan_approval', approval: { ...approval, date: '28.03.2027' } },
      "approval.date: '28.03.2027': expected a day such as 2027-05-28",
    ],
    [
      'a file that stands twice',
      { ...hearing, attachments: ['a.pdf', 'a.pdf'] },
      "attachments[1]: 'a.pdf' stands twice",
    ],
    [
      'too many files',
      { ...hearing, attachments: ['a', 'b', 'c', 'd', 'e', 'f'] },
      'attachments: 6 of them: expected at most 5',
    ],
    ['what is neither true nor false', { ...hearing, release: 'yes' }, "release: 'yes': expected true or false"],
    ['a list in place of fields', [hearing], '(the file): a list: expected fields between { and }'],
  ])('refuses %s', (_, raw, mistake) => {
    expect(mistakesIn(raw)).toEqual([mistake]);
  });

  it('names all that is wrong at once, in the order of the fields', () => {
    const raw = {
      kind: 'hearing',
      hearing: { kind: 'budget', startsAt: '2026-04-20T10:00:00+06:00', place: { village: 'x' }, topic: 'Бюджет' },
      ladder: ['now', 7],
      audience: { villages: 'mantysh' },
      relaese: true,
    };
    expect(mistakesIn(raw)).toEqual([
      "hearing.kind: 'budget': expected one of sedp_draft, budget_draft, budget_execution, jap, other",
      "hearing.place.village: there is no village 'x': expected one of mantysh, ortok",
      'hearing.place.building: missing',
      "hearing.topic: 'Бюджет': expected fields between { and }",
      'hearing.startsAt: 2026-04-20T10:00:00+06:00 is past: it is 2027-04-01T12:00:00+06:00',
      "audience.villages: 'mantysh': expected a list between [ and ]",
      'ladder[1]: 7: expected words in quotes',
      'relaese: unknown field',
    ]);
  });
});

describe('proposalsUntil', () => {
  it.each<[string, string | undefined, string | null]>([
    ['an instant as it is', '2027-04-18T18:00:00+06:00', '2027-04-18T12:00:00.000Z'],
    ['the end of a day', '2027-04-18', '2027-04-18T17:59:00.000Z'],
    ['the beginning of the hearing on its day', '2027-04-20', '2027-04-20T04:00:00.000Z'],
    ['nothing', undefined, null],
  ])('makes of what is given %s', (_, given, expected) => {
    const { file } = parseAnnouncementFile(withHearing(given === undefined ? {} : { proposalsUntil: given }), known);
    if (file === null) throw new Error('the file has mistakes');
    expect(proposalsUntil(file, known)?.toISOString() ?? null).toBe(expected);
  });
});
