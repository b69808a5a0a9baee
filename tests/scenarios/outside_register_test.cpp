#include "tests/support/outside_register.h"

#include "core/registers/samples.h"
#include "paper/office.h"
#include "tests/scenarios/whole_office.h"

// A register from a folder that the program has never seen, through everything the engine gives a register.
namespace {

using boost::json::object;
using congvu::test::Answer;
using congvu::test::Refused;
using congvu::test::Status;
using congvu::test::told;
using testing::HasSubstr;
using testing::Not;

class OutsideRegister : public congvu::test::WholeOfficeTest {
  protected:
    bool needs_registers() const override { return false; }
    void add_routes(service::Routes& routes) override {
        take(congvu::test::driving_orders);
        WholeOfficeTest::add_routes(routes);
    }
    /// As `congvu register add` does, and the server after it.
    void take(std::string_view yaml, std::string_view samples = congvu::test::driving_samples) {
        congvu::test::write_register(folder(), yaml, samples);
        const auto added = registers::add_folder(db(), folder(), records::place_again);
        ASSERT_TRUE(added) << told(added);
        says_ = added->says;
        ASSERT_EQ(added->registers, 1);
        const auto reader = db().read();
        ASSERT_TRUE(engine().catalogue.load(**reader));
    }
    std::filesystem::path folder() const { return temporary_folder() / "elsewhere" / "driving_order"; }

    static object order(std::string_view purpose = "Đi khảo sát", std::string_view car = "seven", int people = 4) {
        return {{"purpose", purpose}, {"car", car}, {"passengers", people}, {"leaves_on", "2026-08-24"}};
    }
    Answer ask_for(const std::string& who, object values) {
        return as(who).post(records_path, {{"values", std::move(values)}});
    }
    Answer act(const std::string& who, const Answer& record, std::string_view action, object values = {}) {
        return as(who).post(at(record, "/actions/" + std::string(action)),
                            {{"version", record.number("/version")}, {"values", std::move(values)}});
    }
    static std::vector<std::string> field_codes(const Answer& declaration) {
        std::vector<std::string> codes;
        for (std::size_t i = 0; i < declaration.size("/fields"); ++i)
            codes.push_back(declaration.string("/fields/" + std::to_string(i) + "/code"));
        return codes;
    }

