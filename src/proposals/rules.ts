export const PROPOSAL_STATUSES = [
  'received',
  'in_review',
  'planned',
  'funded',
  'done',
  'declined',
  'merged',
  'withdrawn',
] as const;
export type ProposalStatus = (typeof PROPOSAL_STATUSES)[number];

/** What may still be supported, and merged into: it waits, or is worked on. */
export const OPEN_STATUSES = ['received', 'in_review', 'planned', 'funded'] as const satisfies ProposalStatus[];

export function isOpenStatus(status: ProposalStatus): boolean {
  return OPEN_STATUSES.some((open) => open === status);
}

/** How a proposal came in. */
export type ProposalSource = 'chat' | 'group' | 'paper' | 'import';

/** Staff carry a proposal forward; declined may be reopened, merged may be undone to where it was. */
const BY_STAFF: Readonly<Record<ProposalStatus, readonly ProposalStatus[]>> = {
  received: ['in_review', 'planned', 'declined', 'merged'],
  in_review: ['planned', 'declined', 'merged'],
  planned: ['funded'],
  funded: ['done'],
  done: [],
  declined: ['in_review'],
  merged: ['received', 'in_review'],
  withdrawn: [],
};

/** Whether this step may be taken by the one who asks. The author may withdraw what nobody has begun to work on. */
export function mayChangeStatus(from: ProposalStatus, to: ProposalStatus, by: 'author' | 'staff'): boolean {
  return by === 'author' ? from === 'received' && to === 'withdrawn' : BY_STAFF[from].includes(to);
}

/** The author may correct the words until somebody works on them. */
export function mayEdit(status: ProposalStatus): boolean {
  return status === 'received';
}

/** Hidden while it waited: nothing becomes of it, and its author is told so where they look. */
export function isSetAside({ status, hidden }: { status: ProposalStatus; hidden: boolean }): boolean {
  return hidden && (status === 'received' || status === 'in_review' || status === 'merged');
}

/** What staff have nothing to do with any more: its author took it back, or another proposal stands for it. */
export const CLOSED_TO_STAFF: ReadonlySet<ProposalStatus> = new Set<ProposalStatus>(['merged', 'withdrawn']);

/** The statuses that staff may give a proposal by a decision. Merging and its undoing are verbs of their own. */
export function staffSteps(from: ProposalStatus): readonly ProposalStatus[] {
  return from === 'merged' ? [] : BY_STAFF[from].filter((to) => to !== 'merged');
}
