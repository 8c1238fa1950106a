import type { Context } from '../../core/context.ts';
import type { Dialog } from '../../dialog/types.ts';
import { NoRightError, requireRight } from '../../staff/require-right.ts';
import { hasRight, type Right } from '../../staff/rights.ts';
import { asResident, asStaff, type Kit, textsOf } from '../kit.ts';

/** The right was there when the conversation began, and is not any more. */
export class LostRightError extends NoRightError {
  readonly staffId: number;
  readonly municipalityId: number;
  constructor({ staffId, municipalityId }: Office, right: Right) {
    super(`staff:${staffId}`, right, municipalityId);
    this.staffId = staffId;
    this.municipalityId = municipalityId;
  }
}

/** For whom somebody of the staff works in this conversation. */
export interface Office {
  readonly staffId: number;
  readonly municipalityId: number;
}

/**
 * Finds out for which municipality the person works here. Null: none of their roles has the right; they are told so,
 * and it is written down. Asked again with every message, so that a conversation ends once the right is gone; the verbs
 * ask for themselves. @throws {LostRightError} which ends the conversation
 */
export async function enterOffice(d: Dialog, kit: Kit, right: Right): Promise<Office | null> {
  const t = textsOf(kit);
  const offices = await d.remember('offices', () => {
    const able = kit.staff.filter(({ role }) => hasRight(role, right));
    return able.map(({ staffId, municipalityId }) => ({
      staffId,
      municipalityId,
      name: kit.places.municipality(municipalityId).names[kit.locale ?? 'ky'],
    }));
  });
  const enter = entranceOf(kit, right);
  const [first, second] = offices;
  if (first === undefined) {
    await d.effect('no-right', (ctx) => noteNoRight(kit, ctx, right));
    await d.say(t('no-right'));
    return null;
  }
  if (second === undefined) return enter(first);
  const options = offices.map(({ municipalityId, name }) => ({ id: String(municipalityId), label: name }));
  const chosen = await d.choose('office', t('ask-office'), options);
  return enter(offices.find(({ municipalityId }) => String(municipalityId) === chosen) ?? first);
}

/** Writes down that somebody tried what none of their roles has the right to. */
export async function noteNoRight(
  { staff, places, resident }: Pick<Kit, 'staff' | 'places' | 'resident'>,
  ctx: Context,
  right: Right,
): Promise<void> {
  const [member] = staff;
  const municipalityId = member?.municipalityId ?? places.municipalities[0]?.id;
  if (ctx.tx === undefined || municipalityId === undefined) return;
  const actor = member ? asStaff(ctx, member.staffId) : resident ? asResident(ctx, resident.id) : null;
  // a stranger has no number that an audit row could keep
  if (actor !== null) await requireRight(ctx.tx, actor, right, municipalityId).catch(expectNoRight);
}

/** Lets somebody into an office only while they have the right there. */
export function entranceOf(kit: Kit, right: Right): (office: Office) => Office {
  return ({ staffId, municipalityId }) => {
    const still = kit.staff.some((member) => member.staffId === staffId && hasRight(member.role, right));
    if (!still) throw new LostRightError({ staffId, municipalityId }, right);
    return { staffId, municipalityId };
  };
}

/** Writes down that somebody whose right has ended went on. */
export async function recordLostRight(ctx: Context, error: LostRightError): Promise<void> {
  if (ctx.tx === undefined) return;
  const { staffId, right, municipalityId } = error;
  await requireRight(ctx.tx, asStaff(ctx, staffId), right, municipalityId).catch(expectNoRight);
}

function expectNoRight(error: unknown): void {
  if (!(error instanceof NoRightError)) throw error;
}
