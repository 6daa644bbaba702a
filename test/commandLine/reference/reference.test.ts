import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readArguments } from '../../../src/commandLine/arguments.ts';
import { COMMANDS, commandOf } from '../../../src/commandLine/reference/commands.ts';
import { completionFor, SHELLS } from '../../../src/commandLine/reference/completion.ts';
import { helpOf, helpOfAll } from '../../../src/commandLine/reference/help.ts';
import {
  OPTIONS,
  type OptionName,
  type OptionReference,
} from '../../../src/commandLine/reference/options.ts';
import { UsageError } from '../../../src/commandLine/usage.ts';

const SAMPLES: Readonly<Partial<Record<OptionName, string>>> = {
  k: '3',
  channel: 'lexical',
  kind: 'query',
  share: '0.5',
  quantisation: 's4',
  after: '2026-01-01',
  before: '2026-07-01',
  http: '0',
  shards: '2',
  replicas: '1',
};

describe('the reference of the command line', () => {
  for (const { name, least, options } of COMMANDS.filter(each => each.name !== 'help'))
    it(`tells the truth about ${name}: its operands and options are taken`, () => {
      const operands = Array.from({ length: least }, (_, i) => `operand${i}`);
      const words = name.split(' ');
      const given = options
        .filter(option => option !== 'no-follow-symlinks')
        .flatMap(option => {
          const flag = option.length === 1 ? `-${option}` : `--${option}`;
          const { value }: OptionReference = OPTIONS[option];
          return value === undefined ? [flag] : [flag, SAMPLES[option] ?? 'x'];
        });
      assert.equal(readArguments([...words, ...operands, ...given]).command, words[0]);
      if (least > 0)
        assert.throws(() => readArguments([...words, ...operands.slice(1), ...given]), UsageError);
    });

  it('has every command in the help, and every option of a command in its own', () => {
    const all = helpOfAll();
    for (const command of COMMANDS) {
      assert.ok(all.includes(`malmoi ${command.name}`), command.name);
      const own = helpOf(command);
      for (const option of command.options)
        assert.ok(own.includes(option.length === 1 ? `-${option}` : `--${option}`), option);
    }
  });

  it('knows commands of one word and of two', () => {
    assert.equal(commandOf(['search', 'DIR', 'model'])?.name, 'search');
    assert.equal(commandOf(['model', 'import', 'x'])?.name, 'model import');
    assert.equal(commandOf(['model'])?.name, undefined);
    assert.equal(commandOf(['constructor'])?.name, undefined);
  });
});

describe('completion', () => {
  const isThere = spawnSync('bash', ['--version']).status === 0;

  /** What bash would offer for the last of these words. */
  function offered(...words: readonly string[]): readonly string[] {
    const line = words.map(word => `'${word}'`).join(' ');
    const script = `${completionFor('bash')}
COMP_WORDS=(malmoi ${line}); COMP_CWORD=${words.length}; _malmoi; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script], { encoding: 'utf8' });
    assert.equal(stderr, '');
    return stdout.split('\n').filter(word => word !== '');
  }

  for (const [words, wanted] of [
    [['se'], ['search']],
    [['model', 'im'], ['import']],
    [['search', '.', '말', '--ch'], ['--channel']],
    [['search', '.', '말', '--channel', 's'], ['semantic']],
    [['model', 'import', 'x', '--q'], ['--quantisation']],
    [['completion', 'p'], ['powershell']],
    [['status', '--explain'], []],
  ] as const)
    it(`offers ${wanted.join(', ') || 'nothing'} for malmoi ${words.join(' ')}`, function () {
      if (!isThere) this.skip();
      assert.deepEqual(offered(...words), wanted);
    });

  for (const shell of SHELLS)
    it(`names every command for ${shell}`, () => {
      const script = completionFor(shell);
      for (const { name } of COMMANDS)
        for (const word of name.split(' ')) assert.ok(script.includes(word), `${shell}: ${word}`);
    });
});
