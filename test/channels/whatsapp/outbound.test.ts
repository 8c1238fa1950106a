import { describe, expect, it } from 'vitest';
import { says, toPieces } from '../../../src/channels/whatsapp/outbound.ts';

const file = (name: string, mime: string) => ({ path: `/data/${name}`, name, mime });
const photo = file('a.jpg', 'image/jpeg');
const pdf = file('b.pdf', 'application/pdf');
const voice = file('c.ogg', 'audio/ogg; codecs=opus');

describe('toPieces', () => {
  it.each([
    ['a text', { text: 'Салам' }, [{ text: 'Салам' }]],
    [
      'options as a list, with what to do',
      { text: 'Кайсы?', options: [{ data: 'a', label: 'Суу' }], hint: 'Номерин жазыңыз' },
      [{ text: 'Кайсы?\n\n1. Суу\n\nНомерин жазыңыз' }],
    ],
    ['a text below its photo', { text: 'Көпүрө', file: photo }, [{ text: 'Көпүрө', file: photo }]],
    [
      'a text before a voice, which has no place for it',
      { text: 'Үн', file: voice },
      [{ text: 'Үн' }, { text: '', file: voice }],
    ],
    [
      'a long text before its file',
      { text: 'а'.repeat(1025), file: pdf },
      [{ text: 'а'.repeat(1025) }, { text: '', file: pdf }],
    ],
    [
      'files one by one',
      { text: 'План', file: pdf, moreFiles: [photo] },
      [
        { text: 'План', file: pdf },
        { text: '', file: photo },
      ],
    ],
    ['files without words', { text: '', file: pdf }, [{ text: '', file: pdf }]],
    [
      'an answer, by its first message',
      { text: 'Ооба', answers: 'x', file: voice },
      [
        { text: 'Ооба', answers: 'x' },
        { text: '', file: voice },
      ],
    ],
    ['nothing', { text: ' ' }, []],
  ])('sends %s', (_, content, pieces) => {
    expect(toPieces(content)).toEqual(pieces);
  });

  it('cuts what WhatsApp would not take, between words', () => {
    const pieces = toPieces({ text: 'сөз '.repeat(20_000) });
    expect(pieces.length).toBe(3);
    for (const { text } of pieces) expect(text).toMatch(/^сөз.*сөз$/);
  });
});

describe('says', () => {
  const own = { id: '1', text: 'Салам', fileName: null, kind: 'text', at: new Date(), ack: 'server' } as const;
  it.each([
    ['the same words', own, { text: 'Салам' }, true],
    ['other words', own, { text: 'Салам!' }, false],
    ['the same words below a photo', own, { text: 'Салам', file: photo }, false],
    ['a photo with these words', { ...own, kind: 'photo' }, { text: 'Салам', file: photo }, true],
    ['a file of another name', { ...own, kind: 'file', fileName: 'x.pdf' }, { text: 'Салам', file: pdf }, false],
    ['a file of this name', { ...own, kind: 'file', fileName: 'b.pdf' }, { text: 'Салам', file: pdf }, true],
  ] as const)('%s', (_, message, piece, same) => {
    expect(says(message, piece)).toBe(same);
  });
});