    static constexpr std::string_view path = "/api/registers/driving_order";
    static constexpr std::string_view records_path = "/api/registers/driving_order/records";
    std::vector<std::string> says_;  ///< of the last one taken
};
CONGVU_BOTH_ENGINES(OutsideRegister);

TEST_P(OutsideRegister, SaysWhichOfItsBooksIsSecret) {
    const std::string marked =
        congvu::test::replaced(congvu::test::driving_orders, "per: [agency, year], at: action",
                               "per: [agency, year, car], at: action, secrecy: {bus: confidential}");
    congvu::test::write_register(folder(), marked);
    const auto added = registers::add_folder(db(), folder());
    ASSERT_TRUE(added) << told(added);
    const auto reader = db().read();
    ASSERT_TRUE(engine().catalogue.load(**reader));
    add_desk("keeper", unit("office"), "Nhân viên bảo mật", {"security_keeper", "clerk"}, "Ninh Thị Kín");
    for (const char* car : {"seven", "bus"}) {
        const Answer asked = ask_for("handler", order("Đi khảo sát", car));
        ASSERT_THAT(asked, Status(201));
        ASSERT_THAT(act("leader", asked, "approve"), Status(200));
    }
    const std::string books = std::string(path) + "/books";
    EXPECT_EQ(as("keeper").get(books).size(), 2u);
    const Answer seen = as("clerk").get(books);
    ASSERT_EQ(seen.size(), 1u);
    EXPECT_THAT(seen.string("/0/label"), HasSubstr("Xe 7 chỗ"));
    // How far it has come is not told while a form is filled either.
    const auto next = [&](const char* who, const char* car) {
        return as(who).post(std::string(path) + "/check", {{"values", order("Đi họp", car)}}).string("/next_number");
    };
    EXPECT_EQ(next("clerk", "seven"), "002/2026/LĐX");
    EXPECT_EQ(next("clerk", "bus"), "");
    EXPECT_EQ(next("keeper", "bus"), "002/2026/LĐX");
}

TEST_P(OutsideRegister, NumbersByAUnitOfTheForm) {
    std::string by_unit = congvu::test::replaced(congvu::test::driving_orders, "per: [agency, year], at: action",
                                                 "per: [agency, year, garage], at: action");
    by_unit = congvu::test::replaced(by_unit, "  number: {type: text, vi: Số lệnh}\n",
                                     "  number: {type: text, vi: Số lệnh}\n  garage: {type: unit, vi: Đội xe}\n");
    by_unit = congvu::test::replaced(by_unit, "fields: [number, purpose", "fields: [number, garage, purpose");
    congvu::test::write_register(folder(), by_unit);
    const auto added = registers::add_folder(db(), folder());
    ASSERT_TRUE(added) << told(added);
    {
        const auto reader = db().read();
        ASSERT_TRUE(engine().catalogue.load(**reader));
    }
    const auto number = [&](const boost::json::value& garage) {
        object values = order();
        values["garage"] = garage;
        const Answer asked = ask_for("handler", values);
        EXPECT_THAT(asked, Status(201));
        EXPECT_THAT(act("leader", asked, "approve"), Status(200));
        return as("leader").get(at(asked)).string("/values/number");
    };
    const std::int64_t office = unit("office").value, law = unit("planning").value;
    EXPECT_EQ(number(office), "001/2026/LĐX");
    EXPECT_EQ(number(law), "001/2026/LĐX");
    EXPECT_EQ(number(office), "002/2026/LĐX");
    EXPECT_EQ(number(nullptr), "001/2026/LĐX");
    const Answer books = as("clerk").get(std::string(path) + "/books");
    EXPECT_EQ(books.size(), 3u);
    EXPECT_THAT(books.text, HasSubstr("Văn phòng"));
}

TEST_P(OutsideRegister, IsCheckedAsTheCommandDoes) {
    const auto told_of = registers::check_folder(folder());
    ASSERT_TRUE(told_of) << told(told_of);
    EXPECT_THAT(told_of->back(), HasSubstr("chưa có tiếng Anh")) << "an office may leave it out";
    const std::string wrong = congvu::test::replaced(congvu::test::driving_orders, "car == \"bus\"", "caar == \"bus\"");
    congvu::test::write_register(folder(), wrong);
    const auto refused = registers::add_folder(db(), folder());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message, "expression.unknown_name_near");
    EXPECT_EQ(refused.error().field, "actions.approve.when");
}

TEST_P(OutsideRegister, DescribesItsForm) {
    const Answer described = as("handler").get(path);
    ASSERT_THAT(described, Status(200));
    EXPECT_EQ(described.string("/title"), "Lệnh điều xe");
    EXPECT_EQ(described.number("/version"), 1);
    EXPECT_EQ(field_codes(described), (std::vector<std::string>{"number", "purpose", "car", "passengers", "leaves_on",
                                                                "returned_on", "distance", "fuel"}));
    EXPECT_EQ(described.string("/fields/2/choices/1/label"), "Xe 29 chỗ");
    EXPECT_EQ(described.string("/form/0/label"), "Chuyến đi");
    EXPECT_EQ(described.number("/form/0/columns"), 3);
    EXPECT_EQ(described.string("/states/1/label"), "Đã duyệt");
    EXPECT_EQ(described.string("/book/field"), "number");
    EXPECT_TRUE(described.at("/may/create").as_bool());
    EXPECT_FALSE(as("leader").get(path).at("/may/create").as_bool());
    EXPECT_THAT(field_codes(as("leader").get(path)), testing::Contains("remark"));
    EXPECT_THAT(as("handler").get("/api/registers").text, HasSubstr("Lệnh điều xe"));
}

TEST_P(OutsideRegister, RefusesWrongFieldsByName) {
    struct Wrong {
        const char* field;
        boost::json::value sent;
        const char* code;
    };
    const Wrong cases[] = {{"purpose", nullptr, "records.required"},
                           {"purpose", boost::json::string(81, 'x'), "records.too_long"},
                           {"car", "tank", "records.no_such_choice"},
                           {"passengers", 0, "records.too_small"},
                           {"passengers", 30, "records.too_big"},
                           {"passengers", "bốn", "records.bad_whole_number"},
                           {"passengers", "1.5", "records.bad_whole_number"},
                           {"passengers", 1.5, "records.bad_whole_number"},
                           {"distance", "xa", "records.bad_number"},
                           {"leaves_on", "2026-02-29", "records.bad_date"},
                           {"returned_on", "2026-08-23", "records.declared"},
                           {"distance", "1.25", "records.too_many_digits"},
                           {"wheel", 4, "records.unknown_field"}};
    for (const Wrong& each : cases) {
        object values = order();
        values[each.field] = each.sent;
        const Answer answer = ask_for("handler", values);
        EXPECT_THAT(answer, Refused(422, each.code)) << each.field;
        EXPECT_EQ(answer.string("/error/field"), each.field);
    }
    const Answer checked =
        as("handler").post(std::string(path) + "/check", {{"values", {{"purpose", "x"}, {"distance", "120.5"}}}});
    EXPECT_EQ(checked.size("/errors"), 3u);
    EXPECT_EQ(checked.string("/computed/fuel"), "12.05");
    EXPECT_THAT(ask_for("auditor", order()), Refused(403, "records.may_not_create"));
    EXPECT_EQ(as("handler").get(records_path).size("/items"), 0u);
}

