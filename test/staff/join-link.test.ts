import { describe, expect, it } from 'vitest';
import { telegramPrivateLink, whatsAppPrivateLink } from '../../src/staff/join-link.ts';

describe('a link that joins two chats', () => {
  it('begins the chat on Telegram by the code', () => {
    expect(telegramPrivateLink('@sunush_bot', 'join_123456')).toBe('https://t.me/sunush_bot?start=join_123456');
  });

  it('has the words ready on WhatsApp', () => {
    expect(whatsAppPrivateLink('996555123456', 'join 123456')).toBe('https://wa.me/996555123456?text=join%20123456');
  });
});
