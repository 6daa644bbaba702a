/** A folder of notes that somebody works on: what is in it is known, so that what is found can be held against it. */
import fs from 'node:fs';
import path from 'node:path';

export interface Note {
  /** As the index names it. */
  readonly name: string;
  /** Stands in this note alone. */
  readonly word: string;
  readonly text: string;
}

/** mulberry32: the same numbers for the same seed. */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const SENTENCES = [
  '연차는 사흘 전에 신청하고 부서장의 결재를 받는다.',
  '노드가 멈추면 다른 노드로 옮겨 서비스를 잇는다.',
  '예산은 분기마다 나누어 쓰고 남으면 돌려준다.',
  '전세 계약을 할 때는 등기부 등본을 먼저 본다.',
  '회의에서 정한 일은 담당자와 날짜를 함께 적는다.',
  '커피는 물의 온도에 따라 맛이 달라진다.',
];
const SYLLABLES = '가나다라마바사아자차카타파하고노도로모보소오조초코토포호구누두루무부수우주추쿠투푸후';
const BRANCH = 25;

export class Notebook {
  readonly #folder: string;
  readonly #random: () => number;
  readonly #notes = new Map<string, Note>();
  /** Words of texts that are no longer anywhere. */
  readonly gone: string[] = [];
  #next = 0;

  constructor(folder: string, random: () => number) {
    this.#folder = folder;
    this.#random = random;
    fs.mkdirSync(folder, { recursive: true });
  }

  get notes(): readonly Note[] {
    return [...this.#notes.values()];
  }

  get names(): readonly string[] {
    return [...this.#notes.keys()];
  }

  any(): Note | null {
    const all = this.notes;
    return all[Math.floor(this.#random() * all.length)] ?? null;
  }

  create(): void {
    const folder = ['', '가/', '나/다/'][Math.floor(this.#random() * 3)]!;
    this.#write(`오래/${folder}글${this.#next}.md`);
  }

  edit(): void {
    const note = this.any();
    if (note !== null) this.#write(note.name);
  }

  rename(): void {
    const note = this.any();
    if (note === null) return;
    const name = `오래/옮김/글${this.#next++}.md`;
    fs.mkdirSync(path.dirname(this.#place(name)), { recursive: true });
    fs.renameSync(this.#place(note.name), this.#place(name));
    this.#notes.delete(note.name);
    this.#notes.set(name, { ...note, name });
  }

  delete(): void {
    // The notebook keeps about its size.
    const note = this.#notes.size < 60 ? null : this.any();
    if (note === null) return;
    fs.rmSync(this.#place(note.name));
    this.#notes.delete(note.name);
    this.gone.push(note.word);
  }

  /** As a switch of branches does: many files at once, some of them gone, some new. */
  switchBranch(): void {
    for (let i = 0; i < BRANCH; i++) {
      const kind = this.#random();
      if (kind < 0.2) this.create();
      else if (kind < 0.35) this.delete();
      else this.edit();
    }
  }

  #write(name: string): void {
    const known = this.#notes.get(name);
    if (known !== undefined) this.gone.push(known.word);
    const word = this.#word();
    const body = Array.from(
      { length: 1 + Math.floor(this.#random() * 4) },
      () => SENTENCES[Math.floor(this.#random() * SENTENCES.length)],
    ).join('\n\n');
    const text = `# ${word}\n\n${body}\n`;
    fs.mkdirSync(path.dirname(this.#place(name)), { recursive: true });
    fs.writeFileSync(this.#place(name), text);
    this.#notes.set(name, { name, word, text });
  }

  /** A word of its own: its number, written in syllables. */
  #word(): string {
    let rest = this.#next++;
    let word = '';
    for (let i = 0; i < 4; i++) {
      word = SYLLABLES[rest % SYLLABLES.length]! + word;
      rest = Math.floor(rest / SYLLABLES.length);
    }
    return `뷁${word}뷁`;
  }

  #place(name: string): string {
    return path.join(path.dirname(this.#folder), name);
  }
}
