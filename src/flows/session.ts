import type { Context } from '../core/context.ts';
import type { Text } from '../core/text.ts';
import type { Translate } from '../core/texts.ts';
import { deedsOf } from '../dialog/journal.ts';
import { turn } from '../dialog/turn.ts';
import type { DialogWords, Flow, Input, Saved, TurnResult } from '../dialog/types.ts';
import type { OutboundContent } from '../messaging/contract.ts';
import { isAmongOthers } from '../messaging/dialog-key.ts';
import { NoRightError } from '../staff/require-right.ts';
import { answerQuestion } from './answer-question.ts';
import { complete } from './complete.ts';
import { hearing } from './hearing.ts';
import { hearings } from './hearings.ts';
import { join } from './join.ts';
import { type Kit, type Next, textsOf } from './kit.ts';
import { link } from './link.ts';
import { expired, menu } from './menu.ts';
import { myProposals } from './my-proposals.ts';
import { announce } from './office/announce.ts';
import { notices } from './office/announce-templates.ts';
import { answers } from './office/answer-templates.ts';
import { enterPaper } from './office/enter-paper.ts';
import { exportFlow } from './office/export.ts';
import { hearingDesk } from './office/hearing-desk.ts';
import { inbox } from './office/inbox.ts';
import { meeting } from './office/meeting.ts';
import { LostRightError, recordLostRight } from './office/office.ts';
import { plan } from './office/plan.ts';
import { staff } from './office/staff.ts';
import { stats } from './office/stats.ts';
import { forget, myData } from './personal-data.ts';
import { propose } from './propose.ts';
import { asksDemographics } from './reading.ts';
import { receipt } from './receipt.ts';
import { start } from './register.ts';
import { language, stop, village } from './settings.ts';
import { toContent } from './to-content.ts';

/** All conversations, by the names that stand in saved dialogs. */
const flows: readonly Flow<Kit, unknown>[] = [
  start,
  propose,
  myProposals,
  language,
  village,
  stop,
  myData,
  forget,
  menu,
  expired,
  staff,
  stats,
  exportFlow,
  enterPaper,
  meeting,
  plan,
  inbox,
  answers,
  answerQuestion,
  complete,
  link,
  hearing,
  hearings,
  hearingDesk,
  join,
  announce,
  notices,
];
/** Conversations that a button in a notice may open; those of the office ask for the right themselves. */
const OPENABLE: ReadonlySet<string> = new Set(['inbox', 'plan', 'announce', 'hearing', 'hearings', 'complete']);

export function isOpenable(flow: string): boolean {
  return OPENABLE.has(flow);
}

const flowOf = new Map(flows.map((flow) => [flow.name, flow]));

/** More conversations than this in a row within one turn are a circle. */
const MOST_STEPS = 10;

/** What one turn of a person's conversation comes to, step by step. */
export class Session {
  saved: Saved | null;
  readonly replies: OutboundContent[] = [];
  /** The message is to be read again, with no conversation open. */
  again = false;
  readonly #ctx: Context;
  readonly #kit: Omit<Kit, 'next'>;
  readonly #newId: () => string;
  #steps = 0;

  constructor(o: {
    ctx: Context;
    kit: Omit<Kit, 'next'>;
    saved: Saved | null;
    newId: () => string;
  }) {
    this.#ctx = o.ctx;
    this.#kit = o.kit;
    this.saved = o.saved;
    this.#newId = o.newId;
  }

