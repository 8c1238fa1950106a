import { describe, expect, it } from 'vitest';
import { readMessage } from '../../../src/channels/whatsapp/read.ts';

const GROUP = '120363000000000001@g.us';
const media = { mime: 'image/jpeg', fileName: null, size: 10, hash: null };
const message = {
  ...{ chatId: GROUP, type: 'image', text: '#сунуш', at: 1, editedAtMs: null, personName: null, groupTitle: null },
  ...{ media, location: null, phone: null, viewOnce: false, alsoKnownAs: null, quoted: null },
};
/** One message, as WhatsApp names its author by an id that hides the number, and by the number. */
const byLid = `false_${GROUP}_AC01_7700123@lid`;
const byNumber = `false_${GROUP}_AC01_996555000001@c.us`;

describe('readMessage', () => {
  it('knows a message of a group again however its author is named', () => {
    const own = readMessage({ ...message, id: byLid, author: '7700123@lid' });
    const quoted = { id: byNumber, author: '996555000001@c.us', type: 'image', text: '', media, location: null };
    const tagging = { ...message, id: `false_${GROUP}_AC02_7700456@lid`, author: '7700456@lid', media: null, quoted };
    expect(readMessage({ ...tagging, type: 'chat' })?.quoted?.messageId).toBe(own?.messageId);
  });

  it('fetches a file by the id that WhatsApp knows', () => {
    expect(readMessage({ ...message, id: byLid, author: '7700123@lid' })?.content).toMatchObject({
      media: { ref: byLid },
    });
  });

  it('leaves the id of a message in private as it is', () => {
    const id = 'false_996555000001@c.us_AC01';
    expect(readMessage({ ...message, id, chatId: '996555000001@c.us', author: null })?.messageId).toBe(id);
  });
});