TEST_P(OutsideRegister, GoesFromAskedToOver) {
    Answer full = ask_for("handler", order("Đưa đoàn đông", "seven", 9));
    const Answer first = ask_for("handler", order());
    ASSERT_THAT(first, Status(201));
    EXPECT_EQ(first.string("/shown/car"), "Xe 7 chỗ");
    EXPECT_THAT(act("handler", first, "approve"), Refused(403, "records.may_not_act"));
    const Answer guarded = act("leader", full, "approve");
    EXPECT_THAT(guarded, Refused(409, "records.declared"));
    EXPECT_THAT(guarded.text, HasSubstr("Xe 7 chỗ không chở quá 7 người."));
    EXPECT_EQ(act("leader", first, "approve").string("/values/number"), "001/2026/LĐX");
    full = as("handler").put(at(full), {{"version", 1}, {"values", {{"car", "bus"}}}});
    EXPECT_EQ(act("leader", full, "approve").string("/values/number"), "002/2026/LĐX") << "the refused one took none";

    Answer approved = as("handler").get(at(first));
    EXPECT_THAT(act("handler", approved, "finish"), Refused(422, "records.required"));
    const Answer over = act("handler", approved, "finish", {{"returned_on", "2026-08-25"}, {"distance", "80.0"}});
    ASSERT_THAT(over, Status(200));
    EXPECT_EQ(over.string("/state/label"), "Đã xong");
    EXPECT_EQ(over.string("/values/fuel"), "8.00");
    EXPECT_EQ(over.string("/title"), "Đi khảo sát (001/2026/LĐX)");
    EXPECT_THAT(as("handler").put(at(over), {{"version", over.number("/version")}, {"values", {{"purpose", "khác"}}}}),
                Refused(403, "records.may_not_edit"));

    const Answer history = as("leader").get(at(first, "/history"));
    EXPECT_THAT(history.text, HasSubstr("record.created"));
    EXPECT_THAT(history.text, HasSubstr("Quãng đường (km)"));
}

