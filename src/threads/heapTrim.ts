/** A thread whose work comes in pieces gives the memory of a large piece back before the next. */
import v8 from 'node:v8';
import vm from 'node:vm';

const MEGABYTE = 1024 ** 2;

/**
 * Call it between two pieces of work. V8 lets a heap grow to several times of what is in it before it looks for
 * garbage, which for parse trees is nearly all of it; a collection takes some 20 ms, and only the calling thread waits.
 */
export function heapTrimmer(limitMb: number): () => void {
  let collect: (() => void) | null = null;
  /** Bytes that the last collection left: where they are many, another one helps no more. */
  let least = 0;
  return () => {
    const { total_heap_size: size } = v8.getHeapStatistics();
    if (size < Math.max(limitMb * MEGABYTE, 1.5 * least)) return;
    collect ??= exposedCollector();
    collect();
    least = v8.getHeapStatistics().total_heap_size;
  };
}

/** Collects the garbage of this thread's heap (https://nodejs.org/api/v8.html#v8setflagsfromstringflags). */
function exposedCollector(): () => void {
  try {
    v8.setFlagsFromString('--expose-gc');
    return vm.runInNewContext('gc') as () => void;
  } catch {
    return () => undefined;
  }
}
