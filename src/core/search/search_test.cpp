#include "core/search/search.h"

#include <random>
#include <set>

#include <gtest/gtest.h>

#include "base/text.h"
#include "core/rights/rights.h"
#include "core/scope/subject.h"
#include "core/search/upkeep.h"
#include "tests/support/databases.h"

namespace search {
namespace {

using congvu::test::told;

class Searching : public congvu::test::DatabaseTest {
  protected:
    void SetUp() override {
        DatabaseTest::SetUp();
        if (IsSkipped()) return;
        constexpr db::Sql unit{"test.unit", "insert into unit (id, uuid, is_agency, created_at) values (?1, ?2, 1, 0)"};
        constexpr db::Sql reg{"test.register", "insert into register (id, code) values (?1, ?2)"};
        ASSERT_TRUE(db().write_now([&](db::Transaction& tx) -> Result<void> {
            TRY(tx.execute(unit, 1, "a"));
            TRY(tx.execute(unit, 2, "b"));
            TRY(tx.execute(reg, 1, "incoming"));
            TRY(tx.execute(reg, 2, "outgoing"));
            return {};
        }));
    }
    template <class F>
    auto write(F&& work) {
        return db().write_now([&](db::Transaction& tx) { return work(tx); });
    }
    template <class F>
    auto read(F&& work) {
        auto reader = db().read();
        return work(**reader);
    }
    static Scope as(std::int64_t person) {
        Scope scope;
        scope.person = {person};
        scope.agency = {1};
        scope.subjects = {subject::person({person})};
        return scope;
    }
    Result<RecordId> put(db::Transaction& tx, std::string_view title, int register_id, int agency,
                         std::int64_t reader) {
        constexpr db::Sql insert{"test.record", R"(
            insert into record (uuid, register_id, agency_id, form_version, state, title, created_at, updated_at)
            values (?1, ?2, ?3, 1, 'registered', ?4, ?5, 0) returning id)"};
        const RecordId record{TRY(tx.insert(insert, std::to_string(++made_), register_id, agency, title, tx.now()))};
        TRY(index_title(tx, record, "", title));
        TRY(rights::grant(as(1), tx, record, subject::person({reader}), {}));
        return record;
    }
    RecordId record(std::string_view title, int register_id = 1, int agency = 1, std::int64_t reader = 1) {
        const auto made = write([&](db::Transaction& tx) { return put(tx, title, register_id, agency, reader); });
        EXPECT_TRUE(made) << told(made);
        return made.value_or(RecordId{});
    }
    void content(FileId file, RecordId of, std::string text) {
        texts_[file.value] = text;
        attached_.emplace_back(file, of);
        const auto done = write([&](db::Transaction& tx) { return index_content(tx, file, text); });
        ASSERT_TRUE(done) << told(done);
    }
    Sources sources() {
        return {[this](FileId file) -> Result<std::string> { return texts_[file.value]; },
                [this](std::span<const FileId> files) -> Result<std::vector<std::pair<FileId, RecordId>>> {
                    std::vector<std::pair<FileId, RecordId>> found;
                    for (const auto& [file, of] : attached_)
                        if (std::ranges::find(files, file) != files.end()) found.emplace_back(file, of);
                    return found;
                }};
    }
    Page ask(const Query& query, std::int64_t person = 1) {
        const auto page = read([&](db::Reader& reader) { return find(as(person), reader, query, sources()); });
        EXPECT_TRUE(page) << told(page);
        return page ? *page : Page{};
    }
    std::vector<RecordId> found(const Query& query, std::int64_t person = 1) { return ids(ask(query, person)); }
    static std::vector<RecordId> ids(const Page& page) {
        std::vector<RecordId> all;
        for (const Hit& hit : page.hits) all.push_back(hit.record);
        return all;
    }
    using Ids = std::vector<RecordId>;

