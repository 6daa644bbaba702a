/** A line of the report. Null: not measured, or not to be told for this engine. */
export interface IndexRow {
  readonly engine: string;
  readonly channel: string;
  readonly data: string;
  readonly passages: number;
  /** Share of the queries whose ten best are those of a float64 computation over all passages. */
  readonly exact: number | null;
  /** Each query asked again at once, until its time is known. */
  readonly p50_ms: number | null;
  readonly p99_ms: number | null;
  /** Each query for the first time in the process; the first of them with whatever starts then. */
  readonly first_ms: number | null;
  readonly cold_p50_ms: number | null;
  readonly floor_ms: number | null;
  /** Median over the queries of the engine's time by the floor's, taken turn by turn. */
  readonly by_floor: number | null;
  readonly bytes_per_passage: number | null;
  readonly resident_mb: number | null;
  readonly open_ms: number | null;
  readonly build_s: number | null;
  readonly update_ms: number | null;
  readonly note: string;
}

export const EMPTY_ROW: IndexRow = {
  engine: '',
  channel: '',
  data: '',
  passages: 0,
  exact: null,
  p50_ms: null,
  p99_ms: null,
  first_ms: null,
  cold_p50_ms: null,
  floor_ms: null,
  by_floor: null,
  bytes_per_passage: null,
  resident_mb: null,
  open_ms: null,
  build_s: null,
  update_ms: null,
  note: '',
};