TEST_P(OutsideRegister, IsListedFilteredSearchedAndExported) {
    ASSERT_THAT(ask_for("handler", order("Khảo sát đường đèo")), Status(201));
    ASSERT_THAT(ask_for("handler", order("Họp giao ban", "bus", 20)), Status(201));
    ASSERT_THAT(ask_for("other_handler", order("Việc của tổng cục")), Status(201));
    const std::string list(records_path);
    const auto titles = [&](const std::string& query) {
        std::string all;
        const Answer rows = as("leader").get(list + query);
        for (std::size_t i = 0; i < rows.size("/items"); ++i)
            all += rows.string("/items/" + std::to_string(i) + "/values/purpose") + ";";
        return all;
    };
    EXPECT_EQ(titles("?order=purpose"), "Họp giao ban;Khảo sát đường đèo;");
    EXPECT_EQ(titles("?order=-passengers"), "Họp giao ban;Khảo sát đường đèo;");
    EXPECT_EQ(titles("?car=seven"), "Khảo sát đường đèo;");
    EXPECT_EQ(titles("?q=duong+deo"), "Khảo sát đường đèo;");
    EXPECT_EQ(titles("?filter=" + http::percent_encoded("passengers > 10")), "Họp giao ban;");
    EXPECT_EQ(titles("?queue=to_approve&order=purpose"), "Họp giao ban;Khảo sát đường đèo;");
    EXPECT_EQ(titles("?state=over"), "");
    EXPECT_EQ(as("leader").get(list).number("/count/number"), 2);
    EXPECT_THAT(as("handler").get(list + "?filter=" + http::percent_encoded("remark != null")),
                Refused(422, "records.unknown_field"));

    // The figure over the leader's remark is not for the handler.
    EXPECT_EQ(as("leader").get(std::string(path) + "/counters").size("/counters"), 2u);
    EXPECT_EQ(as("handler").get(std::string(path) + "/counters").size("/counters"), 1u);
    EXPECT_EQ(as("handler").get(std::string(path) + "/counters?on=2026-08-23").number("/counters/0/value"), 0);
    EXPECT_EQ(as("handler").get(std::string(path) + "/counters?on=2026-08-24").number("/counters/0/value"), 2);

    EXPECT_THAT(as("leader").get("/api/search?q=duong+deo").text, HasSubstr("Lệnh điều xe"));
    EXPECT_EQ(as("other_handler").get("/api/search?q=duong+deo").size("/items"), 0u);
    const Answer csv = as("leader").get(std::string(path) + "/export?format=csv");
    EXPECT_THAT(csv.text, HasSubstr("Mục đích"));
    EXPECT_THAT(csv.text, HasSubstr("Họp giao ban"));
    EXPECT_THAT(csv.text, Not(HasSubstr("tổng cục")));
    EXPECT_THAT(as("handler").get(std::string(path) + "/export?format=csv").text, Not(HasSubstr("Nhận xét")));

    const Answer sheet = as("leader").get(std::string(path) + "/export?format=xlsx");
    ASSERT_THAT(sheet, Status(200));
    const auto read = paper::office::xlsx_text(sheet.text, {});
    ASSERT_TRUE(read) << told(read);
    EXPECT_THAT(read->text, HasSubstr("Khảo sát đường đèo"));
    EXPECT_THAT(read->text, Not(HasSubstr("tổng cục")));
}

TEST_P(OutsideRegister, AnOldRecordKeepsItsFormWhenTheDeclarationChanges) {
    const Answer old = ask_for("handler", order("Chuyến đi cũ"));
    ASSERT_THAT(old, Status(201));
    ASSERT_NO_FATAL_FAILURE(
        take(congvu::test::driving_orders_later(),
             "- {purpose: Đi cơ sở, car: seven, passengers: 4, leaves_on: 2026-08-20, driver: Lái}"));
    const auto again = registers::add_folder(db(), folder());
    ASSERT_TRUE(again) << told(again);
    EXPECT_EQ(again->registers, 0) << "the same text changes nothing";

    const Answer now = as("leader").get(path);
    EXPECT_EQ(now.number("/version"), 2);
    EXPECT_THAT(field_codes(now), testing::Contains("driver"));
    EXPECT_THAT(field_codes(now), Not(testing::Contains("remark")));
    EXPECT_EQ(now.string("/fields/7/label"), "Nhiên liệu (lít)");
    const Answer before = as("leader").get(std::string(path) + "?version=1");
    EXPECT_EQ(before.number("/version"), 1);
    EXPECT_THAT(field_codes(before), testing::Contains("remark"));
    EXPECT_THAT(field_codes(before), Not(testing::Contains("driver")));
    EXPECT_EQ(before.string("/fields/7/label"), "Định mức nhiên liệu");
    EXPECT_THAT(as("leader").get(std::string(path) + "?version=3"), Refused(404, "registry.no_version"));

    // A new record is asked for its driver; the old one is read, changed and finished on the form it was made with.
    EXPECT_EQ(ask_for("handler", order()).string("/error/field"), "driver");
    object values = order("Chuyến đi mới");
    values["driver"] = "Ông Tài";
    EXPECT_EQ(ask_for("handler", values).number("/form_version"), 2);
    Answer record = as("handler").get(at(old));
    EXPECT_EQ(record.number("/form_version"), 1);
    record = as("handler").put(at(record), {{"version", 1}, {"values", {{"passengers", 5}}}});
    ASSERT_THAT(record, Status(200));
    EXPECT_THAT(as("handler").put(at(record), {{"version", 2}, {"values", {{"driver", "Ông Tài"}}}}),
                Refused(422, "records.unknown_field"));
    record = act("leader", record, "approve", {{"remark", "Đúng giờ."}});
    ASSERT_THAT(record, Status(200));
    EXPECT_EQ(record.string("/values/remark"), "Đúng giờ.");
    EXPECT_EQ(as("leader").get(records_path).size("/items"), 2u) << "both stand in one list";
}

