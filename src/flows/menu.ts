import type { TextKey } from '../core/texts.ts';
import type { Flow, Saved } from '../dialog/types.ts';
import { ELSEWHERE, type Elsewhere, isElsewhere, type Kit, orProposal, textsOf } from './kit.ts';

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

const CHOICES = ['propose', 'my', 'language', 'village', 'mydata', 'stop'] as const;
const LABELS: Readonly<Record<(typeof CHOICES)[number], TextKey & `btn-${string}`>> = {
  propose: 'btn-write-proposal',
  my: 'btn-my',
  language: 'btn-language',
  village: 'btn-village',
  mydata: 'btn-mydata',
  stop: 'btn-stop',
};

/** For whatever was not understood, and for whoever asks what the bot can do. */
export const menu: Flow<Kit, { readonly why: MenuReason }> = {
  name: 'menu',
  version: 1,
  async run(d, kit, { why }) {
    const t = textsOf(kit);
    if (why === 'help') await d.say(`${t('help')}\n\n${t('help-words')}`);
    const options = CHOICES.map((id) => ({ id, label: label(t, LABELS[id]) }));
    // a menu is no question: whatever else is said is read as if it were not there
    const chosen = await d.choose<Elsewhere>('menu', t(why === 'help' ? 'menu' : why), options, {
      other: () => ({ value: ELSEWHERE }),
      misunderstood: t('not-readable'),
    });
    if (isElsewhere(chosen)) return kit.next({ again: true });
    if (chosen === 'propose') kit.next({ start: 'propose', args: { opened: false } });
    else if (chosen === 'stop') kit.next({ start: 'stop', args: { sure: false } });
    else kit.next({ start: chosen });
  },
};

function label(t: ReturnType<typeof textsOf>, key: TextKey): string {
  // all of LABELS are texts without variables
  return (t as (key: TextKey) => string)(key);
}

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
    const chosen = await d.choose('expired', t('dialog-expired'), options, orProposal);
    if (isElsewhere(chosen)) {
      kit.memory.suspended = saved;
      return kit.next({ again: true });
    }
    if (chosen === 'continue') return kit.next({ resume: saved });
    if (chosen === 'over') return kit.next({ start: 'propose', args: { opened: false } });
    return d.say(t('draft-deleted'));
  },
};
