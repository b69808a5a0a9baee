#include <fstream>
#include <set>
#include <sstream>
#include <thread>

#include "core/journal/verify.h"
#include "http/test_server.h"
#include "tests/faults/real_server.h"

// Every route of the program's own table is asked with everything that is wrong, over the socket: the answer is a
// refusal in words or a right answer, never a fault of the server, and nothing half done stays behind.
namespace congvu::test {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

std::string deep(std::size_t levels) {
    return std::string(levels, '[') + std::string(levels, ']');
}

class Hostile : public WholeServer {
  protected:
    void SetUp() override {
        WholeServer::SetUp();
        if (IsSkipped()) return;
        Process table({"openapi"}, log());
        std::string text;
        for (std::string line = table.line(); !line.empty(); line = table.line()) text += line + "\n";
        api_ = boost::json::parse(text).as_object();
        ASSERT_GT(api_.at("paths").as_object().size(), 50U);
        ASSERT_NO_FATAL_FAILURE(serve());
        // A record with a step and a file, so that some of what is asked for is there.
        Visitor clerk = as("vanthu");
        const Reply file = clerk.upload("mau.txt", "mẫu");
        const Reply made =
            clerk.post("/api/registers/incoming/records",
                       {{"values", {{"sender", "Nơi gửi"}, {"notation", "1/CV"}, {"subject", "V/v mẫu"}}},
                        {"files", array{object{{"file", file.number("/id")}}}}});
        ASSERT_EQ(made.status, 201) << made.text;
        right_ = {{"record", std::to_string(made.number("/id"))},
                  {"file", std::to_string(file.number("/id"))},
                  {"register", "incoming"},
                  {"action", "register"},
                  {"list", "urgencies"},
                  {"year", "2026"},
                  {"date", "2026-08-25"},
                  {"page", "1"}};
    }
    /// One request; the answer is never a fault of the server.
    Reply ask(Visitor& visitor, const std::string& method, const std::string& target, const std::string& body = "",
              const std::vector<std::pair<std::string, std::string>>& headers = {}) {
        static const std::map<std::string, http::Method> methods{{"get", http::Method::get},
                                                                 {"post", http::Method::post},
                                                                 {"put", http::Method::put},
                                                                 {"delete", http::Method::del}};
        const Reply reply = visitor.send(methods.at(method), target, body, headers);
        ++asked_;
        const std::string what = method + " " + target.substr(0, 200) + " " + body.substr(0, 300);
        if (reply.status == 0 || reply.status >= 500) {
            ADD_FAILURE() << what << " → " << reply.status << " " << reply.text.substr(0, 300);
        } else if (reply.status >= 400) {
            EXPECT_FALSE(reply.string("/error/message").empty()) << what << " → " << reply.status << reply.text;
        }
        if (!server().is_alive()) ADD_FAILURE() << "the server died of " << what;
        return reply;
    }
    std::string filled(std::string path, const std::string& name = "", const std::string& bad = "") const {
        for (std::size_t at = 0; (at = path.find('{', at)) != std::string::npos;) {
            const std::size_t end = path.find('}', at);
            const std::string each = path.substr(at + 1, end - at - 1);
            const auto right = right_.find(each);
            const std::string put = each == name ? bad : right == right_.end() ? "1" : right->second;
            path.replace(at, end - at + 1, put);
            at += put.size();
        }
        return path;
    }
    /// Every route but those that would end the sessions the test asks with.
    void each_route(
        const std::function<void(const std::string& method, const std::string& path, const object& route)>& visit) {
        static const std::set<std::string> left_alone{"delete /api/session", "get /api/events"};
        for (const auto& [path, methods] : api_.at("paths").as_object())
            for (const auto& [method, route] : methods.as_object())
                if (!left_alone.contains(std::string(method) + " " + std::string(path)))
                    visit(std::string(method), std::string(path), route.as_object());
    }
    const object& resolved(const object& schema) const {
        const auto* reference = schema.if_contains("$ref");
        if (!reference) return schema;
        const std::string name(reference->as_string());
        return api_.at("components").at("schemas").at(name.substr(name.rfind('/') + 1)).as_object();
    }
    /// A value of the right type.
    value plausible(const object& raw, int depth = 0) const {
        const object& schema = resolved(raw);
        const auto* type = schema.if_contains("type");
        const std::string kind = type && type->is_string() ? std::string(type->as_string()) : "object";
        if (kind == "string") {
            const auto* format = schema.if_contains("format");
            return format && *format == "date" ? value("2026-12-01") : value("x");
        }
        if (kind == "integer" || kind == "number") return 1;
        if (kind == "boolean") return false;
        if (kind == "array") return array();
        object made;
        if (const auto* properties = schema.if_contains("properties"); properties && depth < 4)
            for (const auto& [name, each] : properties->as_object())
                made[name] = plausible(each.as_object(), depth + 1);
        return made;
    }
    const object* body_of(const object& route) const {
        const auto* body = route.if_contains("requestBody");
        if (!body) return nullptr;
        const auto& content = body->at("content").as_object();
        const auto* json = content.if_contains("application/json");
        return json ? &json->at("schema").as_object() : nullptr;
    }
    /// Every parameter the route takes, some fields where those of a register are taken, and one that no route takes.
    static std::vector<std::string> queries_of(const object& route) {
        std::vector<std::string> names{"language", "unknown"};
        for (const value& each : route.at("parameters").as_array()) {
            const auto* where = each.as_object().if_contains("in");
            if (!where || *where != "query") continue;
            const std::string name(each.at("name").as_string());
            if (name == "fields")
                names.insert(names.end(), {"subject", "notation", "arrived_on"});
            else
                names.push_back(name);
        }
        return names;
    }
    std::vector<std::string> logins() const { return {"vanthu", "quantri"}; }
    void look_at_store() {
        const auto database = store();
        const auto opened = database->read();
        static const char* nothing[] = {
            "select count(*) from r_incoming x where not exists (select 1 from record r where r.id = x.record_id)",
            "select count(*) from record r where not exists (select 1 from journal_entry e where e.record_id = r.id "
            "and "
            "e.action = 'record.created')",
            "select count(*) from record r where not exists (select 1 from record_grant g where g.record_id = r.id)",
            "select count(*) from number_book b where b.last - b.first + 1 <> (select count(*) from number_taken t "
            "where "
            "t.book_id = b.id and t.number between b.first and b.last)"};
        for (const char* sql : nothing) {
            const auto row = (*opened)->row(db::Sql{"test.nothing", sql});
            ASSERT_TRUE(row) << told(row);
            EXPECT_EQ((*row)->integer(0), 0) << sql;
        }
        const auto report = journal::verify(*database);
        ASSERT_TRUE(report) << told(report);
        EXPECT_FALSE(report->fault) << told(*report->fault);
    }

