import { type Checkpoint, ReplayEngine } from "@grammyjs/conversations";
import { toError } from "../core/errors.ts";
import type { Text } from "../core/text.ts";
import type { Answer } from "./answer.ts";
import {
	type Entry,
	fromReplay,
	isKind,
	type Journal,
	toReplay,
} from "./journal.ts";
import { type Run, Session } from "./session.ts";
import type { Flow, Output, World } from "./types.ts";

/** One dialog of one flow, and what its turn is given. */
export interface Scene<Kit> {
	readonly flow: Flow<Kit, unknown>;
	readonly world: World<Kit>;
	readonly id: string;
	readonly args: unknown;
}

/** From where a flow is replayed, and what is fed into it. */
export interface Course {
	readonly journal: Journal;
	/** The answer of this turn's message. */
	readonly live?: {
		readonly answer: Answer;
		readonly reading: "message" | "amended";
		/** Whether the question that opens may take it; the one that is open in the journal takes it unasked. */
		readonly fits?: (key: string) => boolean;
	};
	/** Remembered values among `journal.left` that no longer hold once a question has to be asked anew. */
	readonly fragile?: ReadonlySet<Entry>;
	readonly keepSaysFrom: number;
}

export type Outcome =
	| {
			readonly type: "waiting";
			readonly journal: Journal;
			readonly outputs: readonly Output[];
			readonly timeoutMs: number | null;
			readonly liveTaken: boolean;
	  }
	| {
			readonly type: "done";
			readonly outputs: readonly Output[];
			readonly liveTaken: boolean;
	  }
	/** The live answer is none; `journal` is as before it. */
	| {
			readonly type: "refused";
			readonly reason: Text | null;
			readonly journal: Journal;
	  }
	| {
			readonly type: "back" | "cancel" | "old-button";
			readonly journal: Journal;
	  }
	/** The flow is not the one that the journal was written by. */
	| { readonly type: "stale" };

interface Feed {
	readonly kind: "live" | "fed";
	readonly index: number;
	readonly checkpoint: Checkpoint;
}

/**
 * Replays a flow until it waits for an answer that is not there, or ends. Answers, results and values that an older
 * form has left are fed by name as the flow comes to them. @throws what the flow, an effect or a remember throws
 */
export async function drive<Kit>(
	scene: Scene<Kit>,
	course: Course,
): Promise<Outcome> {
	const { journal, live, fragile } = course;
	const state = toReplay(journal.entries, journal.open);
	let left = [...journal.left];
	let keepSaysFrom = course.keepSaysFrom;
	let liveTaken = false;

	const feed = (kind: Feed["kind"], answer: unknown): Feed => {
		const index = state.receive.length;
		const checkpoint = ReplayEngine.supply(state, index, answer);
		if (kind === "live") {
			liveTaken = true;
			if (live?.reading === "message")
				keepSaysFrom = Math.min(keepSaysFrom, index + 1);
		}
		return { kind, index, checkpoint };
	};
	const take = (key: string) => {
		const at = left.findIndex((entry) => entry[0] === key);
		const [entry] = at < 0 ? [] : left.splice(at, 1);
		return entry === undefined ? null : { value: entry[1] };
	};
	const holdGap = () => {
		if (fragile !== undefined)
			left = left.filter((entry) => !fragile.has(entry));
	};
	const now = (open: string | null): Journal => ({
		...journal,
		entries: fromReplay(state),
		open,
		left,
	});

	let fed: Feed | null =
		live !== undefined && journal.open !== null
			? feed("live", live.answer)
			: null;
	for (;;) {
		const run: Run = {
			state,
			world: scene.world,
			dialogId: scene.id,
			generation: journal.generation,
			live: fed?.kind === "live" ? fed.index : -1,
			reading: live?.reading ?? "message",
			fed: fed?.kind === "fed" ? fed.index : -1,
			keepSaysFrom,
			takeLeft: take,
			hasLeft: (key) => left.some((entry) => entry[0] === key),
			outputs: [],
			open: null,
			verdict: null,
			failure: null,
		};
		const { flow, world, args } = scene;
		const result = await new ReplayEngine((controls) =>
			flow.run(new Session(controls, run), world.kit, args),
		).replay(state);
		if (run.failure !== null) throw run.failure;
		if (result.type === "thrown") throw toError(result.error);
		if (result.type === "returned")
			return { type: "done", outputs: run.outputs, liveTaken };
		if (result.type === "canceled") {
			const verdict = run.verdict;
			if (
				fed === null ||
				verdict === null ||
				verdict.type === "stale" ||
				verdict.type === "answered"
			)
				return { type: "stale" };
			ReplayEngine.reset(state, fed.checkpoint);
			const open = state.send.at(-1)?.payload ?? null;
			if (fed.kind === "live") {
				if (verdict.type === "refused")
					return {
						type: "refused",
						reason: verdict.reason,
						journal: now(open),
					};
				return { type: verdict.type, journal: now(open) };
			}
			fed = null;
			continue;
		}
		const { open } = run;
		if (open === null)
			throw new Error(
				`flow '${flow.name}' waits for something that is not a question`,
			);
		const kept = take(open.key);
		if (kept !== null) {
			fed = feed("fed", kept.value);
			continue;
		}
		holdGap();
		if (live !== undefined && !liveTaken && live.fits?.(open.key) !== false) {
			fed = feed("live", live.answer);
			continue;
		}
		return {
			type: "waiting",
			journal: now(open.key),
			outputs: run.outputs,
			timeoutMs: open.timeoutMs,
			liveTaken,
		};
	}
}

/** The remembered values after the last effect: what they were made of may be asked anew. */
export function fragileEntries(
	entries: readonly Entry[],
	from: number,
): ReadonlySet<Entry> {
	return new Set(entries.slice(from).filter((entry) => isKind(entry, "=")));
}
