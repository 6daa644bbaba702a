import assert from 'node:assert/strict';
import { hubIdOf, mirrorOf, shownHost } from '../../../src/editor/models/hubAddress.ts';
import { jobText, switchText } from '../../../src/editor/models/modelJobText.ts';
import { jobShare } from '../../../src/editor/models/modelProgress.ts';
import type { ModelRow, ModelState } from '../../../src/editor/models/modelRows.ts';
import { downloadRows, modelRows, removableRows } from '../../../src/editor/models/modelRows.ts';
import {
  bytesText,
  downloadDetail,
  isNonCommercial,
  languagesText,
  licenseText,
  useDetail,
} from '../../../src/editor/models/modelText.ts';
import type { HubModel, KnownModelEntry, ModelEntry } from '../../../src/domain/models.ts';
import type { ModelInfo } from '../../../src/domain/engineStatus.ts';
import { downloadJob, status, wording } from '../wording.ts';

const entry = (fields: Partial<ModelEntry>): ModelEntry => ({
  name: 'malmoi-ko-mini',
  revision: '0',
  license: 'MIT (weights derive from another model); training text: see README.md',
  languages: ['ko', 'en'],
  bytes: 45_555_308,
  quantisation: 'uint8 weights per channel, dequantised at load',
  embedded: false,
  selected: false,
  indexed: false,
  ...fields,
});

const embedded = entry({ embedded: true, selected: true, indexed: true });
const pixie = entry({
  name: 'PIXIE-Splade-Preview',
  license: 'Apache-2.0',
  languages: ['ko'],
  bytes: 160e6,
  quantisation: 'u8',
});

const known = (fields: Partial<KnownModelEntry>): KnownModelEntry => ({
  id: 'telepix/PIXIE-Splade-Preview',
  license: 'Apache-2.0',
  bytes: 302e6,
  languages: ['ko'],
  maxTokens: 8192,
  note: '한국어 전용.',
  installed: false,
  ...fields,
});

const info = (name: string): ModelInfo => ({
  name,
  revision: '0',
  license: 'MIT',
  dimensions: 1,
  fingerprint: name,
});

const state = (fields: Partial<ModelState>): ModelState => ({
  list: { models: [embedded, pixie], known: [known({ installed: true }), known({ id: 'a/b' })] },
  status: status({ documents: 1204, model: info(embedded.name) }),
  modelPath: null,
  ...fields,
});

const withoutSections = (rows: readonly ModelRow[]): readonly Exclude<ModelRow, { is: 'section' }>[] =>
  rows.filter(row => row.is !== 'section');
const row = (rows: readonly ModelRow[], label: string): Exclude<ModelRow, { is: 'section' }> => {
  const found = withoutSections(rows).find(each => each.label === label);
  assert.ok(found !== undefined, label);
  return found;
};