    object api_;
    std::map<std::string, std::string> right_;
    int asked_ = 0;
};
CONGVU_BOTH_ENGINES(Hostile);

TEST_P(Hostile, PlacesAndQueries) {
    const std::string bad[] = {"0",
                               "-1",
                               "9223372036854775807",
                               "99999999999999999999999",
                               "abc",
                               "%00",
                               "%FF%FE",
                               "..%2F..%2Fetc",
                               "%27%20or%201=1--",
                               "1.5",
                               "%E2%80%AEfdp",
                               std::string(3'000, 'a')};
    for (const std::string& login : logins()) {
        Visitor visitor = as(login);
        each_route([&](const std::string& method, const std::string& path, const object& route) {
            for (std::size_t at = 0; (at = path.find('{', at)) != std::string::npos; ++at) {
                const std::string name = path.substr(at + 1, path.find('}', at) - at - 1);
                for (const std::string& each : bad) {
                    const object* schema = body_of(route);
                    const std::string body = schema ? boost::json::serialize(plausible(*schema)) : "";
                    ask(visitor, method, filled(path, name, each), body);
                }
            }
            if (method != "get" || login != "vanthu") return;
            for (const std::string& query : queries_of(route))
                for (const std::string& each : bad) ask(visitor, method, filled(path) + "?" + query + "=" + each);
        });
    }
    std::printf("%d requests\n", asked_);
    look_at_store();
}

TEST_P(Hostile, Bodies) {
    const value bad[] = {value(nullptr),
                         value(true),
                         value(-1),
                         value(INT64_MAX),
                         value(INT64_MIN),
                         value(1e308),
                         value(1.5),
                         value(""),
                         value("../../etc/passwd"),
                         value(std::string("a\0b", 3)),
                         value(std::string(100'000, 'a')),
                         value("\u202e\u0007"),
                         value("9999-99-99"),
                         value(array{1, "x"}),
                         value(object{{"a", 1}}),
                         value(array(600, value(1))),
                         value(array{object{{"kind", "post"}, {"id", -5}}})};
    const std::string garbage[] = {"{",
                                   "[]",
                                   "\"x\"",
                                   "null",
                                   "17",
                                   "{\"a\":}",
                                   "{\"a\":\"\xff\xfe\"}",
                                   "{\"a\":\"\\ud800\"}",
                                   deep(5'000),
                                   "{\"a\":" + deep(40) + "}",
                                   std::string("\0\0\0", 3),
                                   "{\"a\":1,\"a\":2}",
                                   "{\"version\":1e400}"};
    for (const std::string& login : logins()) {
        Visitor visitor = as(login);
        each_route([&](const std::string& method, const std::string& path, const object& route) {
            const object* schema = body_of(route);
            if (!schema) return;
            const std::string target = filled(path);
            const bool is_any = resolved(*schema).if_contains("properties") == nullptr;
            for (const std::string& each : garbage) {
                const Reply reply = ask(visitor, method, target, each);
                EXPECT_TRUE(reply.status >= 400 || is_any) << method << " " << path << " took " << each.substr(0, 60);
            }
            EXPECT_GE(ask(visitor, method, target, "{\"x\":\"" + std::string(3'000'000, 'x') + "\"}").status, 400)
                << path;
            if (is_any) return;
            const object whole = plausible(*schema).as_object();
            for (const auto& [name, unused] : whole) {
                object without = whole;
                without.erase(name);
                ask(visitor, method, target, boost::json::serialize(without));
                for (const value& each : bad) {
                    object wrong = whole;
                    wrong[name] = each;
                    ask(visitor, method, target, boost::json::serialize(wrong));
                }
            }
        });
    }
    std::printf("%d requests\n", asked_);
    look_at_store();
}

TEST_P(Hostile, FieldsOfEveryRegister) {
    const value bad[] = {value(true),
                         value(-1),
                         value(INT64_MAX),
                         value(1e308),
                         value(1.5),
                         value("../../etc/passwd"),
                         value(std::string("a\0b", 3)),
                         value(std::string(200'000, 'a')),
                         value("\u202e\u0007"),
                         value("2026-02-30"),
                         value("99:99"),
                         value("1e9"),
                         value("99999999999999999999999999"),
                         value(array{1, "x"}),
                         value(object{{"a", 1}})};
    Visitor reader = as("vanthu");
    const Reply registers = reader.get("/api/registers");
    ASSERT_GE(registers.size(), 10U);
    int taken = 0;
    for (std::size_t i = 0; i < registers.size(); ++i) {
        const std::string code = registers.string("/" + std::to_string(i) + "/code");
        const std::string base = "/api/registers/" + code;
        // Whoever of the sample accounts may change a record of this register.
        Reply kept;
        std::string keeper = "vanthu";
        for (const char* login : {"vanthu", "so.cntt", "so.tccb", "banchidao", "lanhdao", "truong.pc", "cv.pc1"}) {
            Visitor someone = as(login);
            const Reply listed = someone.get(base + "/records?limit=50");
            for (std::size_t k = 0; k < listed.size("/items") && kept.number("/id") == 0; ++k) {
                const std::string number = std::to_string(listed.number("/items/" + std::to_string(k) + "/id"));
                const Reply one = someone.get("/api/records/" + number);
                if (one.at("/may/edit") == value(true)) kept = one, keeper = login;
            }
            if (kept.number("/id") != 0) break;
        }
        Visitor visitor = as(keeper);
        const Reply declared = visitor.get(base);
        EXPECT_NE(kept.number("/id"), 0) << "nobody edits " << code;
        const std::string at = "/api/records/" + std::to_string(kept.number("/id"));
        for (std::size_t k = 0; k < declared.size("/fields"); ++k) {
            const std::string field = declared.string("/fields/" + std::to_string(k) + "/code");
            for (const value& each : bad) {
                const std::string body = boost::json::serialize(object{{"values", object{{field, each}}}});
                ask(visitor, "post", base + "/records", body);
                ask(visitor, "post", base + "/check", body);
                // On a record that is otherwise right, so that the value itself comes as far as it can.
                if (kept.number("/id") == 0) continue;
                const Reply changed = ask(visitor, "put", at,
                                          boost::json::serialize(object{{"version", kept.number("/version")},
                                                                        {"values", object{{field, each}}}}));
                if (changed.status == 200) kept = changed, ++taken;
            }
            for (const char* text : {"%00", "abc", "-1", "99999999999999999999", "2026-02-30", "%F0%9F%98%80"})
                ask(visitor, "get", base + "/records?" + field + "=" + text);
            ask(visitor, "get", base + "/records?order=-" + field);
        }
        for (const char* filter :
             {"1 == 1", "subject == \"a", "exists(", "((((((((((", "1/0 == 1", "drop table record", "state == 5"}) {
            ask(visitor, "post", base + "/filters",
                boost::json::serialize(
                    object{{"name", "x"}, {"shared", false}, {"content", object{{"filter", filter}}}}));
        }
    }
    std::printf("%d requests, %d values taken\n", asked_, taken);
    EXPECT_GT(taken, 20) << "some of what looks wrong is right for a text";
    look_at_store();
}

TEST_P(Hostile, Headers) {
    Visitor visitor = as("vanthu");
    const std::string create = "/api/registers/incoming/records";
    const std::string body =
        boost::json::serialize(object{{"values", object{{"sender", "A"}, {"subject", "B"}, {"notation", "2/CV"}}}});
    for (const std::string& key :
         {std::string(101, 'k'), std::string("\xff\xfe"), std::string("khóa"), std::string("a b")})
        EXPECT_EQ(ask(visitor, "post", create, body, {{"Idempotency-Key", key}}).status, 422) << key;
    const Reply first = ask(visitor, "post", create, body, {{"Idempotency-Key", "k1"}});
    EXPECT_EQ(first.status, 201) << first.text;
    EXPECT_EQ(ask(visitor, "post", create, body, {{"Idempotency-Key", "k1"}}).text, first.text);
    const Reply other = ask(visitor, "post", create, "{\"values\":{}}", {{"Idempotency-Key", "k1"}});
    EXPECT_EQ(other.status, 409);
    EXPECT_EQ(other.string("/error/code"), "service.key_used_for_another");
    for (const char* name : {"%00", "..%2f..%2fetc%2fpasswd", "%FF", "CON", "%E2%80%AEfdp.exe", "%", ""}) {
        const Reply reply = ask(visitor, "post", "/api/files", "bytes", {{"X-File-Name", name}});
        EXPECT_TRUE(reply.status != 201 || reply.string("/name") == "passwd") << name;
    }
    EXPECT_EQ(ask(visitor, "post", "/api/files", "bytes", {{"X-File-Name", std::string(2'000, 'a')}}).status, 422);
    // An edit of something older is told how it is now.
    const std::string at = "/api/records/" + std::to_string(first.number("/id"));
    const Reply changed = visitor.put(at, {{"version", first.number("/version")}, {"values", {{"note", "một"}}}});
    ASSERT_EQ(changed.status, 200) << changed.text;
    const Reply late = visitor.put(at, {{"version", first.number("/version")}, {"values", {{"note", "hai"}}}});
    EXPECT_EQ(late.status, 409);
    EXPECT_EQ(late.string("/current/values/note"), "một") << late.text;
    EXPECT_EQ(late.number("/current/version"), changed.number("/version"));
}

TEST_P(Hostile, TwoAtOnce) {
    Visitor clerk = as("vanthu");
    const auto both = [&](auto one, auto other) {
        Reply first, second;
        std::thread thread([&] { first = one(as("vanthu")); });
        second = other(as("vanthu"));
        thread.join();
        return std::pair(first, second);
    };
    for (int i = 0; i < 10; ++i) {
        const object values{{"values", object{{"sender", "A"},
                                              {"subject", "V/v " + std::to_string(i)},
                                              {"notation", std::to_string(i) + "/HC"}}}};
        const auto make = [&](Visitor visitor) {
            return visitor.post("/api/registers/incoming/records", values, "two-" + std::to_string(i));
        };
        const auto [one, again] = both(make, make);
        ASSERT_EQ(one.status, 201) << one.text;
        EXPECT_EQ(one.text, again.text) << "the same request twice";
        const std::string at = "/api/records/" + std::to_string(one.number("/id")) + "/actions/register";
        const auto take = [&](Visitor visitor) { return visitor.post(at, object{{"version", 1}}); };
        const auto [taken, refused] = both(take, take);
        EXPECT_EQ(std::min(taken.status, refused.status), 200);
        EXPECT_EQ(std::max(taken.status, refused.status), 409) << taken.text << refused.text;
        // Two records at once: two numbers, one after the other.
        std::string next[2];
        for (int k = 0; k < 2; ++k) {
            object more = values;
            more["values"].as_object()["subject"] = "V/v " + std::to_string(i) + " " + std::to_string(k);
            next[k] = "/api/records/" +
                      std::to_string(clerk.post("/api/registers/incoming/records", more).number("/id")) +
                      "/actions/register";
        }
        const auto [left, right] = both([&](Visitor visitor) { return visitor.post(next[0], object{{"version", 1}}); },
                                        [&](Visitor visitor) { return visitor.post(next[1], object{{"version", 1}}); });
        const int a = std::atoi(left.string("/values/arrival_number").c_str()),
                  b = std::atoi(right.string("/values/arrival_number").c_str());
        EXPECT_EQ(std::abs(a - b), 1) << left.text << right.text;
    }
    look_at_store();
}

TEST_P(Hostile, UploadsThatNeverCome) {
    const std::string signed_in = "Cookie: " + session("vanthu").cookie +
                                  "\r\nX-CSRF-Token: " + session("vanthu").csrf + "\r\nX-File-Name: a.pdf\r\n";
    for (int i = 0; i < 5; ++i) {
        http::test::RawSocket socket(port());
        socket.send("POST /api/files HTTP/1.1\r\nHost: congvu.test\r\nContent-Length: 9000000\r\n" + signed_in +
                    "\r\n");
        socket.send(std::string(1'500'000, 'x'));
    }
    http::test::RawSocket huge(port());
    huge.send("POST /api/files HTTP/1.1\r\nHost: congvu.test\r\nContent-Length: 4294967297\r\n" + signed_in + "\r\n");
    EXPECT_TRUE(huge.answer().starts_with("HTTP/1.1 413 "));
    http::test::RawSocket json(port());
    json.send("POST /api/registers/incoming/records HTTP/1.1\r\nHost: congvu.test\r\nContent-Length: 4294967296\r\n" +
              signed_in + "\r\n");
    EXPECT_TRUE(json.answer().starts_with("HTTP/1.1 413 "));
    EXPECT_EQ(left_in_spool(), "");
}

TEST_P(Hostile, FilesThatHurtTheirReaders) {
    const std::filesystem::path samples = std::filesystem::path(CONGVU_SAMPLES) / "bad";
    Visitor clerk = as("vanthu");
    std::map<std::int64_t, std::string> sent;
    for (const auto& entry : std::filesystem::directory_iterator(samples)) {
        std::ifstream in(entry.path(), std::ios::binary);
        std::stringstream bytes;
        bytes << in.rdbuf();
        const Reply file = clerk.upload(entry.path().filename().string(), bytes.str());
        ASSERT_EQ(file.status, 201) << entry.path() << file.text;
        sent[file.number("/id")] = entry.path().filename().string();
    }
    array files;
    for (const auto& [id, name] : sent) files.push_back(object{{"file", id}});
    const Reply made =
        clerk.post("/api/registers/incoming/records",
                   {{"values", {{"sender", "A"}, {"subject", "Tệp lạ"}, {"notation", "9/CV"}}}, {"files", files}});
    ASSERT_EQ(made.status, 201) << made.text;
    // Each is read by a helper in its turn: kept, and marked when it can't be read.
    Reply record;
    bool all_read = false;
    for (int i = 0; i < 100'000 && !all_read; ++i) {
        record = clerk.get("/api/records/" + std::to_string(made.number("/id")));
        all_read = true;
        for (std::size_t k = 0; k < record.size("/files"); ++k)
            if (record.string("/files/" + std::to_string(k) + "/state") == "stored") all_read = false;
    }
    EXPECT_TRUE(all_read) << record.text;
    for (std::size_t k = 0; k < record.size("/files"); ++k) {
        const std::string at = "/files/" + std::to_string(k);
        const std::string state = record.string(at + "/state");
        EXPECT_TRUE(state != "unreadable" || !record.string(at + "/reason").empty()) << record.string(at + "/name");
        const std::string file = "/api/files/" + std::to_string(record.number(at + "/file"));
        EXPECT_EQ(clerk.get(file + "/content?download=1").status, 200);
        ask(clerk, "get", file + "/pages/1");
        ask(clerk, "get", file + "/text");
    }
    EXPECT_TRUE(server().is_alive());
}

}  // namespace
}  // namespace congvu::test
