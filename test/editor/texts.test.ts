import assert from 'node:assert/strict';
import { hoverLines } from '../../src/editor/documents/hoverText.ts';
import { explanation, ledgerSections, STATE_ORDER, stateTitle } from '../../src/editor/status/ledgerText.ts';
import { activityText, statusLook, timeLeftText } from '../../src/editor/status/statusText.ts';
import type { EngineStatus } from '../../src/domain/engineStatus.ts';
import type { LedgerEntry } from '../../src/domain/ledger.ts';
import { contribution, hit } from './hits.ts';
import { sayIn } from '../../src/wording/language.ts';
import { downloadJob, korean, number, status } from './wording.ts';

const ledgerKorean = { t: korean, say: sayIn('ko'), number };

describe('status bar', () => {
  const text = (fields: Partial<EngineStatus>): string =>
    statusLook(status(fields), { state: 'ready' }, korean, number).text;

  it('counts while indexing, and the documents when done', () => {
    assert.equal(text({ activity: 'indexing', done: 423, total: 501 }), '말모이 색인 중 423/501');
    const { name, revision, license } = { name: 'm', revision: 'r', license: 'MIT' };
    const model = { name, revision, license, dimensions: 3, fingerprint: 'f' };
    assert.equal(
      text({ activity: 'indexing', done: 1830, read: 42_000, total: 42_000, model }),
      '말모이 글자 42,000/42,000 · 뜻 1,830/42,000',
    );
    assert.equal(text({ activity: 'paused', done: 423, total: 501 }), '말모이 일시 정지 423/501');
    assert.equal(text({ documents: 1204 }), '말모이 1,204 문서');
  });

  it('shows a change of models before the indexing it is, and a job only when nothing else goes on', () => {
    const switching = { name: 'b', done: 370, total: 1000, secondsLeft: 240 };
    const job = downloadJob({ done: 151e6, total: 302e6 });
    assert.equal(text({ activity: 'indexing', switching }), '말모이 모델 바꾸는 중 37%');
    assert.equal(text({ activity: 'idle', switching }), '말모이 모델 바꾸는 중 37%');
    assert.equal(text({ activity: 'paused', done: 1, total: 2, switching }), '말모이 일시 정지 1/2');
    const warned = statusLook(status({ switching, problem: '고침' }), { state: 'ready' }, korean, number);
    assert.deepEqual([warned.text, warned.severity], ['말모이 모델 바꾸는 중 37%', 'warning']);
    assert.equal(text({ job }), '말모이 모델 내려받는 중 50%');
    assert.equal(text({ activity: 'indexing', done: 1, total: 2, job }), '말모이 색인 중 1/2');
  });

  it('warns of a problem, and tells a stopped engine from all others', () => {
    const repaired = statusLook(status({ problem: '고침' }), { state: 'ready' }, korean, number);
    assert.equal(repaired.severity, 'warning');
    const stopped = statusLook(null, { state: 'failed', message: '' }, korean, number);
    assert.deepEqual([stopped.text, stopped.severity], ['말모이 엔진이 멈춤', 'error']);
  });

  it('says how long it will take as a person would', () => {
    const left = (secondsLeft: number | null): string | null =>
      timeLeftText(status({ activity: 'indexing', secondsLeft }), korean);
    assert.equal(left(null), null);
    assert.equal(left(20), '1분 안에 끝남');
    assert.equal(left(400), '약 7분 남음');
    assert.equal(left(9000), '약 3시간 남음');
    assert.equal(activityText(status({ activity: 'scanning' }), korean, number), '문서를 살펴보는 중 …');
  });
});

