/**
 * Team servers, built as `dist/team.js`: the engine loads it when the first server is named, the command line for
 * `malmoi team` and `malmoi search` with one.
 */
export { runTeam } from './commandLine/team/team.ts';
export { Teams } from './team/teams.ts';
