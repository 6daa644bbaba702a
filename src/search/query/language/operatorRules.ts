/**
 * Decides when a sign that could be an operator is text, because people write it in commands, numbers and
 * formulas.
 *
 * 1. `-` and `+` before a digit, or before a single letter, belong to the following text: `영하 -15`, `+82`,
 *   `npm i -g`.
 * 2. `-word` is an option where the text before it is a command: its first word is a well-known program, or
 *   it is all Latin and the word has three letters at most (`ls -al`).
 * 3. `^` is a weight only after a word of two letters or more: `x^2` and `2^10` are formulas.
 * 4. A quotation mark right after a digit is the sign for inches: `27" 모니터`.
 */

const NUMBER_OR_LETTER = /^(?:[.,]?\p{N}|[\p{Script=Latin}\p{Script=Greek}ㄱ-ㅣ](?![\p{L}\p{N}]))/u;

/** Whether a word after a sign begins with a digit, or is a single letter. */
export function isNumberOrLetter(word: string): boolean {
  return NUMBER_OR_LETTER.test(word);
}

/** Programs whose options people search for, in the search form. */
const PROGRAMS = new Set(
  (
    'adb ansible apk apt apt-get awk aws az bash brew bun cargo cat cd chmod chown cmake composer conda cp cron curl cut ' +
    'date dd deno df diff dig dir dnf docker docker-compose dotnet du echo env exec export ffmpeg find gcc gcloud gem gh ' +
    'git go gradle grep gzip head helm htop iptables java javac journalctl jq kill kubectl less ln ls lsof make man mkdir ' +
    'mongo mount mv mvn mysql mysqldump nano nc netstat nginx node npm npx nslookup openssl pandoc perl php ping pip ' +
    'pip3 pipx pnpm podman powershell ps psql pwd pytest python python3 rails rake redis-cli rm robocopy rsync ruby ' +
    'rustc scp screen sed sftp sh sort ssh ssh-keygen sudo svn systemctl tail tar tcpdump tee telnet terraform tmux ' +
    'touch tr tree tsc uname uniq unzip uv vi vim wc wget which xargs xcopy yarn yum zip zsh'
  ).split(' '),
);

/** Maximum length of an option of a program that is not in the list. */
const SHORT_OPTION = 3;

/** Whether `-word` after `before` (in the search form) is an option of a command. */
export function isInCommand(before: string, word: string): boolean {
  if (!/^\p{Script=Latin}/u.test(word)) return false;
  const words = before.trim().split(/\s+/u);
  // In `$ git commit -m`, the sign of the prompt is not part of the command.
  const first = words.find(each => !/^[$#>%]+$/u.test(each)) ?? '';
  if (PROGRAMS.has(first)) return true;
  return first !== '' && !/[^\x20-\x7e]/.test(before) && /^[a-z]+$/.test(word) && word.length <= SHORT_OPTION;
}

/** Whether a word before `^` can have a weight. */
export function isWeighable(word: string): boolean {
  return (word.match(/\p{L}/gu) ?? []).length >= 2 || /[가-힣一-鿿]/.test(word);
}

/** Whether the quotation mark at an offset follows a digit. */
export function isInchMark(text: string, at: number): boolean {
  return text[at] === '"' && /\d/.test(text[at - 1] ?? '');
}
