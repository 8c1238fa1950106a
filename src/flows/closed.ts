import type { Translate } from '../core/texts.ts';
import type { ProposalStatus } from '../proposals/rules.ts';

/** Why an author cannot change the words any more: it is worked on, or it is over, which is another thing to hear. */
export function editClosed(t: Translate, status: ProposalStatus): string {
  return status === 'in_review' ? t('edit-closed') : t('edit-over', { status: t(`status-${status}`) });
}