TEST_P(OutsideRegister, ListsGoByAChangedTypeForOldRecordsToo) {
    const Answer four = ask_for("handler", order("Bốn người", "bus", 4));
    const Answer five = ask_for("handler", order("Năm người", "bus", 5));
    ASSERT_THAT(five, Status(201));
    const Answer approved = act("leader", five, "approve", {{"remark", "Được"}});
    ASSERT_THAT(approved, Status(200));
    ASSERT_NO_FATAL_FAILURE(take(congvu::test::driving_orders_retyped(),
                                 "- {purpose: Đi cơ sở, car: seven, passengers: 4.5, leaves_on: 2026-08-20}"));
    EXPECT_THAT(says_,
                testing::ElementsAre(HasSubstr("2 giá trị đã có được chuyển"),
                                     testing::AllOf(HasSubstr("Nhận xét"), HasSubstr("1 giá trị không đổi được")),
                                     testing::AllOf(HasSubstr("“Đã duyệt”"), HasSubstr("1 hồ sơ"))));
    const std::string list(records_path);
    const auto titles = [&](const std::string& query) {
        std::string all;
        const Answer rows = as("leader").get(list + query);
        for (std::size_t i = 0; i < rows.size("/items"); ++i) {
            const std::string item = "/items/" + std::to_string(i);
            all += rows.string(item + "/shown/purpose") + " " + rows.string(item + "/shown/passengers") + " " +
                   rows.string(item + "/shown/car") + " " + rows.string(item + "/state/label") + ";";
        }
        return all;
    };
    EXPECT_EQ(titles("?order=passengers"), "Bốn người 4,0 Xe 29 chỗ Đề nghị;Năm người 5,0 Xe 29 chỗ Đã duyệt;");
    EXPECT_EQ(titles("?queue=many"), "Năm người 5,0 Xe 29 chỗ Đã duyệt;");
    EXPECT_EQ(titles("?state=approved"), "Năm người 5,0 Xe 29 chỗ Đã duyệt;");
    EXPECT_EQ(titles("?filter=" + http::percent_encoded("passengers < 4.5")), "Bốn người 4,0 Xe 29 chỗ Đề nghị;");
    EXPECT_EQ(as("leader").get(at(five)).string("/shown/passengers"), "5") << "the form is its own";
    EXPECT_EQ(as("leader").get(at(five)).string("/shown/remark"), "Được");
    const Answer csv = as("leader").get(std::string(path) + "/export?format=csv");
    EXPECT_THAT(csv.text, HasSubstr("5.0"));
    EXPECT_THAT(csv.text, HasSubstr("Đã duyệt"));
    EXPECT_THAT(as("leader").get("/api/search?q=nam+nguoi").text, HasSubstr("Đã duyệt"));

    // What is changed on the old form is what lists read.
    Answer changed = as("handler").get(at(four));
    changed = as("handler").put(at(four), {{"version", changed.number("/version")}, {"values", {{"passengers", 6}}}});
    ASSERT_THAT(changed, Status(200));
    EXPECT_EQ(titles("?queue=many&order=passengers"),
              "Năm người 5,0 Xe 29 chỗ Đã duyệt;Bốn người 6,0 Xe 29 chỗ Đề nghị;");
}

