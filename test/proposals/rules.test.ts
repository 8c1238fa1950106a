import { describe, expect, it } from 'vitest';
import { mayChangeStatus, mayEdit, PROPOSAL_STATUSES } from '../../src/proposals/rules.ts';

const allowed = (by: 'author' | 'staff') =>
  PROPOSAL_STATUSES.flatMap((from) =>
    PROPOSAL_STATUSES.filter((to) => mayChangeStatus(from, to, by)).map((to) => `${from} → ${to}`),
  );

describe('mayChangeStatus', () => {
  it('lets staff carry a proposal forward, decline, reopen, merge and undo a merge, and nothing else', () => {
    expect(allowed('staff')).toEqual([
      'received → in_review',
      'received → planned',
      'received → declined',
      'received → merged',
      'in_review → planned',
      'in_review → declined',
      'in_review → merged',
      'planned → funded',
      'funded → done',
      'declined → in_review',
      'merged → received',
      'merged → in_review',
    ]);
  });

  it('lets the author withdraw a received proposal, and nothing else', () => {
    expect(allowed('author')).toEqual(['received → withdrawn']);
  });
});

describe('mayEdit', () => {
  it('is true while a proposal is received only', () => {
    expect(PROPOSAL_STATUSES.filter(mayEdit)).toEqual(['received']);
  });
});
