import assert from 'node:assert/strict';
import type { LiveState, Question } from '../../../src/editor/searchBox/liveSearch.ts';
import { LiveSearch } from '../../../src/editor/searchBox/liveSearch.ts';
import { hitKey } from '../../../src/editor/searchBox/merge.ts';
import type { SearchOptions } from '../../../src/domain/engine.ts';
import type { Searched } from '../../../src/editor/searchBox/searcher.ts';
import { hit, hits, result } from '../hits.ts';

interface Asked {
  readonly question: Question;
  readonly options: SearchOptions;
  readonly answer: (searched: Searched) => void;
  readonly fail: (error: unknown) => void;
}

/** A search whose answers the test gives by hand, and everything that was shown. */
function setUp() {
  const asked: Asked[] = [];
  const shown: LiveState[] = [];
  const user = { active: null as string | null, now: 0 };
  const live = new LiveSearch({
    search: (question, options) =>
      new Promise((answer, fail) => asked.push({ question, options, answer, fail })),
    active: () => user.active,
    show: state => shown.push(state),
    debounce: 5,
    now: () => user.now,
  });
  const until = async (count: number): Promise<Asked> => {
    while (asked.length < count) await new Promise(resolve => setTimeout(resolve, 1));
    return asked[count - 1]!;
  };
  const ask = (query: string): void => live.ask({ query, channel: 'hybrid', limit: 10 });
  return { live, asked, shown, user, until, ask };
}

const searched = (query: string, ...ids: readonly string[]): Searched => ({
  query,
  channel: 'hybrid',
  result: result('final', hits(...ids)),
});

const order = (state: LiveState | undefined): string =>
  state?.state === 'hits' ? state.hits.map(each => each.id).join('') : `(${state?.state})`;

const settle = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 2));

describe('LiveSearch', () => {
  it('passes on what the user took back', async () => {
    const { live, until } = setUp();
    live.ask({
      query: 'ㅎㅇㄹ',
      channel: 'hybrid',
      limit: 10,
      withoutRewritings: ['initials ㅎㅇㄹ 회의록'],
    });
    const { question } = await until(1);
    assert.deepEqual(question.withoutRewritings, ['initials ㅎㅇㄹ 회의록']);
  });

  it('searches once for a word typed letter by letter', async () => {
    const { asked, ask, until } = setUp();
    for (const text of ['ㅇ', '여', '연', '연ㅊ', '연차', '연차 ']) ask(text);
    await until(1);
    await settle();
    assert.deepEqual(
      asked.map(each => each.question.query),
      ['연차'],
    );
  });

  it('cancels the search under way when the query changes, and never shows its answer', async () => {
    const { ask, until, shown } = setUp();
    ask('연차');
    const first = await until(1);
    ask('휴가');
    assert.equal(first.options.signal?.aborted, true);
    first.options.onLexical?.(result('lexical', hits('a')));
    first.answer(searched('연차', 'a'));
    const second = await until(2);
    second.answer(searched('휴가', 'b'));
    await settle();
    assert.deepEqual(shown.filter(each => each.state === 'hits').map(order), ['b']);
  });

  it('shows literal hits at once and replaces them unread', async () => {
    const { ask, until, shown, user } = setUp();
    ask('연차');
    const search = await until(1);
    search.options.onLexical?.(result('lexical', hits('a', 'b')));
    assert.equal(order(shown.at(-1)), 'ab');
    user.active = hitKey(hit({ id: 'a' }));
    user.now = 60;
    search.answer(searched('연차', 'x', 'b'));
    await settle();
    assert.equal(order(shown.at(-1)), 'xb');
  });

  it('keeps what the user stands on, and says which it is', async () => {
    const { ask, until, shown, user } = setUp();
    ask('연차');
    const search = await until(1);
    search.options.onLexical?.(result('lexical', hits('a', 'b')));
    user.active = hitKey(hit({ id: 'b' }));
    search.answer(searched('연차', 'x', 'b'));
    await settle();
    const last = shown.at(-1);
    assert.equal(order(last), 'abx');
    assert.equal(last?.state === 'hits' && last.anchor, user.active);
  });

  it('does not flash an empty list when nothing matches literally', async () => {
    const { ask, until, shown } = setUp();
    ask('연차');
    const search = await until(1);
    search.options.onLexical?.(result('lexical', []));
    assert.equal(shown.at(-1)?.state, 'searching');
    search.answer(searched('연차', 'x'));
    await settle();
    assert.equal(order(shown.at(-1)), 'x');
  });

  it('tells an empty box, an empty answer and a failure apart', async () => {
    const { ask, until, shown } = setUp();
    ask('  ');
    assert.equal(shown.at(-1)?.state, 'empty');
    ask('연차');
    (await until(1)).answer(searched('연차'));
    await settle();
    assert.equal(shown.at(-1)?.state, 'nothing');
    ask('휴가');
    (await until(2)).fail(new Error('boom'));
    await settle();
    assert.equal(shown.at(-1)?.state, 'failed');
  });

  it('says nothing of a search that failed because it was dropped', async () => {
    const { live, ask, until, shown } = setUp();
    ask('연차');
    const search = await until(1);
    live.dispose();
    search.fail(new DOMException('', 'AbortError'));
    await settle();
    assert.equal(shown.at(-1)?.state, 'searching');
  });
});
