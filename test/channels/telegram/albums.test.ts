import { describe, expect, it } from 'vitest';
import { Albums } from '../../../src/channels/telegram/albums.ts';
import { BOT, file, groupMessage, message } from './payloads.ts';

const SELF = { account: String(BOT.id), username: 'sunush_test_bot' };

type Fields = Record<string, unknown>;
const part = (id: number, fields: Fields = {}) => ({
  ...groupMessage({ message_id: id, media_group_id: 'a', photo: [file(`p${id}`)], ...fields }),
  update_id: id,
});
const tagged = (id: number, fields: Fields = {}) => part(id, { caption: '#сунуш Жол чуңкур', ...fields });
const untagged = part(1);

/** What is stored of each batch, by event. */
function storedOf(batches: readonly (readonly unknown[])[], pauseMs = 0): (readonly string[])[] {
  let nowMs = 0;
  const albums = new Albums(() => nowMs);
  return batches.map((batch) => {
    const events = albums.events(batch, SELF).map(({ eventId }) => eventId);
    nowMs += pauseMs;
    return events;
  });
}

describe('an album in a group, as updates of its parts', () => {
  it.each([
    ['the tagged part first', [[tagged(1), part(2)], [part(3)]], [['1', '2'], ['3']]],
    ['the tagged part last', [[part(1)], [part(2), tagged(3)]], [[], ['3', '1', '2']]],
    ['the tagged part between', [[part(1)], [tagged(2)], [part(3)]], [[], ['2', '1'], ['3']]],
    [
      'a batch that comes again',
      [[part(1)], [tagged(2), part(3)], [tagged(2), part(3)]],
      [[], ['2', '1', '3'], ['2', '1', '3']],
    ],
    [
      'parts that come again with it',
      [
        [part(1), tagged(2)],
        [part(1), tagged(2)],
      ],
      [
        ['2', '1'],
        ['2', '1'],
      ],
    ],
    ['without a tag', [[part(1), part(2, { caption: 'Кечээ' })], [part(3)]], [[], []]],
    ['of somebody else under the same name', [[tagged(1), part(2, { from: { id: 77 } })]], [['1']]],
    ['another one of the same author', [[tagged(1), part(2, { media_group_id: 'b' })]], [['1']]],
    ['with words of its own below a part', [[tagged(1), part(2, { caption: 'Кечээ' })]], [['1']]],
    ['that is forwarded', [[tagged(1, { forward_origin: {} }), part(2, { forward_origin: {} })]], [[]]],
    ['in another group', [[tagged(1), part(2, { chat: { id: -1002, type: 'group' } })]], [['1']]],
  ])('is stored as far as it goes with the tag: %s', (_, batches, stored) => {
    expect(storedOf(batches)).toEqual(stored);
  });

  it('waits for its tag ten seconds, and follows it for a minute', () => {
    expect(storedOf([[untagged], [tagged(2)]], 9_999)).toEqual([[], ['2', '1']]);
    expect(storedOf([[untagged], [tagged(2)]], 10_000)).toEqual([[], ['2']]);
    expect(storedOf([[tagged(2)], [untagged]], 59_999)).toEqual([['2'], ['1']]);
    expect(storedOf([[tagged(2)], [untagged]], 60_000)).toEqual([['2'], []]);
  });

  it('is stored whole in a chat with the bot alone', () => {
    const alone = (id: number) => ({ ...message({ message_id: id, media_group_id: 'a', photo: [] }), update_id: id });
    expect(storedOf([[alone(1), alone(2)]])).toEqual([['1', '2']]);
  });
});
