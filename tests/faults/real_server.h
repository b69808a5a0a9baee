#pragma once
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "base/uuid.h"
#include "http/client.h"
#include "tests/support/databases.h"

// The whole program as an office runs it: made, served, killed and asked over its socket.
namespace congvu::test {

inline std::filesystem::path program() {
    if (const char* named = std::getenv("CONGVU_PROGRAM")) return named;
    return std::filesystem::read_symlink("/proc/self/exe").parent_path().parent_path().parent_path() / "release" /
           "congvu";
}

/// One run of the program. What it writes to standard output is read from output(); its log goes to the file `log`.
class Process {
  public:
    Process(const std::vector<std::string>& words, const std::filesystem::path& log, std::uint64_t longest_file = 0) {
        std::vector<std::string> all{program().string()};
        all.insert(all.end(), words.begin(), words.end());
        std::vector<char*> arguments;
        for (std::string& word : all) arguments.push_back(word.data());
        arguments.push_back(nullptr);
        const std::string log_path = log.string();
        int ends[2];
        EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
        id_ = ::fork();
        if (id_ == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            ::dup2(ends[1], 1);
            const int file = ::open(log_path.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
            ::dup2(file, 2);
            if (longest_file > 0) {
                // A full disk without a disk: writes fail as they do there, with another number of the error.
                std::signal(SIGXFSZ, SIG_IGN);
                const rlimit limit{longest_file, RLIM_INFINITY};
                ::setrlimit(RLIMIT_FSIZE, &limit);
            }
            ::execv(arguments[0], arguments.data());
            ::_exit(127);
        }
        ::close(ends[1]);
        output_ = ends[0];
    }
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    ~Process() {
        kill();
        ::close(output_);
    }
    pid_t id() const { return id_; }
    /// Kills it as a power cut would, between any two writes.
    void kill() { end(SIGKILL); }
    /// Asks it to stop. Gives its exit code, or minus the signal that ended it.
    int stop() { return end(SIGTERM); }
    int wait() { return end(0); }
    bool is_alive() const { return id_ > 0 && ::waitpid(id_, nullptr, WNOHANG) == 0; }
    /// The next line it writes; "" at the end.
    std::string line() {
        std::string text;
        char next = 0;
        while (::read(output_, &next, 1) == 1 && next != '\n') text += next;
        return text;
    }

  private:
    int end(int signal) {
        if (id_ <= 0) return code_;
        if (signal != 0) ::kill(id_, signal);
        int status = 0;
        ::waitpid(id_, &status, 0);
        id_ = -1;
        code_ = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
        return code_;
    }
    pid_t id_ = -1;
    int output_ = -1;
    int code_ = 0;
};

/// Runs a command to its end; gives the exit code.
inline int run_program(const std::vector<std::string>& words, const std::filesystem::path& log) {
    Process process(words, log);
    while (!process.line().empty()) {
    }
    return process.wait();
}

struct Reply {
    int status = 0;  ///< 0: no answer came
    std::string text;
    boost::json::value json;

    boost::json::value at(std::string_view pointer) const {
        boost::system::error_code error;
        const boost::json::value* found = json.find_pointer(pointer, error);
        return found ? *found : boost::json::value();
    }
    std::int64_t number(std::string_view pointer) const {
        const boost::json::value found = at(pointer);
        return found.is_int64() ? found.as_int64() : 0;
    }
    std::string string(std::string_view pointer) const {
        const boost::json::value found = at(pointer);
        return found.is_string() ? std::string(found.as_string()) : "";
    }
    std::size_t size(std::string_view pointer = "") const {
        const boost::json::value found = at(pointer);
        return found.is_array() ? found.as_array().size() : 0;
    }
};

/// The session of somebody, which outlives the server.
struct SignedIn {
    std::string cookie;
    std::string csrf;
};

/// Somebody at a browser. One thread at a time.
class Visitor {
  public:
    Visitor(std::uint16_t port, SignedIn session) : session_(std::move(session)) {
        client_ = std::move(http::Client::create({.host = "127.0.0.1", .port = port}).value());
    }
    Reply get(const std::string& target) { return send(http::Method::get, target, {}); }
    Reply post(const std::string& target, const boost::json::value& body, const std::string& key = "") {
        return send(http::Method::post, target, boost::json::serialize(body), {{"Idempotency-Key", key}});
    }
    Reply put(const std::string& target, const boost::json::value& body) {
        return send(http::Method::put, target, boost::json::serialize(body));
    }
    Reply upload(const std::string& name, const std::string& bytes, const std::string& key = "") {
        return send(http::Method::post, "/api/files", bytes,
                    {{"X-File-Name", http::percent_encoded(name)}, {"Idempotency-Key", key}});
    }
    Reply send(http::Method method, const std::string& target, const std::string& body,
               const std::vector<std::pair<std::string, std::string>>& headers = {}) {
        http::ClientRequest request{.method = method, .target = target, .headers = {}, .body = body, .save_to = {}};
        if (!session_.cookie.empty()) request.headers.add("Cookie", session_.cookie);
        if (method != http::Method::get) request.headers.add("X-CSRF-Token", session_.csrf);
        for (const auto& [name, value] : headers)
            if (!value.empty()) request.headers.add(name, value);
        if (method == http::Method::post && !request.headers.find("Idempotency-Key"))
            request.headers.add("Idempotency-Key", new_uuid(SystemClock().now()));
        const auto answer = client_->send(request);
        Reply reply;
        if (!answer) return reply;
        reply.status = answer->status;
        reply.text = answer->body;
        boost::system::error_code no_json;
        reply.json = boost::json::parse(reply.text, no_json);
        if (no_json) reply.json = nullptr;
        cookie_ = answer->headers.value("Set-Cookie");
        return reply;
    }
    static SignedIn sign_in(std::uint16_t port, const std::string& login, const std::string& password) {
        Visitor visitor(port, {});
        const Reply reply = visitor.post("/api/session", {{"login", login}, {"password", password}});
        EXPECT_EQ(reply.status, 200) << login << reply.text;
        return {visitor.cookie_.substr(0, visitor.cookie_.find(';')), reply.string("/csrf")};
    }