TEST_P(OutsideRegister, WhoMayReadIsTheNewestVersionsToSayOfOldRecordsToo) {
    const Answer made = ask_for("handler", order("Đi khảo sát bí ẩn"));
    ASSERT_THAT(made, Status(201));
    ASSERT_THAT(act("leader", made, "approve", {{"remark", "Nhận xét riêng"}}), Status(200));
    const std::string list(records_path);
    const auto listed = [&](const std::string& who) { return as(who).get(list).size("/items"); };
    const auto found = [&](const std::string& who) { return as(who).get("/api/search?q=kh%E1%BA%A3o").size("/items"); };
    ASSERT_EQ(listed("head"), 1u);
    ASSERT_EQ(found("head"), 1u);
    ASSERT_EQ(as("leader").get(at(made)).string("/shown/remark"), "Nhận xét riêng");

    // The unit sees it no more, unless its number of kilometres, which the old form hasn't, says so; the car and the
    // purpose are the leader's alone.
    std::string tightened =
        congvu::test::replaced(congvu::test::driving_orders, "see: [creator, leader in agency, unit]",
                               "see: [creator, leader in agency, {who: unit, when: weight > 3}]");
    tightened =
        congvu::test::replaced(tightened, "  remark: {type: text, visible_to: [leader], vi: Nhận xét của lãnh đạo}",
                               "  remark: {type: text, visible_to: [leader], vi: Nhận xét của lãnh đạo}\n"
                               "  weight: {type: integer, min: 0, vi: Tải trọng}");
    tightened =
        congvu::test::replaced(tightened, "  car: {type: choice,", "  car: {type: choice, visible_to: [leader],");
    ASSERT_NO_FATAL_FAILURE(take(tightened));
    EXPECT_EQ(listed("head"), 0u);
    EXPECT_EQ(found("head"), 0u);
    EXPECT_THAT(as("head").get(at(made)), Status(404));
    EXPECT_EQ(listed("handler"), 1u) << "who made it sees it";
    EXPECT_EQ(as("handler").get(at(made)).at("/shown/car"), nullptr);
    EXPECT_THAT(as("handler").get(at(made, "/history")).text, Not(HasSubstr("seven")));
    EXPECT_THAT(as("handler").get(at(made, "/history")).text, Not(HasSubstr("Xe 7 chỗ")));
    EXPECT_EQ(as("leader").get(at(made)).string("/shown/car"), "Xe 7 chỗ");
    // Kept again on its old form, it stays so.
    const Answer now = as("handler").get(at(made));
    ASSERT_THAT(as("handler").put(at(made), {{"version", now.number("/version")}, {"values", {{"distance", "12.5"}}}}),
                Status(200));
    EXPECT_EQ(listed("head"), 0u);

    ASSERT_NO_FATAL_FAILURE(take(congvu::test::driving_orders));
    EXPECT_EQ(listed("head"), 1u);
    EXPECT_EQ(found("head"), 1u);
    EXPECT_EQ(as("handler").get(at(made)).string("/shown/car"), "Xe 7 chỗ");
}

TEST_P(OutsideRegister, WhatIsSearchedFollowsWhoMayReadIt) {
    ASSERT_THAT(ask_for("handler", order("Đi khảo sát")), Status(201));
    const auto found = [&](const std::string& who) { return as(who).get("/api/search?q=kh%E1%BA%A3o").size("/items"); };
    std::string titled = congvu::test::replaced(
        congvu::test::driving_orders, "called: purpose + \" (\" + coalesce(number, \"\") + \")\"", "called: number");
    ASSERT_NO_FATAL_FAILURE(take(titled));
    const Answer second = ask_for("handler", order("Đi khảo sát"));
    ASSERT_THAT(second, Status(201));
    ASSERT_EQ(found("handler"), 2u);
    ASSERT_NO_FATAL_FAILURE(
        take(congvu::test::replaced(titled, "purpose: {type: text,", "purpose: {type: text, visible_to: [leader],")));
    EXPECT_EQ(found("handler"), 1u) << "the title of the first has the words in it; the second's are its purpose's";
    ASSERT_NO_FATAL_FAILURE(take(titled));
    EXPECT_EQ(found("handler"), 2u);
}

TEST_P(OutsideRegister, IsExportedAsTheListShowsIt) {
    const Answer asked = ask_for("handler", order("Đi họp"));
    ASSERT_THAT(asked, Status(201));
    const std::string base = std::string(path) + "/export?format=csv";
    const auto first_line = [&](const std::string& query) {
        const std::string text = as("handler").get(base + query).text;
        return text.substr(0, text.find('\r'));
    };
    EXPECT_THAT(first_line(""), testing::EndsWith("Số lệnh,Mục đích,Xe,Số người,Ngày đi,Trạng thái"));
    EXPECT_THAT(first_line("&columns=title,holder,due,created_at,updated_at"),
                testing::EndsWith("Tên,Người đang giữ,Hạn xử lý,Ngày tạo,Sửa lần cuối"));
    EXPECT_THAT(first_line("&columns=car,state,purpose"), testing::EndsWith("Xe,Trạng thái,Mục đích"));
    EXPECT_THAT(first_line("&columns=holder"), Not(HasSubstr(",")));
    EXPECT_THAT(as("handler").get(base + "&columns=title,created_at").text, HasSubstr("Đi họp ()"));
    for (const char* unknown : {"wheel", "remark", "title,,car"})
        EXPECT_THAT(as("handler").get(base + "&columns=" + unknown), Refused(422, "registry.unknown_column"))
            << unknown;
    EXPECT_THAT(as("handler").get(std::string(path) + "/export?format=pdf&columns=title,holder,due"), Status(200));
}

}  // namespace
