#include <fstream>
#include <iostream>

#include <fmt/format.h>

#include "base/json.h"
#include "commands/commands.h"
#include "commands/output.h"
#include "commands/verifying.h"
#include "core/journal/proof.h"

namespace commands {

namespace {

constexpr std::string_view proof_beginning = "{\n\"congvu_proof\":";

constexpr std::string_view help = R"(congvu journal verify --data DIR [--json]
  Recounts the whole journal: every entry, every value, the tree and its signed heads; then compares every record's fields
  and every file's hash with what it says of them last. Exit code 0 only when all is as it was written.
congvu journal prove ENTRY --data DIR [--values] [-o FILE] [--replace]
  Writes the proof of one entry; congvu-check-proof accepts it without a server.
  --values   the proof shows what the fields were before and after, for whoever reads it; else only that they were changed.
             What was erased by law is never shown
  -o FILE    a new file outside DIR; - or nothing for standard output
  --replace  FILE may be an older proof, which this one takes the place of)";

Result<int> verify(const Line& line) {
    const auto office = TRY(open_office(line.option("data"), Opening::existing));
    const Verified verified = TRY(verify_office(*office));
    const ::journal::Report& report = verified.journal;
    const auto& found = verified.fault();
    const std::string fault = found ? messages::text(Language::vi, *found) : std::string();
    if (line.has("json")) {
        boost::json::object json{{"sound", !found},
                                 {"entries", report.entries},
                                 {"values", report.values},
                                 {"erased", report.erased},
                                 {"heads", report.heads},
                                 {"waiting", report.waiting},
                                 {"records", verified.records.records}};
        if (found) json["fault"] = fault;
        say(stdout, "{}\n", boost::json::serialize(json));
    } else if (!found) {
        say(stdout,
            "Nhật ký nguyên vẹn: {} mục, {} giá trị, {} lần ký đầu cây; {} mục chưa vào cây. {} hồ sơ khớp nhật ký.\n",
            report.entries, report.values, report.heads, report.waiting, verified.records.records);
    } else {
        say(stdout, "{}: {}\n", report.fault ? "Nhật ký KHÔNG nguyên vẹn" : "Dữ liệu KHÔNG khớp nhật ký", fault);
    }
    return found ? 1 : 0;
}

Result<int> prove(const Line& line, std::int64_t entry) {
    const std::string file = line.option("o", "-");
    std::optional<Output> output;
    if (file != "-") output.emplace(TRY(Output::at(file, line.option("data"), proof_beginning, line.replace())));
    const auto office = TRY(open_office(line.option("data"), Opening::existing));
    ::journal::Sequencer sequencer(*office->database, *office->clock, TRY(office->signer()));
    TRY(sequencer.run_once());
    TRY(sequencer.sign_head());
    const auto reader = TRY(office->database->read());
    const auto show = line.has("values") ? ::journal::Show::values : ::journal::Show::hashes;
    const std::string proof = TRY(::journal::prove(*reader, {entry}, show));
    if (!output) {
        say(stdout, "{}\n", proof);
        return 0;
    }
    std::ofstream part(output->part());
    part << proof << "\n";
    part.close();
    if (!part) return fail(ErrorCode::unavailable, "commands.cannot_write", {}, {{"file", file}});
    TRY(output->publish());
    return 0;
}

}  // namespace

int journal(const std::vector<std::string>& words) {
    const auto line = Line::read(words, {"data", "o"}, {"help", "json", "replace", "values"});
    if (!line) return failed(words, line.error());
    if (line->has("help")) return say(stdout, "{}\n", help), 0;
    if (line->words().empty() || line->option("data").empty()) return wrong_usage(words, help);
    Result<int> ended = 2;
    if (line->words()[0] == "verify" && line->words().size() == 1) {
        ended = verify(*line);
    } else if (line->words()[0] == "prove" && line->words().size() == 2) {
        const std::string& word = line->words()[1];
        const auto entry = number_of(word);
        if (entry && *entry > 0)
            ended = prove(*line, *entry);
        else
            ended = fail(ErrorCode::invalid, "commands.no_entry_number", {}, {{"word", word}});
    } else {
        return wrong_usage(words, help);
    }
    return ended ? *ended : failed(words, ended.error());
}

}  // namespace commands
