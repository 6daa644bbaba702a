/** The k-th largest of all values, found with a min-heap of k; 0 if there are fewer positive ones. */
export function kthLargest(arrays: readonly Float32Array[], k: number): number {
  const heap: number[] = [];
  // Nearly all values are below the current k-th.
  let least = 0;
  for (const array of arrays)
    for (let i = 0; i < array.length; i++) {
      const value = array[i]!;
      if (!(value > least)) continue;
      if (heap.length < k) {
        heap.push(value);
        rise(heap);
      } else {
        heap[0] = value;
        sink(heap);
      }
      if (heap.length === k) least = heap[0]!;
    }
  return heap.length < k ? 0 : heap[0]!;
}

function rise(heap: number[]): void {
  for (let i = heap.length - 1; i > 0;) {
    const parent = (i - 1) >> 1;
    if (heap[parent]! <= heap[i]!) return;
    [heap[i], heap[parent]] = [heap[parent]!, heap[i]!];
    i = parent;
  }
}

function sink(heap: number[]): void {
  for (let i = 0; ;) {
    let child = 2 * i + 1;
    if (child >= heap.length) return;
    if (child + 1 < heap.length && heap[child + 1]! < heap[child]!) child++;
    if (heap[child]! >= heap[i]!) return;
    [heap[i], heap[child]] = [heap[child]!, heap[i]!];
    i = child;
  }
}
