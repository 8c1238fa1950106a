import { describe, expect, it } from 'vitest';
import { createTerminalChannel } from '../../../src/channels/terminal/channel.ts';

const file = (name: string) => ({ path: `/data/${name}`, name, mime: 'application/pdf' });
const to = { channel: 'terminal', account: 'aigul', id: 'aigul' } as const;

describe('createTerminalChannel', () => {
  it.each([
    ['none', {}, 'Жыйын'],
    ['one', { file: file('1.pdf') }, 'Жыйын\n/data/1.pdf'],
    ['several', { file: file('1.pdf'), moreFiles: [file('2.pdf')] }, 'Жыйын\n/data/1.pdf\n/data/2.pdf'],
  ])('says where the files of a message are: %s', async (_, files, said) => {
    const printed: string[] = [];
    const print = (text: string) => void printed.push(text);
    const channel = createTerminalChannel({ name: 'aigul', style: 'buttons', print });
    await channel.send(to, { text: 'Жыйын', ...files });
    expect(printed).toEqual([said]);
  });
});