  private:
    SignedIn session_;
    std::string cookie_;
    std::unique_ptr<http::Client> client_;
};

/// The sample ministry in a folder of its own, on the engine of the suite, and the server over it.
class WholeServer : public ::testing::TestWithParam<db::Engine> {
  protected:
    static constexpr const char* password = "Congvu-Mau-2026";

    void SetUp() override {
        if (!std::filesystem::exists(program()))
            GTEST_SKIP() << program() << " is not there: ./dev build release congvu, or name one in CONGVU_PROGRAM";
        if (GetParam() == db::Engine::postgresql) {
            static int count = 0;
            const std::string name = "congvu_faults_" + std::to_string(::getpid()) + "_" + std::to_string(++count);
            address_ = postgres_address(name);
            if (address_.empty())
                GTEST_SKIP()
                    << "CONGVU_TEST_POSTGRES is not set: start a cluster with tests/support/postgres.sh start DIR";
            ASSERT_TRUE(ask_postgres("create database " + name));
            database_ = name;
        }
        make(folder_.path() / "office");
    }
    void TearDown() override {
        server_.reset();
        if (HasFailure() && std::getenv("CONGVU_FAULT_KEEP"))
            std::filesystem::copy(folder_.path(), std::getenv("CONGVU_FAULT_KEEP"),
                                  std::filesystem::copy_options::recursive);
        if (!database_.empty()) static_cast<void>(ask_postgres("drop database " + database_ + " with (force)"));
    }
    void make(const std::filesystem::path& data) {
        data_ = data;
        std::vector<std::string> words{"demo", "--data", data.string(), "--documents", "4"};
        if (!address_.empty()) words.insert(words.end(), {"--database", address_});
        ASSERT_EQ(run_program(words, log()), 0) << "see " << log();
    }
    /// The same office in another folder, before it is served.
    void move_to(const std::filesystem::path& data) { data_ = data; }
    std::filesystem::path log() const { return folder_.path() / "log"; }
    /// Starts the server and waits until it says where it serves.
    void serve(std::uint64_t longest_file = 0) {
        server_ = std::make_unique<Process>(
            std::vector<std::string>{"serve", "--data", data_.string(), "--listen", "127.0.0.1:0"}, log(),
            longest_file);
        const std::string said = server_->line();
        const std::size_t at = said.find("127.0.0.1:");
        ASSERT_NE(at, std::string::npos) << "it did not start: " << said;
        port_ = static_cast<std::uint16_t>(std::stoi(said.substr(at + 10)));
    }
    Process& server() { return *server_; }
    std::uint16_t port() const { return port_; }
    const SignedIn& session(const std::string& login) {
        auto& known = sessions_[login];
        if (known.cookie.empty()) known = Visitor::sign_in(port_, login, password);
        return known;
    }
    Visitor as(const std::string& login) { return {port_, session(login)}; }
    /// What lies in the spool once nobody uploads and nothing is read any more; the server is asked while it tidies up.
    std::string left_in_spool() {
        std::string names = "?";
        Visitor visitor = as("vanthu");
        for (int i = 0; i < 3'000 && !names.empty(); ++i) {
            EXPECT_EQ(visitor.get("/api/session").status, 200);
            names.clear();
            for (const auto& entry : std::filesystem::directory_iterator(data_ / "spool"))
                names += entry.path().filename().string() + " ";
        }
        return names;
    }
    /// The store itself, beside the server.
    std::unique_ptr<db::Database> store() {
        auto opened = db::Database::open(
            {.address = address_.empty() ? (data_ / "congvu.db").string() : address_, .clock = &clock_});
        EXPECT_TRUE(opened) << told(opened);
        return opened ? std::move(*opened) : nullptr;
    }
    const std::filesystem::path& data() const { return data_; }
    const std::filesystem::path& folder() const { return folder_.path(); }

  private:
    TemporaryFolder folder_;
    SystemClock clock_;
    std::filesystem::path data_;
    std::string address_, database_;
    std::unique_ptr<Process> server_;
    std::uint16_t port_ = 0;
    std::map<std::string, SignedIn> sessions_;
};

}  // namespace congvu::test
