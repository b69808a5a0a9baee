#include "commands/demo.h"

#include <fstream>

#include <fmt/format.h>

#include "commands/commands.h"
#include "commands/making.h"
#include "core/registers/samples.h"
#include "crypto/password.h"

namespace commands {

namespace {

constexpr std::string_view help = R"(congvu demo --data DIR [--database ADDRESS] [--documents N] [--quiet] [--json]
  Makes the sample ministry, Bộ Mẫu, in DIR: its units, people, accounts, documents and filled registers. Everything is invented.
  --database ADDRESS  postgresql://…; without it SQLite in DIR
  --documents N       incoming documents, 320 when not given, at most 2,000,000; of more than 1,000 all but 320 are of
                      the years before, carried over in bulk after a pattern, without files: for measuring
  --quiet             says nothing of how far it is)";

constexpr int usual_count = 320;
constexpr int most_documents = 2'000'000;
/// So many are worked on one by one.
constexpr int most_recent = 1'000;

constexpr std::string_view password = "Congvu-Mau-2026";

/// Who to sign in as first, for the table that ./run prints.
constexpr std::pair<std::string_view, std::string_view> shown_accounts[] = {
    {"vanthu", "Văn thư: tiếp nhận, vào sổ"},
    {"chanhvp", "Chánh Văn phòng: đề xuất, phân phối"},
    {"lanhdao", "Bộ trưởng: bút phê, phân công"},
    {"truong.pc", "Vụ trưởng Pháp chế: chia việc"},
    {"cv.pc1", "Chuyên viên Pháp chế: xử lý"},
    {"so.tccb", "Cán bộ giữ sổ (bảo hiểm…)"},
    {"so.cntt", "Cán bộ giữ sổ (mạng, trang bị)"},
    {"banchidao", "Thư ký Ban Chỉ đạo"},
    {"baomat", "Cán bộ bảo mật: giữ sổ văn bản mật"},
    {"quantri", "Quản trị: đơn vị, tài khoản"},
    {"quantri2", "Quản trị thứ hai: xác nhận quyền"},
    {"kiemtoan", "Kiểm toán: nhật ký"},
    {"vanthu.tchc", "Văn thư Tổng cục Hậu cần (cơ quan khác)"}};

Result<void> write_accounts(const std::filesystem::path& data) {
    std::ofstream out(data / "accounts.txt");
    out << "\nTài khoản mẫu, mật khẩu đều là " << password << "\n\n";
    for (const auto& [login, says] : shown_accounts) out << fmt::format("  {:<14} {}\n", login, says);
    out << "\n";
    out.flush();
    return out ? Result<void>() : fail(ErrorCode::unavailable, "files.disk");
}

Result<void> furnish(Office& office, FixedClock& clock, const Line& line, int count) {
    Serving serving(office);
    sample::Maker maker{office, serving, clock};
    TRY(sample::make_people(maker, TRY(crypto::hash_password(password))));
    const int recent = count > most_recent ? usual_count : count;
    if (count > recent)
        TRY(sample::make_old_documents(maker, count - recent, [&](int made) {
            if (line.has("quiet") || line.has("json")) return;
            say(stderr, "\r{} / {}", made, count);
            if (made >= count - recent) say(stderr, "\n");
        }));
    TRY(sample::make_records(maker));
    TRY(sample::make_documents(maker, recent));
    ::journal::Sequencer sequencer(*office.database, clock, TRY(office.signer()));
    TRY(sequencer.run_once());
    TRY(sequencer.sign_head());
    return write_accounts(office.data);
}

Result<void> make(const Line& line, int count) {
    auto held = std::make_unique<FixedClock>(SystemClock().now());
    FixedClock& clock = *held;
    TRY(make_office({.data = line.option("data"),
                     .database = line.option("database"),
                     .clock = std::move(held),
                     .on_cleared = [&] { say_cleared(line); }},
                    [&](Office& office) { return furnish(office, clock, line, count); }));
    return {};
}

}  // namespace

int demo(const std::vector<std::string>& words) {
    const auto line = Line::read(words, {"data", "database", "documents"}, {"help", "json", "quiet"});
    if (!line) return failed(words, line.error());
    if (line->has("help")) return say(stdout, "{}\n", help), 0;
    const std::string data = line->option("data");
    const auto count = number_of(line->option("documents", std::to_string(usual_count)));
    if (data.empty() || !line->words().empty() || !count || *count < 0 || *count > most_documents)
        return wrong_usage(words, help);
    const auto made = make(*line, static_cast<int>(*count));
    if (!made) return failed(words, made.error());
    return done(*line, "Đã tạo Bộ Mẫu trong " + data, {{"data", data}, {"documents", *count}});
}

}  // namespace commands
