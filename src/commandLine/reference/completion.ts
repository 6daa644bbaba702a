/** Completion scripts for shells, made of the tables of commands and options. Pure. */
import { COMMANDS } from './commands.ts';
import { OPTIONS, type OptionName, type OptionReference } from './options.ts';

export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type Shell = (typeof SHELLS)[number];

const SCRIPTS: Readonly<Record<Shell, () => string>> = {
  bash,
  // zsh reads bash's completions, with a line of its own before them.
  zsh: () => `autoload -Uz bashcompinit && bashcompinit\n${bash()}`,
  fish,
  powershell,
};

export function completionFor(shell: Shell): string {
  return SCRIPTS[shell]();
}

/** First words, and the second words of those that have some. */
function words(): { first: string[]; second: Map<string, string[]> } {
  const first = new Set<string>();
  const second = new Map<string, string[]>();
  for (const { name } of COMMANDS) {
    const [one = '', two] = name.split(' ');
    first.add(one);
    if (two !== undefined) second.set(one, [...(second.get(one) ?? []), two]);
  }
  return { first: [...first], second };
}

function optionsOf(options: readonly OptionName[]): string[] {
  return [...options, 'help' as const].map(option => (option.length === 1 ? `-${option}` : `--${option}`));
}

function reference(option: OptionName): OptionReference {
  return OPTIONS[option];
}

const NAMES = Object.keys(OPTIONS) as OptionName[];

function bash(): string {
  const { first, second } = words();
  const values = NAMES.flatMap(name => {
    const { values: listed, value, isPath } = reference(name);
    if (listed !== undefined)
      return [`    --${name}) COMPREPLY=($(compgen -W '${listed.join(' ')}' -- "$current")); return ;;`];
    if (isPath) return [`    --${name}) COMPREPLY=($(compgen -f -- "$current")); return ;;`];
    return value === undefined ? [] : [`    --${name}) return ;;`];
  });
  const actions = [...second].map(([command, own]) => `    ${command}) words='${own.join(' ')}' ;;`);
  const options = COMMANDS.map(
    ({ name, options: own }) => `    '${name}') words='${optionsOf(own).join(' ')}' ;;`,
  );
  return `# malmoi: completion for bash
_malmoi() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words=''
  local one="\${COMP_WORDS[1]}" two="\${COMP_WORDS[2]}"
  COMPREPLY=()
  case "$previous" in
${values.join('\n')}
  esac
  if [ "$COMP_CWORD" = 1 ]; then
    COMPREPLY=($(compgen -W '${[...first, '--help', '--version'].join(' ')}' -- "$current"))
    return
  fi
  if [ "$COMP_CWORD" = 2 ]; then
    case "$one" in
${actions.join('\n')}
    completion) words='${SHELLS.join(' ')}' ;;
    help) words='${first.join(' ')}' ;;
    esac
    if [ -n "$words" ]; then COMPREPLY=($(compgen -W "$words" -- "$current")); return; fi
  fi
  if [[ "$current" == -* ]]; then
    case "$one" in ${[...second.keys()].join('|')}) one="$one $two" ;; esac
    case "$one" in
${options.join('\n')}
    esac
    COMPREPLY=($(compgen -W "$words" -- "$current"))
    return
  fi
  COMPREPLY=($(compgen -f -- "$current"))
}
complete -o filenames -F _malmoi malmoi
`;
}

function fish(): string {
  const { second } = words();
  const lines = ['# malmoi: completion for fish'];
  for (const { name, korean, english, options } of COMMANDS) {
    const [one = '', two] = name.split(' ');
    const said = `${korean} / ${english}`.replaceAll("'", '');
    const seen =
      two === undefined
        ? `__fish_seen_subcommand_from ${one}`
        : `__fish_seen_subcommand_from ${one}; and __fish_seen_subcommand_from ${two}`;
    if (two === undefined) lines.push(`complete -c malmoi -n __fish_use_subcommand -a ${one} -d '${said}'`);
    else
      lines.push(
        `complete -c malmoi -n '__fish_seen_subcommand_from ${one}; and not __fish_seen_subcommand_from ${second.get(one)!.join(' ')}' -a ${two} -d '${said}'`,
      );
    for (const option of options) {
      const { short, value, values, korean: own } = reference(option);
      const names =
        option.length === 1 ? `-s ${option}` : `-l ${option}${short === undefined ? '' : ` -s ${short}`}`;
      const takes =
        values === undefined ? (value === undefined ? '' : ' -r') : ` -x -a '${values.join(' ')}'`;
      lines.push(`complete -c malmoi -n '${seen}' ${names}${takes} -d '${own.replaceAll("'", '')}'`);
    }
  }
  for (const one of second.keys()) lines.push(`complete -c malmoi -n __fish_use_subcommand -a ${one}`);
  lines.push(`complete -c malmoi -n '__fish_seen_subcommand_from completion' -a '${SHELLS.join(' ')}'`);
  return `${lines.join('\n')}\n`;
}

/** A list of texts in PowerShell. */
function list(names: readonly string[]): string {
  return `@(${names.map(name => `'${name}'`).join(', ')})`;
}

function powershell(): string {
  const { first, second } = words();
  const actions = [...second].map(([one, own]) => `    '${one}' = ${list(own)}`);
  const options = COMMANDS.map(({ name, options: own }) => `    '${name}' = ${list(optionsOf(own))}`);
  return `# malmoi: completion for PowerShell
Register-ArgumentCompleter -Native -CommandName malmoi -ScriptBlock {
  param($word, $ast, $position)
  $first = ${list(first)}
  $actions = @{
${actions.join('\n')}
    'completion' = ${list(SHELLS)}
  }
  $options = @{
${options.join('\n')}
  }
  $said = @($ast.CommandElements | ForEach-Object { $_.ToString() } | Select-Object -Skip 1)
  if ($word -ne '' -and $said.Count -gt 0) { $said = @($said | Select-Object -SkipLast 1) }
  if ($said.Count -eq 0) { $found = $first }
  elseif ($said.Count -eq 1 -and $actions.ContainsKey($said[0])) { $found = $actions[$said[0]] }
  else {
    $name = if ($options.ContainsKey("$($said[0]) $($said[1])")) { "$($said[0]) $($said[1])" } else { $said[0] }
    $found = if ($word.StartsWith('-')) { $options[$name] } else { @() }
  }
  $found | Where-Object { $_ -like "$word*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`;
}
