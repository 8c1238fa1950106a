/** Who somebody is in a municipality. */
export const ROLES = ['admin', 'officer', 'working-group', 'deputy'] as const;
export type Role = (typeof ROLES)[number];

/** What somebody may do, as verbs. Code asks for one of these, never for a role. */
export const RIGHTS = [
  'proposals.read',
  'proposals.tag',
  'proposals.ask',
  'proposals.answer',
  'proposals.decide',
  'proposals.hide',
  'proposals.merge',
  'proposals.transcribe',
  'proposals.enter',
  'proposals.import',
  'senders.block',
  'answers.edit',
  'meetings.record',
  'statistics.read',
  'exports.make',
  'exports.names',
  'plans.read',
  'plans.edit',
  'plans.approve',
  'announcements.read',
  'announcements.prepare',
  'announcements.release',
  'hearings.manage',
  'groups.link',
  'staff.list',
  'staff.manage',
] as const;
export type Right = (typeof RIGHTS)[number];

const READING: readonly Right[] = [
  'proposals.read',
  'statistics.read',
  'exports.make',
  'plans.read',
  'announcements.read',
];
const WORKING: readonly Right[] = [
  ...READING,
  'proposals.tag',
  'proposals.merge',
  'proposals.transcribe',
  'proposals.enter',
  'meetings.record',
  'plans.edit',
  'announcements.prepare',
  'staff.list',
];
const ANSWERING: readonly Right[] = [
  ...WORKING,
  'proposals.ask',
  'proposals.answer',
  'proposals.decide',
  'proposals.hide',
  'proposals.import',
  'senders.block',
  'answers.edit',
  'exports.names',
  'plans.approve',
  'announcements.release',
  'hearings.manage',
  'groups.link',
];

/** Names and numbers of residents are for *admin* and *officer* alone, as the consent says. */
const RIGHTS_OF: Readonly<Record<Role, ReadonlySet<Right>>> = {
  admin: new Set([...ANSWERING, 'staff.manage']),
  officer: new Set(ANSWERING),
  'working-group': new Set(WORKING),
  deputy: new Set(READING),
};

export function hasRight(role: Role, right: Right): boolean {
  return RIGHTS_OF[role].has(right);
}
