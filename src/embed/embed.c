// SPDX-License-Identifier: MIT
// Build-time tool: writes the files named on its command line into one C file as a table of
// { name, text, length }, so that the binary carries its forms and schema (base/embedded.h).
#include <stdio.h>
#include <string.h>

static const char *embed_base_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

// FNV-1a over everything that is embedded: names a build's forms and schema.
static unsigned long long fingerprint = 14695981039346656037u;

static int embed_write_bytes(FILE *out, const char *path, size_t i, size_t *length)
{
	FILE *in = fopen(path, "rb");
	if (!in) {
		perror(path);
		return 1;
	}
	fprintf(out, "static const unsigned char bytes_%zu[] = {", i);
	int c = 0;
	*length = 0;
	while ((c = getc(in)) != EOF) {
		fingerprint = (fingerprint ^ (unsigned)c) * 1099511628211u;
		fprintf(out, "%s%d,", (*length)++ % 24 ? "" : "\n", c);
	}
	fprintf(out, "0};\n");
	int bad = ferror(in);
	fclose(in);
	return bad;
}

int main(int argc, char **argv)
{
	static size_t length[1024];
	if (argc < 3 || argc > 1024)
		return 64;
	FILE *out = fopen(argv[1], "wb");
	if (!out) {
		perror(argv[1]);
		return 73;
	}
	fprintf(out, "#include \"base/embedded.h\"\n");
	for (int i = 2; i < argc; i++)
		if (embed_write_bytes(out, argv[i], (size_t)i, &length[i]))
			return 66;
	fprintf(out, "const struct embedded embedded_files[] = {\n");
	for (int i = 2; i < argc; i++)
		fprintf(out, "{\"%s\", (const char *)bytes_%d, %zu},\n", embed_base_name(argv[i]),
		    i, length[i]);
	fprintf(
	    out, "{0}};\nconst unsigned long long embedded_fingerprint = %lluu;\n", fingerprint);
	return fclose(out) ? 74 : 0;
}
