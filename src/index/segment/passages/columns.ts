/** The columns of a passage's row: five numbers of its place, then these. */
export const COLUMNS = 10;
export const [TRAIL, TRAIL_LENGTH, TEXT, BESIDE, ORIGIN] = [5, 6, 7, 8, 9];
export const ROW = 4 * COLUMNS;
export const HASH = 16;
