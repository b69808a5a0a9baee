#include "core/search/terms.h"

#include <gtest/gtest.h>

#include "core/search/search.h"

namespace search {
namespace {

struct Typed {
    const char* text;
    Form form;
    const char* fts5;
    const char* tsquery;
};

class Expressions : public ::testing::TestWithParam<Typed> {};

TEST_P(Expressions, for_both_engines) {
    const Typed& typed = GetParam();
    const auto terms = parse_terms(typed.text);
    EXPECT_EQ(fts5_expression(terms, typed.form, {}, {}), std::string("words : (") + typed.fts5 + ")");
    EXPECT_EQ(tsquery(terms, typed.form, {}, {}), typed.tsquery);
}

INSTANTIATE_TEST_SUITE_P(
    Typed, Expressions,
    ::testing::Values(Typed{"quản lý", Form::exact, R"("quản" AND "lý")", "('quản') & ('lý')"},
                      Typed{"Quản LÝ", Form::folded, R"("quan" AND "ly")", "('quan') & ('ly')"},
                      Typed{"quản lý", Form::other_marks, R"(("quan" AND "ly") NOT ("quản" AND "lý"))",
                            "(('quan') & ('ly')) & !(('quản') & ('lý'))"},
                      Typed{"\"quản lý\" đất", Form::exact, R"("quản lý" AND "đất")", "('quản' <-> 'lý') & ('đất')"},
                      Typed{"123/QĐ-UBND", Form::folded, R"("123 qd ubnd")", "('123' <-> 'qd' <-> 'ubnd')"},
                      Typed{"tổ ngh", Form::prefix, R"("to" AND "ngh" *)", "('to') & ('ngh':*)"},
                      Typed{"\"mở ngoặc", Form::exact, R"("mở ngoặc")", "('mở' <-> 'ngoặc')"}));

TEST(Terms, of_nothing_are_none) {
    for (const auto* text : {"", "   ", "\"\"", "-- // \"", "…"}) EXPECT_TRUE(parse_terms(text).empty()) << text;
    std::string many;
    for (int i = 0; i < 40; ++i) many += "tu" + std::to_string(i) + " ";
    EXPECT_EQ(parse_terms(many).size(), 16u);
}

TEST(Terms, narrow_to_a_register_and_an_agency) {
    const auto terms = parse_terms("thuế");
    EXPECT_EQ(fts5_expression(terms, Form::exact, {5}, {17}), R"(words : ("thuế") AND tags : "r5" AND tags : "a17")");
    EXPECT_EQ(tsquery(terms, Form::exact, {5}, {17}), "('thuế') & 'r:5' & 'a:17'");
    EXPECT_TRUE(has_marks(terms));
    EXPECT_FALSE(has_marks(parse_terms("thue 2026")));
    EXPECT_FALSE(may_be_prefix(parse_terms("thuế t")));
}

TEST(Terms, a_vector_holds_both_forms_at_one_place) {
    EXPECT_EQ(tsvector("Quản lý quan", {3}, {}), "'ly':2 'lý':2 'quan':1,3 'quản':1 'r:3' ");
    std::string long_text;
    for (int i = 0; i < 200'000; ++i) long_text += "chữ" + std::to_string(i) + " ";
    EXPECT_LT(tsvector(long_text, {}, {}).size(), 1'048'575u);
}

struct Excerpt {
    const char* text;
    const char* query;
    std::size_t words;
    const char* shown;  ///< hits in [ ]
};

class Snippets : public ::testing::TestWithParam<Excerpt> {};

TEST_P(Snippets, mark_the_hits) {
    std::string shown;
    for (const Piece& piece : snippet(GetParam().text, GetParam().query, GetParam().words))
        shown += piece.hit ? "[" + piece.text + "]" : piece.text;
    EXPECT_EQ(shown, GetParam().shown);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, Snippets,
    ::testing::Values(Excerpt{"Quyết định về quản lý đất đai", "quan ly", 30, "Quyết định về [quản lý] đất đai"},
                      Excerpt{"Quán lý, quản lý!", "quản lý", 30, "Quán [lý], [quản lý]!"},
                      Excerpt{"Quán ly", "quản lý", 30, "[Quán ly]"},  // no exact one: the folded
                      Excerpt{"Nghị quyết", "nghi quy", 30, "[Nghị] quyết"},
                      Excerpt{"Thành lập tổ công tác", "lâ", 30, "Thành [lập] tổ công tác"},
                      Excerpt{"một hai ba bốn năm sáu bảy tám chín mười", "bảy", 4, "… sáu [bảy] tám chín …"},
                      Excerpt{"một hai ba bốn", "một", 3, "[một] hai ba …"},
                      Excerpt{"một hai ba bốn", "bốn", 3, "… hai ba [bốn]"},
                      Excerpt{"không có gì", "thuế", 2, "không có …"}, Excerpt{"", "thuế", 5, ""},
                      Excerpt{"—", "thuế", 5, "—"}));

}  // namespace
}  // namespace search