describe('hover', () => {
  const words = [{ text: '연차는', range: { start: 0, end: 3 } }];

  it('names the word, the model’s word for it, how it matched and its share', () => {
    const literal = contribution({ token: '연차는', value: 3.31 });
    const expansion = contribution({ token: '휴가', kind: 'queryExpansion', channel: 'semantic', value: 1 });
    const found = hit({ score: 9.42, contributions: [literal, expansion] });
    assert.deepEqual(hoverLines([literal, expansion], found, words, korean), [
      { word: '연차는', token: null, kind: '글자 그대로', share: '점수의 35% (9.42 가운데 3.31)' },
      { word: '연차는', token: '휴가', kind: '질의에서 넓힌 말', share: '점수의 11% (9.42 가운데 1.00)' },
    ]);
  });

  it('adds up what both channels found', () => {
    const both = [contribution({ value: 1 }), contribution({ channel: 'semantic', value: 2 })];
    const [line, ...others] = hoverLines(both, hit({ score: 6 }), words, korean);
    assert.equal(others.length, 0);
    assert.match(line?.share ?? '', /50%/);
  });
});

describe('index report', () => {
  const entry = (fields: Partial<LedgerEntry>): LedgerEntry => ({
    folder: '/notes',
    path: 'a.md',
    state: 'indexed',
    reason: null,
    detail: null,
    passages: 0,
    ...fields,
  });

  it('puts failed files first and sorts by path', () => {
    const sections = ledgerSections([
      entry({ path: 'b.md' }),
      entry({ path: 'a.md' }),
      entry({ path: 'c.md', state: 'skipped', reason: 'binary' }),
      entry({ path: 'd.md', state: 'failed', reason: 'noPermission' }),
    ]);
    assert.deepEqual(
      sections.map(section => [section.state, section.entries.map(each => each.path).join(' ')]),
      [
        ['failed', 'd.md'],
        ['skipped', 'c.md'],
        ['indexed', 'a.md b.md'],
      ],
    );
  });

  it('gives every file its reason in words', () => {
    const reasons = ['tooLarge', 'binary', 'empty', 'badEncoding', 'ignored', 'timeout'] as const;
    for (const reason of reasons) {
      assert.match(explanation(entry({ state: 'skipped', reason }), ledgerKorean), /^[가-힣 ]+$/);
    }
    assert.equal(explanation(entry({ passages: 1234 }), ledgerKorean), '문단 1,234개');
    assert.match(explanation(entry({ passages: 1, reason: 'empty' }), ledgerKorean), /^비어 있음 · 이름으로/);
    assert.match(explanation(entry({ passages: 1, reason: 'noText' }), ledgerKorean), /이름으로/);
    const broken = entry({ passages: 3, reason: 'partlyUnreadable', detail: '1200' });
    assert.match(explanation(broken, ledgerKorean), /3개.*1,200군데/);
    const cut = entry({ passages: 3, reason: 'partlyUnreadable', detail: 'cut off' });
    assert.equal(explanation(cut, ledgerKorean), '문단 3개 · 일부를 읽지 못함');
  });

  it('says how large, how many pages and which share, and no technical details', () => {
    const said = (fields: Partial<LedgerEntry>): string =>
      explanation(entry({ state: 'skipped', ...fields }), ledgerKorean);
    assert.equal(said({ reason: 'tooLarge', detail: '524288000' }), '너무 큼 · 524 MB');
    assert.match(said({ reason: 'needsOcr', detail: '3' }), /^OCR 필요.* · 3쪽$/u);
    assert.match(said({ reason: 'unreadableFonts', detail: '70 %' }), / · 글자의 70%$/u);
    assert.match(said({ reason: 'tooManyPassages', detail: '21000' }), / · 문단 21,000개$/u);
    const partly = { state: 'indexed', passages: 3, reason: 'needsOcr', detail: '2/6' } as const;
    assert.match(said(partly), /^문단 3개 · OCR 필요.* · 6쪽 가운데 2쪽$/u);
    for (const reason of ['unpacksTooLarge', 'damaged', 'timeout'] as const)
      assert.ok(!said({ reason, detail: 'a part' }).includes('part'));
  });

  it('says states as titles in both languages', () => {
    const english = { ...ledgerKorean, say: sayIn('en') };
    assert.deepEqual(
      STATE_ORDER.map(state => stateTitle(state, english)),
      ['Failed', 'Excluded', 'Waiting', 'Indexed'],
    );
    assert.equal(stateTitle('failed', ledgerKorean), '실패');
  });
});
