#pragma once
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace db {

/// Prepared statements by their text; the one not used for longest goes first, never one in use.
template <class Statement>
class StatementCache {
  public:
    struct Entry {
        std::string text;
        Statement statement;
        bool busy = false;
    };

    explicit StatementCache(std::size_t capacity) : capacity_(capacity) {}
    std::size_t size() const { return entries_.size(); }

    Entry* find(std::string_view text) {
        const auto found = places_.find(text);
        if (found == places_.end()) return nullptr;
        entries_.splice(entries_.begin(), entries_, found->second);
        return &entries_.front();
    }

    /// Adds a text that is not there yet; `dropped` is called with each statement that had to go.
    template <class Dropped>
    Entry* add(std::string_view text, Statement statement, Dropped dropped) {
        for (auto last = entries_.end(); entries_.size() >= capacity_ && last != entries_.begin();) {
            --last;
            if (last->busy) continue;
            dropped(last->statement);
            places_.erase(last->text);
            last = entries_.erase(last);
        }
        entries_.push_front({std::string(text), std::move(statement), false});
        places_[entries_.front().text] = entries_.begin();
        return &entries_.front();
    }

    void remove(Entry* entry) {
        const auto found = places_.find(entry->text);
        const auto place = found->second;
        places_.erase(found);
        entries_.erase(place);
    }

    template <class Dropped>
    void clear(Dropped dropped) {
        for (Entry& entry : entries_) dropped(entry.statement);
        places_.clear();
        entries_.clear();
    }

  private:
    std::size_t capacity_;
    std::list<Entry> entries_;
    std::unordered_map<std::string_view, typename std::list<Entry>::iterator> places_;  ///< keys lie in entries_
};

}  // namespace db