  /** The texts in the person's language. */
  get t(): Translate {
    return textsOf(this.#kit);
  }

  say(text: Text): void {
    this.replies.push({ text });
  }

  /** Starts a conversation; `input` answers its first question. What is open is dropped, or suspended before. */
  async start(name: string, o: { args?: unknown; input?: Input | null } = {}): Promise<void> {
    this.saved = null;
    await this.#step(name, o.input ?? null, { args: o.args });
  }

  /** Feeds a message into the open conversation. False: it had no use for it. */
  async feed(input: Input, edited = false): Promise<boolean> {
    return this.saved === null ? false : this.#step(this.saved.flow, input, { edited });
  }

  /** Shows the open question of a saved conversation again. */
  async resume(saved: Saved): Promise<void> {
    this.saved = saved;
    await this.#step(saved.flow, null, {});
  }

  /** After a conversation that was a mere excursion. */
  async resumeSuspended(): Promise<void> {
    const { suspended } = this.#kit.memory;
    if (suspended === undefined || this.saved !== null || this.again) return;
    delete this.#kit.memory.suspended;
    await this.resume(suspended);
  }

  async #step(name: string, input: Input | null, o: { args?: unknown; edited?: boolean }): Promise<boolean> {
    const flow = flowOf.get(name);
    if (flow === undefined) throw new Error(`no flow is called '${name}'`);
    if (++this.#steps > MOST_STEPS) throw new Error(`flow '${name}': the conversations start each other in a circle`);
    let next: Next | null = null;
    const kit: Kit = {
      ...this.#kit,
      next: (wanted) => {
        next = wanted;
      },
    };
    const words = dialogWords(kit, this.saved);
    const world = { kit, ctx: this.#ctx, words, newId: this.#newId, ...o };
    const result = await turn(flow, this.saved, input, world).catch((thrown: unknown) => this.#withoutRight(thrown));
    this.replies.push(...result.replies.map((output) => toContent(output, kit, name)));
    this.saved = result.saved;
    if (result.status !== 'waiting') {
      this.saved = null;
      await (result.status === 'left' ? this.#leave() : this.#follow(next));
    }
    return result.applied;
  }

  /** A right that ended, also in the middle of a conversation, ends it; nothing of the refused step is stored. */
  async #withoutRight(thrown: unknown): Promise<TurnResult> {
    if (!(thrown instanceof NoRightError)) throw thrown;
    if (thrown instanceof LostRightError) await recordLostRight(this.#ctx, thrown);
    return { saved: null, replies: [{ text: this.t('no-right') }], status: 'done', applied: true };
  }

  /** Who goes back from the first question comes to the menu, or to what waits behind it; a group has no menu. */
  async #leave(): Promise<void> {
    if (isAmongOthers(this.#kit.key)) return this.say(this.t('group-unchanged'));
    if (this.#kit.memory.suspended !== undefined) return;
    await (this.#kit.locale === null ? this.start('start') : this.start('menu', { args: { why: 'menu' } }));
  }

  async #follow(next: Next | null): Promise<void> {
    if (next === null) return;
    if ('again' in next) this.again = true;
    else if ('resume' in next) await this.resume(next.resume);
    else await this.start(next.start, { args: next.args, input: next.input ?? null });
  }
}

/** What a person is told who leaves one of these conversations in the middle. */
const CANCELED: Readonly<Record<string, 'forget-kept' | 'announce-left' | 'group-later'>> = {
  forget: 'forget-kept',
  announce: 'announce-left',
  complete: 'group-later',
};

/** The same of any other, where something may have been sent before. */
function canceledWords(kit: Kit, t: Translate, saved: Saved | null): string {
  if (saved === null) return t('canceled');
  const { flow, question } = saved;
  if (asksDemographics(question)) return t('thanks');
  const own = CANCELED[flow];
  if (own !== undefined) return t(own);
  const deeds = deedsOf(saved);
  const numbers = deeds.flatMap(({ name, gave }) => (name === 'submit' && typeof gave === 'string' ? [gave] : []));
  if (numbers.length > 0) return receipt(kit, t, numbers);
  return t(deeds.length > 0 ? 'stopped' : 'canceled');
}

function dialogWords(kit: Kit, saved: Saved | null): DialogWords {
  const t = textsOf(kit);
  return {
    notUnderstood: t('not-understood-question'),
    oldButton: t('old-button'),
    yes: t('btn-yes'),
    no: t('btn-no'),
    skip: t('btn-skip'),
    done: t('btn-done'),
    // few conversations end so, and it looks at all that was said
    get canceled() {
      return canceledWords(kit, t, saved);
    },
    formChanged: t('form-changed'),
    nothingBack: t('nothing-back'),
  };
}
