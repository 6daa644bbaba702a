/**
 * Vectors shaped like the default model's (about 200 of 23,709 dimensions, the most frequent in nearly half of
 * the passages, few weights large) and texts of seeded Korean-looking words. Neighbouring passages share a topic,
 * and a query is drawn as a passage is: half of it from a topic.
 */
import { PASSAGES_PER_FILE, type BenchPassage, type BenchQuery, type Corpus } from './corpus.ts';
import { Random } from './random.ts';

const DIMENSIONS = 23_709;
const SHIFT = 60;
const TOPIC_TERMS = 200;
const TOPIC_SHARE = 0.3;
const PASSAGES_PER_TOPIC = 400;
const WORDS = 8_000;
const WORDS_PER_PASSAGE = 100;
const SYLLABLES = 500;

export function syntheticCorpus(passages: number, queries: number): Corpus {
  const topics = Math.max(20, Math.round(passages / PASSAGES_PER_TOPIC));
  const words = vocabulary();
  return {
    name: 'synthetic',
    passages,
    queries: Array.from({ length: queries }, (_, i) => queryOf(new Random(1_000_000 + i), topics, words)),
    *items() {
      const random = new Random(1);
      let topic = topicOf(0);
      for (let i = 0; i < passages; i++) {
        if (i % PASSAGES_PER_FILE === 0) topic = topicOf(random.below(topics));
        yield passageOf(random, topic, words);
      }
    },
  };
}

interface Topic {
  /** Ranks. */
  readonly dimensions: readonly number[];
  readonly words: readonly number[];
}

function topicOf(number: number): Topic {
  const random = new Random(50_000_000 + number);
  return {
    dimensions: Array.from({ length: TOPIC_TERMS }, () => random.zipf(DIMENSIONS, SHIFT)),
    words: Array.from({ length: TOPIC_TERMS }, () => random.zipf(WORDS, 20)),
  };
}

/** Ranks are spread over the dimensions, so that neighbours in number differ in frequency (23,709 = 3 · 7 · 1129). */
const dimensionOf = (rank: number): number => (rank * 10_007) % DIMENSIONS;

function passageOf(random: Random, topic: Topic, words: readonly string[]): BenchPassage {
  const size = Math.round(Math.min(420, Math.max(60, 190 * Math.exp(0.3 * normal(random)))));
  const weights = drawn(random, topic, size, TOPIC_SHARE, 0.9);
  const dimensions = Uint32Array.from(weights.keys()).sort();
  const text = Array.from({ length: WORDS_PER_PASSAGE }, () => wordOf(random, topic, words)).join(' ');
  return {
    vector: {
      dimensions,
      weights: Float32Array.from(dimensions, dimension => weights.get(dimension)!),
      places: new Uint16Array(dimensions.length),
    },
    text,
  };
}

function queryOf(random: Random, topics: number, words: readonly string[]): BenchQuery {
  const topic = topicOf(random.below(topics));
  const weights = drawn(random, topic, 20 + random.below(41), 0.5, 1.2);
  return {
    terms: Array.from(weights, ([dimension, weight]) => ({ dimension, weight })),
    text: Array.from({ length: 2 + random.below(4) }, () => words[topic.words[random.below(30)]!]).join(' '),
  };
}

function drawn(random: Random, topic: Topic, size: number, share: number, mean: number): Map<number, number> {
  const weights = new Map<number, number>();
  while (weights.size < size) {
    const topical = random.next() < share;
    const rank = topical ? topic.dimensions[random.zipf(TOPIC_TERMS, 10)]! : random.zipf(DIMENSIONS, SHIFT);
    // What is everywhere says little: its weights are smaller.
    const rarity = 0.4 + 0.6 * Math.min(1, Math.log1p(rank) / Math.log(2_000));
    const weight = Math.log1p(mean * random.exponential() * (topical ? 1.4 : 1)) * rarity;
    const dimension = dimensionOf(rank);
    if (!weights.has(dimension)) weights.set(dimension, Math.fround(Math.min(3.9, Math.max(0.01, weight))));
  }
  return weights;
}

function normal(random: Random): number {
  return Math.sqrt(2 * random.exponential()) * Math.cos(2 * Math.PI * random.next());
}

function wordOf(random: Random, topic: Topic, words: readonly string[]): string {
  return words[
    random.next() < TOPIC_SHARE ? topic.words[random.zipf(TOPIC_TERMS, 10)]! : random.zipf(WORDS, 20)
  ]!;
}

function vocabulary(): string[] {
  const random = new Random(7);
  // Real text has about 100,000 bigrams: few syllables, or nearly every pair of words makes a new one.
  const syllable = (): string => String.fromCharCode(0xac00 + 21 * random.zipf(SYLLABLES, 30));
  return Array.from({ length: WORDS }, () => Array.from({ length: 2 + random.below(3) }, syllable).join(''));
}
