#include "core/journal/sequencer.h"

#include "base/log.h"
#include "core/journal/store.h"
#include "core/journal/tree.h"

namespace journal {
namespace {

constexpr auto pause = std::chrono::seconds(1);
constexpr int batch = 1000;

void log_failure(std::string_view event, const Error& error) {
    logging::error(event, {{"error", error.message}, {"detail", error.detail}});
}

Result<std::int64_t> append(db::Transaction& tx) {
    const std::vector<store::Pending> waiting = TRY(store::pending(tx, batch));
    if (waiting.empty()) return std::int64_t{0};
    const auto size = static_cast<std::uint64_t>(TRY(store::size(tx)));
    crypto::merkle::Growing tree(size, TRY(tree::hashes_of(tx, crypto::merkle::frontier(size))));
    TRY(store::move_pending(tx, static_cast<std::int64_t>(size), waiting.back().entry));
    for (const store::Pending& one : waiting)
        for (const auto& [node, hash] : tree.add(one.leaf))
            if (tree::is_stored(node.level)) TRY(store::insert_node(tx, node, hash));
    return static_cast<std::int64_t>(waiting.size());
}

Result<std::optional<Head>> sign(db::Transaction& tx, const Signer& signer) {
    const std::int64_t size = TRY(store::size(tx));
    if (size == 0) return std::optional<Head>();
    if (auto last = TRY(store::last_head(tx)); last && last->size == static_cast<std::uint64_t>(size)) return last;
    const crypto::Digest root = TRY(tree::root(tx, size));
    Head head{{.server = signer.server, .size = static_cast<std::uint64_t>(size), .root = root, .at = tx.now()},
              signer.key.public_key()};
    head.signature = signer.key.sign(crypto::proof::checkpoint_text(head));
    TRY(store::insert_head(tx, head));
    return std::optional(head);
}

}  // namespace

Sequencer::Sequencer(db::Database& database, const Clock& clock, Signer signer)
    : database_(database), clock_(clock), signer_(std::move(signer)) {}

Sequencer::~Sequencer() {
    end_thread();
}

void Sequencer::start() {
    if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
}

void Sequencer::stop() {
    end_thread();
    if (auto done = run_once(); !done) return log_failure("journal.sequencing_failed", done.error());
    if (auto signed_head = sign_head(); !signed_head) log_failure("journal.signing_failed", signed_head.error());
}

void Sequencer::end_thread() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
    stopping_ = false;
}

void Sequencer::run() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        lock.unlock();
        if (auto done = run_once(); !done) log_failure("journal.sequencing_failed", done.error());
        lock.lock();
        wake_.wait_for(lock, pause, [this] { return stopping_; });
    }
}

Result<std::int64_t> Sequencer::run_once() {
    std::int64_t all = 0;
    for (std::int64_t moved = batch; moved == batch; all += moved) moved = TRY(run_batch());
    if (TRY(head_is_due())) TRY(sign_head());
    return all;
}

Result<std::int64_t> Sequencer::run_batch() {
    // Looking costs the writer nothing when there is nothing to do.
    if (!TRY(store::has_pending(*TRY(database_.read())))) return std::int64_t{0};
    return database_.write_now([](db::Transaction& tx) { return append(tx); });
}

Result<bool> Sequencer::head_is_due() {
    const auto reader = TRY(database_.read());
    const std::int64_t size = TRY(store::size(*reader));
    const auto last = TRY(store::last_head(*reader));
    if (!last) return size > 0;
    return static_cast<std::uint64_t>(size) > last->size && local_date(last->at) < local_date(clock_.now());
}

Result<std::optional<Head>> Sequencer::sign_head() {
    return database_.write_now([this](db::Transaction& tx) { return sign(tx, signer_); });
}

}  // namespace journal