  private:
    int made_ = 0;
    std::map<std::int64_t, std::string> texts_;
    std::vector<std::pair<FileId, RecordId>> attached_;
};

TEST_P(Searching, without_marks_finds_all_and_with_marks_the_exact_first) {
    const RecordId manage = record("Quản lý ngân sách"), inn = record("Quán lý trà"), plain = record("Quan ly");
    record("Đất đai");
    EXPECT_EQ(found({.text = "quan ly"}), (Ids{plain, inn, manage}));  // newest first
    const Page page = ask({.text = "QUẢN LÝ"});
    EXPECT_EQ(ids(page), (Ids{manage, plain, inn}));
    EXPECT_TRUE(page.hits[0].exact);
    EXPECT_FALSE(page.hits[1].exact);
    EXPECT_EQ(page.hits[0].snippet, (std::vector<Piece>{{"Quản lý", true}, {" ngân sách", false}}));
    EXPECT_EQ(page.number, 3);
    EXPECT_FALSE(page.more);
    EXPECT_EQ(found({.text = "dat"}).size(), 1u);
    EXPECT_TRUE(found({.text = "dật"}).size() == 1u);  // other marks: found, but not exact
    EXPECT_TRUE(found({.text = "thuế"}).empty());
    EXPECT_TRUE(found({.text = "  "}).empty());
}

TEST_P(Searching, old_and_new_places_of_a_tone_are_one) {
    const RecordId spelled = record("Thuỷ lợi Hoà Bình");
    EXPECT_EQ(found({.text = "thủy hòa"}), Ids{spelled});
    EXPECT_TRUE(ask({.text = "thủy"}).hits.at(0).exact);
    EXPECT_EQ(found({.text = "Thu\xE1\xBB\xB7"}), Ids{spelled});
    EXPECT_EQ(found({.text = "hoa\xCC\x80"}), Ids{spelled});  // the mark typed as a character of its own
}

TEST_P(Searching, phrases_and_numbers_stand_together) {
    const RecordId decision = record("123/QĐ-UBND Quyết định giao đất"), other = record("UBND ra QĐ số 123"),
                   swapped = record("Định mức quyết toán");
    EXPECT_EQ(found({.text = "123/QĐ-UBND"}), Ids{decision});
    EXPECT_EQ(found({.text = "123/qd-ubnd"}), Ids{decision});
    EXPECT_EQ(found({.text = "ubnd 123"}), (Ids{other, decision}));
    EXPECT_EQ(found({.text = "\"quyết định\""}), Ids{decision});
    EXPECT_EQ(found({.text = "quyet dinh"}), (Ids{swapped, decision}));
}

TEST_P(Searching, the_last_word_may_go_on_when_nothing_is_found) {
    const RecordId one = record("Nghị quyết phiên họp"), two = record("Nghị định");
    record("Nghi Sơn");
    EXPECT_EQ(found({.text = "nghị quy"}), Ids{one});
    EXPECT_EQ(found({.text = "nghị đị"}), Ids{two});
    EXPECT_TRUE(found({.text = "nghị p"}).empty());
    EXPECT_EQ(found({.text = "nghi"}).size(), 3u);
}

TEST_P(Searching, narrows_by_register_agency_and_day) {
    const RecordId in = record("Kế hoạch năm", 1, 1), out = record("Kế hoạch năm", 2, 1),
                   theirs = record("Kế hoạch năm", 1, 2);
    const LocalDate first = local_date(clock().now());
    clock().set(clock().now() + std::chrono::hours(24 * 10));
    const RecordId later = record("Kế hoạch năm", 1, 1);
    EXPECT_EQ(found({.text = "kế hoạch", .register_id = {1}}), (Ids{later, theirs, in}));
    EXPECT_EQ(found({.text = "kế hoạch", .register_id = {2}}), Ids{out});
    EXPECT_EQ(found({.text = "kế hoạch", .agency = {2}}), Ids{theirs});
    EXPECT_EQ(found({.text = "kế hoạch", .from = first + 1}), Ids{later});
    EXPECT_EQ(found({.text = "kế hoạch", .to = first}), (Ids{theirs, out, in}));
    EXPECT_TRUE(found({.text = "kế hoạch", .from = first + 1, .to = first + 9}).empty());
    EXPECT_TRUE(found({.text = "r1"}).empty());  // what narrows is no word
    const auto listed = [&](std::string_view text) {
        return read([&](db::Reader& reader) -> Result<Ids> {
            db::Query query("test.titled");
            query.add("select record.id from record where 1 = 1");
            TRY(add_titled(reader, text, {1}, query));
            query.add(" order by record.id desc");
            Ids found;
            for (const db::Row& row : TRY(reader.rows(query))) found.push_back(row.id<struct RecordNoun>(0));
            return found;
        });
    };
    EXPECT_EQ(listed("ke hoa").value(), (Ids{later, theirs, in}));
    EXPECT_EQ(listed("khác").value(), Ids());
    EXPECT_EQ(listed("--").value(), Ids());
}

TEST_P(Searching, a_list_has_all_that_are_titled_so) {
    constexpr std::int64_t many = 2'300;
    for (std::int64_t i = 0; i < many; ++i) record("Báo cáo tháng");
    const auto counted = read([&](db::Reader& reader) -> Result<std::int64_t> {
        db::Query query("test.titled");
        query.add("select count(*) from record where 1 = 1");
        TRY(add_titled(reader, "bao cao", {1}, query));
        return TRY(reader.row(query))->integer(0);
    });
    EXPECT_EQ(counted.value(), many);
}

TEST_P(Searching, never_gives_what_the_scope_may_not_see) {
    const RecordId mine = record("Biên chế", 1, 1, 1);
    for (int i = 0; i < 5; ++i) record("Biên chế", 1, 1, 2);
    const Page page = ask({.text = "biên chế"});
    EXPECT_EQ(ids(page), Ids{mine});
    EXPECT_EQ(page.number, 1);
    EXPECT_TRUE(ask({.text = "biên chế"}, 3).hits.empty());
    EXPECT_EQ(ask({.text = "biên chế"}, 3).number, 0);
}

TEST_P(Searching, changed_and_emptied_titles_leave_no_trace) {
    const RecordId id = record("Tờ trình cũ");
    const auto change = [&](std::string_view before, std::string_view after) {
        return write([&](db::Transaction& tx) { return index_title(tx, id, before, after); });
    };
    ASSERT_TRUE(change("Tờ trình cũ", "Tờ trình mới"));
    EXPECT_TRUE(found({.text = "\"trình cũ\""}).empty());
    EXPECT_EQ(found({.text = "trình mới"}), Ids{id});
    ASSERT_TRUE(change("Tờ trình mới", ""));
    EXPECT_TRUE(found({.text = "trình"}).empty());
    // Twice in one closure.
    ASSERT_TRUE(write([&](db::Transaction& tx) -> Result<void> {
        TRY(index_title(tx, id, "", "một"));
        return index_title(tx, id, "một", "hai");
    }));
    EXPECT_TRUE(found({.text = "một"}).empty());
    EXPECT_EQ(found({.text = "hai"}), Ids{id});
}

TEST_P(Searching, what_failed_is_not_found) {
    const auto refused = write([&](db::Transaction& tx) -> Result<RecordId> {
        TRY(put(tx, "Không thành", 1, 1, 1));
        return fail(ErrorCode::conflict, "test.later");
    });
    ASSERT_FALSE(refused);
    EXPECT_TRUE(found({.text = "thành"}).empty());
}

TEST_P(Searching, texts_of_files_lead_to_their_records) {
    const RecordId letter = record("Công văn số 5"), other = record("Báo cáo tài chính");
    content({70}, letter, "Căn cứ Luật Đất đai, báo cáo tài chính của xã được duyệt");
    const Page page = ask({.text = "tài chính"});
    ASSERT_EQ(ids(page), (Ids{other, letter}));
    EXPECT_FALSE(page.hits[0].file);
    EXPECT_EQ(page.hits[1].file, FileId{70});
    EXPECT_EQ(page.hits[1].title, "Công văn số 5");
    EXPECT_EQ(page.hits[1].snippet.at(1), (Piece{"tài chính", true}));
    EXPECT_EQ(found({.text = "luat dat dai"}), Ids{letter});
    EXPECT_TRUE(found({.text = "luat dat dai", .register_id = {2}}).empty());
    EXPECT_TRUE(ask({.text = "luat dat dai"}, 2).hits.empty());

    // A record is found once, by its title when that has the words.
    content({71}, other, "báo cáo tài chính quý I");
    EXPECT_EQ(found({.text = "tài chính"}), (Ids{other, letter}));
    EXPECT_EQ(found({.text = "tai chinh"}).size(), 2u);
    ASSERT_TRUE(write([&](db::Transaction& tx) {
        return remove_content(tx, {70}, "Căn cứ Luật Đất đai, báo cáo tài chính của xã được duyệt");
    }));
    EXPECT_TRUE(found({.text = "luat dat dai"}).empty());
}

TEST_P(Searching, a_title_with_the_words_comes_before_files_that_have_them_somewhere) {
    const RecordId plan = record("Kế hoạch cải cách hành chính"),
                   older = record("Kế hoạch cải cách hành chính năm 2025");
    const RecordId other_marks = record("Kê hoạch cai cách hành chính");
    Ids letters;
    for (int i = 0; i < 5; ++i) {
        letters.insert(letters.begin(), record("Công văn số " + std::to_string(i)));
        content({100 + i}, letters.front(), "chính quyền xã; kế toán; thi hành án; cải tạo; hoạch định; phong cách");
    }
    content({200}, plan, "kế hoạch cải cách hành chính");
    Ids exact{older, plan}, all{other_marks, older, plan};
    exact.insert(exact.end(), letters.begin(), letters.end());
    exact.push_back(other_marks);
    all.insert(all.end(), letters.begin(), letters.end());
    EXPECT_EQ(found({.text = "kế hoạch cải cách hành chính"}), exact);
    EXPECT_EQ(found({.text = "ke hoach cai cach hanh chinh"}), all);
    // Page by page it is the same, each record once.
    for (const auto& [text, whole] :
         {std::pair{"kế hoạch cải cách hành chính", exact}, std::pair{"ke hoach cai cach hanh chinh", all}})
        for (int limit = 1; limit <= 4; ++limit) {
            Ids read;
            Query query{.text = text, .limit = limit};
            do {
                const Page page = ask(query);
                for (const RecordId each : ids(page)) read.push_back(each);
                query.after = page.next;
            } while (!query.after.empty() && read.size() < 20);
            EXPECT_EQ(read, whole) << text << " " << limit;
        }
    EXPECT_EQ(ask({.text = "ke hoach cai cach hanh chinh"}).number, 8);
}

TEST_P(Searching, an_exact_file_and_a_folded_title_are_one_hit) {
    const RecordId letter = record("Quán lý");
    content({70}, letter, "quản lý nhà nước");
    const Page page = ask({.text = "quản lý"});
    ASSERT_EQ(page.hits.size(), 1u);
    EXPECT_TRUE(page.hits[0].exact);
    EXPECT_EQ(page.hits[0].file, FileId{70});
}

TEST_P(Searching, refuses_what_is_no_question) {
    const auto refused = [&](const Query& query) {
        const auto page = read([&](db::Reader& reader) { return find(as(1), reader, query); });
        EXPECT_FALSE(page);
        return page ? std::string() : page.error().message;
    };
    for (const auto* bad : {"x1", "f", "f1x", "1", "G1"})
        EXPECT_EQ(refused({.text = "a", .after = bad}), "search.bad_cursor") << bad;
    EXPECT_EQ(refused({.text = "a", .limit = 0}), "search.bad_limit");
    EXPECT_EQ(refused({.text = "a", .limit = 101}), "search.bad_limit");
    EXPECT_EQ(refused({.text = std::string(501, 'a')}), "search.too_long");
    for (const auto* odd : {"\"", "a AND", "NOT b", "words : a", "*", "'", "a' | 'b", "(((", "\xE2\x80\x9C a"})
        (void)ask({.text = odd});
}

TEST_P(Searching, merging_keeps_every_word) {
    std::vector<RecordId> all;
    for (int i = 0; i < 40; ++i) all.insert(all.begin(), record("Mẫu số " + std::to_string(i)));
    Merger merger(db());
    for (int i = 0; i < 20; ++i) ASSERT_TRUE(merger.run_once());
    const auto shaped = read([&](db::Reader& reader) { return shape(reader, Index::title); });
    ASSERT_TRUE(shaped) << told(shaped);
    EXPECT_LT(shaped->segments, 20);
    EXPECT_EQ(found({.text = "mẫu số", .limit = 100}), all);
    ASSERT_TRUE(write([&](db::Transaction& tx) { return clear(tx, Index::title); }));
    EXPECT_TRUE(found({.text = "mẫu"}).empty());
    ASSERT_TRUE(write([&](db::Transaction& tx) { return index_title(tx, all.front(), "", "Mẫu số 39"); }));
    EXPECT_EQ(found({.text = "mẫu"}), Ids{all.front()});
}

// A slow second way: read every title, fold it, look for each word.
TEST_P(Searching, agrees_with_reading_every_title) {
    std::mt19937 random(11);
    const char* words_of[] = {"quản", "quán", "quan", "lý",  "ly", "đất", "dat",
                              "Thuế", "thuê", "năm",  "nam", "tổ", "to"};
    struct Kept {
        RecordId id;
        std::string title;
        std::int64_t reader;
    };
    std::vector<Kept> all;
    for (int i = 0; i < 120; ++i) {
        Kept kept{.title = {}, .reader = random() % 3 == 0 ? 2 : 1};
        for (std::size_t n = random() % 5 + 1; n > 0; --n)
            kept.title += std::string(words_of[random() % std::size(words_of)]) + " ";
        kept.id = record(kept.title, 1, 1, kept.reader);
        all.push_back(kept);
    }
    for (int i = 0; i < 40; ++i) {
        std::string query;
        for (std::size_t n = random() % 2 + 1; n > 0; --n)
            query += std::string(words_of[random() % std::size(words_of)]) + " ";
        const auto has = [&](const std::string& title, bool exact) {
            std::set<std::string> there;
            for (const Word& word : words(title)) there.insert(exact ? word.exact : word.folded);
            return std::ranges::all_of(words(query), [&](const Word& word) {
                // Typed without marks a word means any; typed with marks it means itself.
                return exact && word.exact == word.folded ? [&] {
                    for (const Word& other : words(title))
                        if (other.folded == word.folded) return true;
                    return false;
                }()
                                                          : there.contains(exact ? word.exact : word.folded);
            });
        };
        Ids expected;
        for (const bool exact : {true, false})
            for (auto kept = all.rbegin(); kept != all.rend(); ++kept)
                if (kept->reader == 1 && has(kept->title, false) && has(kept->title, true) == exact)
                    expected.push_back(kept->id);
        Ids paged;
        for (Query asked{.text = query, .limit = 3};;) {
            const Page page = ask(asked);
            if (asked.after.empty()) {
                EXPECT_EQ(page.number, static_cast<std::int64_t>(expected.size())) << query;
            }
            for (const Hit& hit : page.hits) paged.push_back(hit.record);
            if (page.next.empty()) break;
            asked.after = page.next;
            ASSERT_LT(paged.size(), 1000u);
        }
        ASSERT_EQ(paged, expected) << query;
    }
}

CONGVU_BOTH_ENGINES(Searching);

}  // namespace
}  // namespace search
