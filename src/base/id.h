#pragma once
#include <compare>
#include <cstdint>
#include <functional>

/// A row's number, one type a noun, so that a post can't be passed for a person. 0 is "none".
template <class Noun>
struct Id {
    std::int64_t value = 0;
    explicit operator bool() const { return value != 0; }
    auto operator<=>(const Id&) const = default;
};

template <class Noun>
struct std::hash<Id<Noun>> {
    std::size_t operator()(Id<Noun> id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};

using AccountId = Id<struct AccountNoun>;
using PersonId = Id<struct PersonNoun>;
using PostId = Id<struct PostNoun>;
using UnitId = Id<struct UnitNoun>;
/// The unit that is an agency: it has its own registers, books and clerk.
using AgencyId = Id<struct AgencyNoun>;
using RecordId = Id<struct RecordNoun>;
using RegisterId = Id<struct RegisterNoun>;
using FileId = Id<struct FileNoun>;
using StepId = Id<struct StepNoun>;
using SubjectId = Id<struct SubjectNoun>;
using JournalEntryId = Id<struct JournalEntryNoun>;
using JobId = Id<struct JobNoun>;
