import { describe, expect, it } from 'vitest';
import { savedAt, WORDS } from './form.ts';

describe('Saved', () => {
  it.each([1, 5, 10, 20])('is only as large as its answers at question %i', async (at) => {
    const { saved } = await savedAt(at);
    const bytes = Buffer.byteLength(JSON.stringify(saved));
    const answered = at - 1;
    const said = Math.floor(answered / 2) * Buffer.byteLength(WORDS);
    expect(bytes).toBeLessThan(120 + said + answered * 45);
  });
});
