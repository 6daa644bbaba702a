/** The sample note whose name is written decomposed (NFD) in the copies; here it is composed. */
export const DECOMPOSED = '생활/독서-노트.md';
