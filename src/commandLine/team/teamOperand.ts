/** A source of a team in place of a folder: `team:NAME/SOURCE`. */
import { teamFolder } from '../../domain/team/team.ts';
import { isTeamName } from './teamServers.ts';

/** Reads an operand that is written like `teamFolder`; null for anything else, such as a path. */
export function teamOperand(text: string): string | null {
  const [, name = '', source = ''] = /^team:([^/]+)\/([^/]+)$/u.exec(text) ?? [];
  return isTeamName(name) && isTeamName(source) ? teamFolder(name, source) : null;
}