describe('model rows', () => {
  it('lists what is installed, what can be downloaded and the other ways, in that order', () => {
    const rows = modelRows(state({}), wording);
    assert.deepEqual(
      rows.map(each => (each.is === 'section' ? `# ${each.label}` : each.label)),
      [
        '# 설치된 모델',
        'malmoi-ko-mini',
        'PIXIE-Splade-Preview',
        '# 내려받을 수 있는 모델',
        'b',
        '# 그 밖에',
        '파일이나 폴더에서 가져오기 …',
        '다른 모델 내려받기 …',
        '모델 지우기 …',
      ],
    );
  });

  it('checks the model that answers, and says what choosing another would cost', () => {
    const rows = modelRows(state({}), wording);
    const [mini, other] = [row(rows, embedded.name), row(rows, pixie.name)];
    assert.deepEqual(
      [mini.icon, mini.description, mini.detail],
      ['check', '한국어, 영어 · 46 MB · 8비트 · MIT', '쓰고 있음 · 말모이에 들어 있음'],
    );
    assert.deepEqual(
      [other.icon, other.description, other.detail],
      [
        'circle-large-outline',
        '한국어 · 160 MB · 8비트 · Apache-2.0',
        '고르면 문서 1,204개를 다시 색인합니다',
      ],
    );
    const indexed = state({ list: { models: [embedded, { ...pixie, indexed: true }], known: [] } });
    assert.equal(row(modelRows(indexed, wording), pixie.name).detail, '색인이 있어 바로 바뀝니다');
  });

  it('takes the selected model for the one in use where the engine names none of them', () => {
    const rows = modelRows(state({ status: status({ model: info('renamed') }) }), wording);
    assert.equal(row(rows, embedded.name).icon, 'check');
    assert.equal(row(modelRows(state({ status: null }), wording), embedded.name).icon, 'check');
  });

  it('shows a change under way on its row, the old model checked, and offers to stop it', () => {
    const switching = { name: pixie.name, done: 37, total: 100, secondsLeft: 240 };
    const rows = modelRows(state({ status: status({ model: info(embedded.name), switching }) }), wording);
    assert.equal(row(rows, embedded.name).icon, 'check');
    assert.equal(row(rows, pixie.name).icon, 'sync~spin');
    assert.match(row(rows, '모델 바꾸기 그만두기').detail ?? '', /37%, 약 4분 남음$/);
  });

  it('puts a running job and a setting that makes the choice void on top', () => {
    const busy = state({ modelPath: '/m', status: status({ job: downloadJob({ done: 1, total: 4 }) }) });
    const [section, path, job] = modelRows(busy, wording);
    assert.equal(section?.label, '지금');
    assert.deepEqual(
      [path, job].map(each => each?.is === 'action' && each.action),
      ['openModelPath', 'showJob'],
    );
  });

  it('does not offer to download what is being downloaded', () => {
    const busy = state({ status: status({ job: downloadJob({ name: 'a/b' }) }) });
    assert.equal(downloadRows(busy, wording).filter(each => each.is === 'known').length, 0);
  });

  it('offers a way on when every known model is installed or none is known', () => {
    const rows = modelRows(state({ list: { models: [embedded], known: [] } }), wording);
    assert.deepEqual(
      withoutSections(rows).map(each => each.is),
      ['installed', 'action', 'action'],
    );
    assert.deepEqual(
      withoutSections(downloadRows(state({ list: { models: [], known: [] } }), wording)).map(each => each.is),
      ['action'],
    );
  });

  it('removes neither the embedded model nor the one chosen or in use', () => {
    const names = (fields: Partial<ModelState>): readonly string[] =>
      withoutSections(removableRows(state(fields), wording)).map(each => each.label);
    assert.deepEqual(names({}), [pixie.name]);
    assert.deepEqual(names({ status: status({ model: info(pixie.name) }) }), []);
    assert.deepEqual(names({ list: { models: [{ ...pixie, selected: true }], known: [] } }), []);
  });

  it('takes no icon and no line break from a name or a note', () => {
    const hostile = state({
      list: {
        models: [entry({ name: 'a$(flame)\nb', license: 'MIT $(flame)' })],
        known: [known({ id: 'x/y', note: '$(flame)\n한국어' })],
      },
    });
    for (const each of withoutSections(modelRows(hostile, wording)))
      for (const text of [each.label, each.description ?? '', each.detail ?? ''])
        assert.doesNotMatch(text, /(?<!\\)\$\(flame|\n/);
  });
});

describe('model texts', () => {
  it('counts bytes as download pages do', () => {
    assert.deepEqual(
      [0, 1_234_567, 302_000_000, 1_249_000_000].map(bytes => bytesText(bytes, wording)),
      ['0 MB', '1.3 MB', '302 MB', '1.2 GB'],
    );
  });

  it('names few languages and counts many', () => {
    assert.equal(languagesText(['ko', 'en'], wording), '한국어, 영어');
    assert.equal(languagesText(['ko', 'en', 'ja', 'zh'], wording), '4개 언어');
    assert.equal(languagesText([], wording), null);
  });

  it('knows licences that forbid business', () => {
    for (const license of ['CC-BY-NC-SA-4.0', 'cc-by-nc-4.0', 'Non-Commercial', 'noncommercial'])
      assert.ok(isNonCommercial(license), license);
    for (const license of ['Apache-2.0', 'MIT', 'CC-BY-SA-4.0', 'NCSA', ''])
      assert.ok(!isNonCommercial(license), license);
    assert.equal(licenseText('', wording), '사용 조건 모름');
    assert.equal(licenseText('unknown', wording), '사용 조건 모름');
    assert.equal(licenseText('?', wording), '사용 조건 모름');
  });

  const model: HubModel = {
    id: 'naver/splade-v3',
    commit: '0'.repeat(40),
    license: 'CC-BY-NC-SA-4.0',
    bytes: 439e6,
    base: 'http://user:secret@mirror.example.com/hf/',
  };

  it('tells size, licence, source and disk space before a download, with what to beware of', () => {
    const detail = downloadDetail(model, wording);
    for (const part of ['naver/splade-v3', '439 MB', 'CC-BY-NC-SA-4.0', 'mirror.example.com/hf', '약 945 MB'])
      assert.ok(detail.includes(part), part);
    assert.match(detail, /상업적 이용을 허용하지 않습니다/);
    assert.match(detail, /암호화되지 않은/);
    assert.doesNotMatch(detail, /secret|\(\?\)/);
    const harmless = downloadDetail(
      { ...model, license: 'Apache-2.0', base: 'https://huggingface.co' },
      wording,
    );
    assert.doesNotMatch(harmless, /상업적|암호화|적혀 있지/);
  });

  it('says what a change costs', () => {
    assert.match(useDetail(1204, wording), /^문서 1,204개를 뒤에서 다시 색인합니다.*지금 모델이 계속 답하고/);
  });
});

describe('model progress', () => {
  it('never goes back from step to step, and ends at the whole', () => {
    for (const [kind, steps] of [
      ['download', ['download', 'copy', 'fidelity', 'weights', 'checksums']],
      ['import', ['unpack', 'copy', 'fidelity', 'weights', 'checksums']],
    ] as const) {
      const shares = steps.flatMap(step =>
        [0, 1, 2].map(done => jobShare(downloadJob({ kind, step, done, total: 2 }))),
      );
      assert.deepEqual(
        shares,
        [...shares].sort((a, b) => a - b),
      );
      assert.deepEqual([shares[0], shares.at(-1)], [0, 1]);
    }
  });

  it('stands a step of unknown or exceeded length', () => {
    assert.equal(jobShare(downloadJob({ done: 5, total: 0 })), 0);
    assert.equal(jobShare(downloadJob({ done: 5, total: 1 })), 0.7);
  });

  it('says step, amount, speed and time left, and only what is known', () => {
    const running = downloadJob({ done: 112e6, total: 302e6, bytesPerSecond: 4.21e6, secondsLeft: 130 });
    assert.equal(jobText(running, wording), '내려받는 중 37% · 302 MB 중 112 MB · 초당 4.2 MB · 약 2분 남음');
    assert.equal(jobText(downloadJob({}), wording), '내려받는 중 0%');
    assert.equal(jobText(downloadJob({ step: 'weights', done: 1, total: 4 }), wording), '변환 중 25%');
    assert.equal(
      switchText({ name: 'PIXIE', done: 1, total: 4, secondsLeft: null }, wording),
      'PIXIE 모델로 바꾸는 중 25%',
    );
  });
});

describe('addresses of the hub', () => {
  it('takes a name or the address of its page', () => {
    const id = 'telepix/PIXIE-Splade-Preview';
    for (const written of [
      id,
      ` ${id} `,
      `https://huggingface.co/${id}`,
      `huggingface.co/${id}/tree/main?x#y`,
    ])
      assert.equal(hubIdOf(written), id, written);
    for (const written of ['', 'PIXIE', 'a/b/c', '../x', 'a/..', 'https://example.com/a/b', 'a b/c'])
      assert.equal(hubIdOf(written), null, written);
  });

  it('takes web addresses as a mirror, nothing for the hub, and refuses the rest', () => {
    for (const empty of ['', '  ', null, undefined]) assert.equal(mirrorOf(empty), null);
    assert.equal(mirrorOf(' https://mirror.example.com/hf/ '), 'https://mirror.example.com/hf');
    for (const wrong of [
      'mirror.example.com',
      'ftp://a',
      'file:///a',
      'https://',
      'https://a/?b',
      'https://a/#b',
      7,
    ])
      assert.equal(mirrorOf(wrong), undefined, String(wrong));
  });

  it('shows no password', () => {
    assert.equal(shownHost('https://user:secret@a.example:8443/x/'), 'a.example:8443/x');
  });
});
