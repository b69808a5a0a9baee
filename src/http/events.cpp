#include "http/events.h"

#include <algorithm>

namespace http {

bool EventStream::send(std::string_view event, std::string_view data) {
    std::string text;
    text.reserve(event.size() + data.size() + 24);
    text.append("event: ").append(event).append("\n");
    while (true) {
        const std::size_t end = std::min(data.find_first_of("\r\n"), data.size());
        text.append("data: ").append(data.substr(0, end)).append("\n");
        if (end == data.size()) break;
        data.remove_prefix(data.substr(end).starts_with("\r\n") ? end + 2 : end + 1);
    }
    text.append("\n");

    const std::lock_guard lock(mutex_);
    if (!is_open_) return false;
    if (waiting_.size() + text.size() > limit_)
        is_open_ = false;
    else
        waiting_ += text;
    if (wake_ && !std::exchange(woken_, true)) wake_();
    return is_open_;
}

void EventStream::close() {
    const std::lock_guard lock(mutex_);
    if (!is_open_) return;
    is_open_ = false;
    if (wake_ && !std::exchange(woken_, true)) wake_();
}

bool EventStream::is_open() const {
    const std::lock_guard lock(mutex_);
    return is_open_;
}

std::string EventStream::take() {
    const std::lock_guard lock(mutex_);
    woken_ = false;
    return std::exchange(waiting_, {});
}

void EventStream::attach(std::function<void()> wake) {
    const std::lock_guard lock(mutex_);
    wake_ = std::move(wake);
    woken_ = false;
}

std::shared_ptr<EventStream> EventHub::open(std::span<const std::int64_t> subjects) {
    auto stream = std::make_shared<EventStream>();
    const std::lock_guard lock(mutex_);
    for (const std::int64_t subject : subjects) {
        Streams& streams = streams_[subject];
        std::erase_if(streams, [](const auto& weak) { return weak.expired(); });
        streams.push_back(stream);
    }
    return stream;
}

void EventHub::send(Streams& streams, Told& told, std::string_view event, std::string_view data) {
    std::erase_if(streams, [&](const auto& weak) {
        const auto stream = weak.lock();
        if (!stream) return true;
        if (!told.insert(stream.get()).second) return !stream->is_open();
        return !stream->send(event, data);
    });
}

void EventHub::publish(std::span<const std::int64_t> subjects, std::string_view event, std::string_view data) {
    const std::lock_guard lock(mutex_);
    Told told;
    for (const std::int64_t subject : subjects) {
        const auto found = streams_.find(subject);
        if (found == streams_.end()) continue;
        send(found->second, told, event, data);
        if (found->second.empty()) streams_.erase(found);
    }
}

void EventHub::publish_to_all(std::string_view event, std::string_view data) {
    const std::lock_guard lock(mutex_);
    Told told;
    for (auto& [subject, streams] : streams_) send(streams, told, event, data);
    std::erase_if(streams_, [](const auto& entry) { return entry.second.empty(); });
}

void EventHub::close(std::int64_t subject) {
    const std::lock_guard lock(mutex_);
    const auto found = streams_.find(subject);
    if (found == streams_.end()) return;
    for (const auto& weak : found->second)
        if (const auto stream = weak.lock()) stream->close();
    streams_.erase(found);
}

std::size_t EventHub::listeners() const {
    const std::lock_guard lock(mutex_);
    Told open;
    for (const auto& [subject, streams] : streams_)
        for (const auto& weak : streams)
            if (const auto stream = weak.lock(); stream && stream->is_open()) open.insert(stream.get());
    return open.size();
}

}  // namespace http
