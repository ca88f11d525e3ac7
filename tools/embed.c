/* embed - files become a C table: embed OUT.c FILE…  (see src/base/embedded.h) */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static int write_one(FILE *out, const char *path, int number, uint64_t *mark)
{
    FILE *in = fopen(path, "rb");
    if (!in) {
        fprintf(stderr, "embed: cannot read %s\n", path);
        return 0;
    }
    fprintf(out, "static const unsigned char file_%d[] = {", number);
    uint64_t hash = 0xcbf29ce484222325u; /* FNV-1a */
    int c;
    for (long n = 0; (c = getc(in)) != EOF; n++) {
        hash = (hash ^ (uint64_t)c) * 0x100000001b3u;
        fprintf(out, "%s%d,", n % 24 == 0 ? "\n" : "", c);
    }
    fputs("0 };\n", out);
    *mark = hash;
    return fclose(in) == 0;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fputs("use: embed OUT.c FILE...\n", stderr);
        return 2;
    }
    qsort(argv + 2, (size_t)(argc - 2), sizeof *argv, by_name);
    FILE *out = fopen(argv[1], "wb");
    uint64_t *marks = calloc((size_t)argc, sizeof *marks);
    if (!out || !marks)
        return 1;
    fputs("#include \"base/embedded.h\"\n", out);
    for (int i = 2; i < argc; i++)
        if (!write_one(out, argv[i], i - 2, &marks[i]))
            return 1;
    fputs("const struct embedded embedded_files[] = {\n", out);
    for (int i = 2; i < argc; i++)
        fprintf(out, "{ \"%s\", file_%d, sizeof file_%d - 1, \"%016llx\" },\n", argv[i], i - 2,
                i - 2, (unsigned long long)marks[i]);
    fputs("{ 0, 0, 0, 0 } };\n", out);
    free(marks);
    return fclose(out) == 0 ? 0 : 1;
}
