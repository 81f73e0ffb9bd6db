/* Scans a file in blocks with Hyperscan: the yardstick of bench/detection.sh.
   usage: scan PATTERNS CORPUS BLOCK-BYTES SECONDS     prints: bytes seconds matches */
#include <hs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MAX_PATTERNS 64

static int on_match(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *count) {
  (void)id; (void)from; (void)to; (void)flags;
  ++*(unsigned long long *)count;
  return 0;
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static char *read_all(const char *path, size_t *length) {
  FILE *file = fopen(path, "rb");
  if (!file) { perror(path); exit(2); }
  fseek(file, 0, SEEK_END);
  *length = (size_t)ftell(file);
  rewind(file);
  char *bytes = malloc(*length + 1);
  if (!bytes || fread(bytes, 1, *length, file) != *length) { perror(path); exit(2); }
  bytes[*length] = 0;
  fclose(file);
  return bytes;
}

int main(int argc, char **argv) {
  if (argc != 5) { fprintf(stderr, "usage: scan PATTERNS CORPUS BLOCK-BYTES SECONDS\n"); return 2; }
  size_t length, ignored;
  char *patterns = read_all(argv[1], &ignored), *corpus = read_all(argv[2], &length);
  size_t block = (size_t)atol(argv[3]);
  double seconds = atof(argv[4]);

  const char *expressions[MAX_PATTERNS];
  unsigned flags[MAX_PATTERNS], ids[MAX_PATTERNS], count = 0;
  for (char *line = strtok(patterns, "\n"); line && count < MAX_PATTERNS; line = strtok(NULL, "\n")) {
    expressions[count] = line;
    flags[count] = 0;
    ids[count] = count;
    count++;
  }

  hs_database_t *database;
  hs_compile_error_t *error;
  if (hs_compile_multi(expressions, flags, ids, count, HS_MODE_BLOCK, NULL, &database, &error) != HS_SUCCESS) {
    fprintf(stderr, "pattern %d: %s\n", error->expression, error->message);
    return 2;
  }
  hs_scratch_t *scratch = NULL;
  if (hs_alloc_scratch(database, &scratch) != HS_SUCCESS) return 2;

  unsigned long long matches = 0, bytes = 0;
  double began = now();
  do {
    for (size_t at = 0; at < length; at += block) {
      size_t size = length - at < block ? length - at : block;
      hs_scan(database, corpus + at, (unsigned)size, 0, scratch, on_match, &matches);
      bytes += size;
    }
  } while (now() - began < seconds);
  printf("%llu %.6f %llu\n", bytes, now() - began, matches);
  return 0;
}
