import type { TextKey } from '../core/texts.ts';
import type { OfficeCommand } from '../core/words.ts';
import type { Flow, Saved } from '../dialog/types.ts';
import { hasRight, type Right, type Role } from '../staff/rights.ts';
import { ELSEWHERE, type Elsewhere, isElsewhere, type Kit, type Opened, orProposal, textsOf } from './kit.ts';

/** What the menu is shown with: a greeting, thanks, or because nothing was understood. */
export type MenuReason =
  | 'menu'
  | 'hello'
  | 'thanks-reply'
  | 'not-understood'
  | 'not-readable'
  | 'not-own-contact'
  | 'old-button-menu'
  | 'help';

const CHOICES = ['propose', 'my', 'hearings', 'language', 'village', 'mydata', 'stop'] as const;
const LABELS: Readonly<Record<(typeof CHOICES)[number], TextKey & `btn-${string}`>> = {
  propose: 'btn-write-proposal',
  my: 'btn-my',
  hearings: 'btn-hearings',
  language: 'btn-language',
  village: 'btn-village',
  mydata: 'btn-mydata',
  stop: 'btn-stop',
};

/** What staff may begin, and the right it takes, in the menu's order; the names are those of the conversations. */
const OFFICE: readonly (readonly [OfficeCommand, Right])[] = [
  ['inbox', 'proposals.read'],
  ['register', 'proposals.enter'],
  ['meeting', 'meetings.record'],
  ['plan', 'plans.read'],
  ['announce', 'announcements.read'],
  ['export', 'exports.make'],
  ['stats', 'statistics.read'],
  ['link', 'groups.link'],
  ['staff', 'staff.list'],
];

/** For whatever was not understood, and for whoever asks what the bot can do. */
export const menu: Flow<Kit, { readonly why: MenuReason }> = {
  name: 'menu',
  version: 3,
  async run(d, kit, { why }) {
    const t = textsOf(kit);
    const kept = await d.remember('kept', () => kit.memory.suspended !== undefined);
    const roles = await d.remember('roles', () => kit.staff.map(({ role }) => role));
    if (why === 'help') await d.say([t('help'), t('help-words'), ...wordsFor(roles, t)].join('\n\n'));
    const able = OFFICE.filter(([, right]) => roles.some((role) => hasRight(role, right)));
    const office = able.map(([command]) => command);
    const options = [
      ...office.map((id) => ({ id: `office-${id}`, label: t(`btn-office-${id}`) })),
      ...CHOICES.map((id) => ({ id, label: label(t, LABELS[id]) })),
      ...(kept ? [{ id: 'continue', label: t('btn-continue'), pinned: true }] : []),
    ];
    const prompt = kept && (why === 'menu' || why === 'help') ? t('menu-kept') : t(why === 'help' ? 'menu' : why);
    // a menu is no question: whatever else is said is read as if it were not there
    const chosen = await d.choose<Elsewhere>('menu', prompt, options, {
      other: () => ({ value: ELSEWHERE }),
      misunderstood: t('not-readable'),
    });
    if (isElsewhere(chosen)) return kit.next({ again: true });
    // what was left goes on by itself once nothing else is open
    if (chosen === 'continue' || (chosen === 'propose' && kit.memory.suspended?.flow === 'propose')) return;
    const begun = office.find((id) => chosen === `office-${id}`);
    if (begun !== undefined) kit.next({ start: begun, args: { about: '' } satisfies Opened });
    else if (chosen === 'propose') kit.next({ start: 'propose', args: { opened: false } });
    else if (chosen === 'stop') kit.next({ start: 'stop', args: { sure: false } });
    else if (chosen === 'hearings') kit.next({ start: 'hearings', args: { about: '' } satisfies Opened });
    else kit.next({ start: chosen });
  },
};

/** What somebody of the staff writes to begin to work, of each role once. */
function wordsFor(roles: readonly Role[], t: ReturnType<typeof textsOf>): string[] {
  return [...new Set(roles)].map((role) => t(`staff-can-${role}`));
}

function label(t: ReturnType<typeof textsOf>, key: TextKey): string {
  // all of LABELS are texts without variables
  return (t as (key: TextKey) => string)(key);
}

/** What is said of a conversation of the office that was left. */
const UNFINISHED: Readonly<Record<string, 'meeting-unfinished' | 'announce-unfinished'>> = {
  meeting: 'meeting-unfinished',
  announce: 'announce-unfinished',
};

/** After days of silence: the draft is kept, the person decides. */
export const expired: Flow<Kit, { readonly saved: Saved }> = {
  name: 'expired',
  version: 1,
  async run(d, kit, { saved }) {
    const t = textsOf(kit);
    const options = [
      { id: 'continue', label: t('btn-continue') },
      { id: 'over', label: t('btn-start-over') },
      { id: 'delete', label: t('btn-delete') },
    ];
    const prompt = t(UNFINISHED[saved.flow] ?? 'dialog-expired');
    const chosen = await d.choose('expired', prompt, options, orProposal);
    if (isElsewhere(chosen)) {
      kit.memory.suspended = saved;
      return kit.next({ again: true });
    }
    if (chosen === 'continue') return kit.next({ resume: saved });
    if (chosen === 'over')
      return kit.next({ start: saved.flow, args: saved.flow === 'propose' ? { opened: false } : saved.args });
    return d.say(t('draft-deleted'));
  },
};
