/*
 * The floor in C: adds the impacts of a query's postings, nothing else. `scatterAdd FILE` answers each line on
 * stdin (a query's number) with the nanoseconds it took. FILE, little-endian: u32 queries; of each u32 leaves; of
 * each u32 passages, u32 lists; of each u32 weight, u32 count, u16 passages, u8 impacts, padded to 4 bytes.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static void add(const uint16_t *restrict passages, const uint8_t *restrict impacts, uint32_t count, uint32_t weight,
                uint32_t *restrict scores) {
  for (uint32_t i = 0; i < count; i++) scores[passages[i]] += impacts[i] * weight;
}

static const uint32_t *run(const uint32_t *at, uint32_t *scores, int really) {
  for (uint32_t leaves = *at++; leaves > 0; leaves--) {
    const uint32_t size = at[0];
    uint32_t lists = at[1];
    for (at += 2; lists > 0; lists--) {
      const uint32_t count = at[1];
      const uint16_t *passages = (const uint16_t *)(at + 2);
      if (really) add(passages, (const uint8_t *)(passages + count), count, at[0], scores);
      at += 2 + (3 * (uint64_t)count + 3) / 4;
    }
    scores += (size + 63) / 64 * 64;
  }
  return at;
}

int main(int count, char **arguments) {
  FILE *file = count == 2 ? fopen(arguments[1], "rb") : NULL;
  if (file == NULL) return 1;
  fseek(file, 0, SEEK_END);
  const long length = ftell(file);
  rewind(file);
  uint32_t *all = malloc(length);
  uint32_t *scores = calloc(16 << 20, sizeof *scores);
  if (all == NULL || scores == NULL || fread(all, 1, length, file) != (size_t)length) return 1;
  for (unsigned query; scanf("%u", &query) == 1;) {
    const uint32_t *at = all + 1;
    while (query-- > 0) at = run(at, scores, 0);
    struct timespec started, ended;
    clock_gettime(CLOCK_MONOTONIC, &started);
    run(at, scores, 1);
    clock_gettime(CLOCK_MONOTONIC, &ended);
    printf("%lld\n", (ended.tv_sec - started.tv_sec) * 1000000000LL + ended.tv_nsec - started.tv_nsec);
    fflush(stdout);
  }
  return 0;
}
