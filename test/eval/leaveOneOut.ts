/** Which of several settings to take, and what that is worth on a set that had no say in it. Pure. */

/** What a setting gave on each set, in the sets' order. */
export interface Trial<Setting> {
  readonly setting: Setting;
  readonly ndcg: readonly number[];
  /** On each set; of settings that are as good as each other the one with the least is taken. */
  readonly cost: readonly number[];
}

/** Differences of this size are worth less than what a lower cost saves. */
const TOLERANCE = 0.0005;

/** On these sets: the least cost of all settings that are within `TOLERANCE` of the best mean. */
export function choice<S>(trials: readonly Trial<S>[], sets: readonly number[]): Trial<S> {
  const mean = (values: readonly number[]): number =>
    sets.reduce((sum, set) => sum + values[set]!, 0) / sets.length;
  const best = Math.max(...trials.map(({ ndcg }) => mean(ndcg)));
  return trials
    .filter(({ ndcg }) => mean(ndcg) >= best - TOLERANCE)
    .reduce((least, trial) => (mean(trial.cost) < mean(least.cost) ? trial : least));
}

export interface LeftOut<Setting> {
  readonly set: number;
  readonly chosen: Setting;
  readonly before: number;
  readonly after: number;
}

/** Each set with what is chosen on the others; `before`: with the product's own setting. */
export function leaveOneOut<S>(trials: readonly Trial<S>[], own: Trial<S>, sets: number): LeftOut<S>[] {
  const all = Array.from({ length: sets }, (_, i) => i);
  return all.map(set => {
    const chosen = choice(
      trials,
      all.filter(other => other !== set),
    );
    return { set, chosen: chosen.setting, before: own.ndcg[set]!, after: chosen.ndcg[set]! };
  });
}

/** The lines that both searches for a setting end with. */
export function report<S>(
  names: readonly string[],
  trials: readonly Trial<S>[],
  own: Trial<S>,
  said: (setting: S) => string,
): void {
  if (names.length > 1)
    for (const { set, chosen, before, after } of leaveOneOut(trials, own, names.length))
      console.log(
        `${names[set]!}: ${said(chosen)} chosen on the others, ${before.toFixed(4)} -> ${after.toFixed(4)}`,
      );
  console.log(`all: ${said(choice(trials, [...names.keys()]).setting)}`);
}
