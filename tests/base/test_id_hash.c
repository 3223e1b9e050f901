// SPDX-License-Identifier: MIT
// Identities and the hash beneath them (id.h, hash.h).
#include "../support.h"

#include <plando/hash.h>
#include <plando/id.h>

#include <string.h>

START_TEST(the_hash_is_sha256)
{
	struct hash h;
	uint8_t sum[32];
	char hex[65];
	hash_init(&h);
	hash_bytes(&h, "abc", 3);
	hash_done(&h, sum);
	hash_hex(sum, sizeof sum, hex);
	ck_assert_str_eq(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
END_TEST

static void text_sum(const char *one, const char *two, uint8_t sum[32])
{
	struct hash h;
	hash_init(&h);
	hash_text(&h, one);
	hash_text(&h, two);
	hash_done(&h, sum);
}

START_TEST(no_value_and_empty_text_and_split_text_hash_apart)
{
	uint8_t none[32], empty[32], left[32], right[32];
	text_sum(NULL, "x", none);
	text_sum("", "x", empty);
	text_sum("ab", "c", left);
	text_sum("a", "bc", right);
	ck_assert_int_ne(memcmp(none, empty, 32), 0);
	ck_assert_int_ne(memcmp(left, right, 32), 0);
}
END_TEST

START_TEST(ids_print_and_parse)
{
	struct world w = { .seed = 1 };
	struct env env = world_env(&w);
	struct id id = id_random(&env), back;
	char text[ID_TEXT];
	id_print(&id, text);
	ck_assert(id_parse(text, &back) && id_equal(&id, &back));
	ck_assert_int_eq(text[14], '4');
	ck_assert_ptr_nonnull(strchr("89ab", text[19]));
	ck_assert(id_parse("00112233-4455-6677-8899-AABBCCDDEEFF", &back));
	ck_assert_int_eq(back.b[15], 0xff);
	static const char *const bad[] = { "", "0011", "00112233-4455-6677-8899-aabbccddeef",
		"00112233-4455-6677-8899-aabbccddeefg", "00112233x4455-6677-8899-aabbccddeeff" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ck_assert(!id_parse(bad[i], &back));
	ck_assert(!id_parse(NULL, &back));
}
END_TEST

static bool no_chance(void *world, void *bytes, size_t n)
{
	(void)world, (void)bytes, (void)n;
	return false;
}

START_TEST(without_randomness_there_is_no_id)
{
	struct env env = { .random = no_chance };
	struct id id = id_random(&env);
	ck_assert(id_zero(&id));
}
END_TEST

START_TEST(natural_ids_depend_on_every_part_and_its_place)
{
	const char *one[] = { "point", "m", "2026-05-03", "" },
		   *two[] = { "point", "m2", "026-05-03", "" };
	struct id first = id_natural(one, 4), again = id_natural(one, 4),
		  other = id_natural(two, 4);
	ck_assert(id_equal(&first, &again) && !id_equal(&first, &other));
	char text[ID_TEXT];
	id_print(&first, text);
	ck_assert_int_eq(text[14], '8');
}
END_TEST

int main(void)
{
	Suite *s = suite_create("id_hash");
	TCase *c = tcase_create("id_hash");
	tcase_add_test(c, the_hash_is_sha256);
	tcase_add_test(c, no_value_and_empty_text_and_split_text_hash_apart);
	tcase_add_test(c, ids_print_and_parse);
	tcase_add_test(c, without_randomness_there_is_no_id);
	tcase_add_test(c, natural_ids_depend_on_every_part_and_its_place);
	suite_add_tcase(s, c);
	return test_run(s);
}
