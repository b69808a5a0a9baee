#pragma once
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "db/value.h"

namespace db::postgres {

/// A type's number in pg_type.
using Oid = unsigned int;

/// The values of one statement in the form the server expects; `values` must outlive it.
class Parameters {
  public:
    /// False when a value does not go into the type the server took from the text.
    bool set(const Value* values, std::size_t count, const std::vector<Oid>& types);
    int count() const { return static_cast<int>(pointers_.size()); }
    const char* const* pointers() const { return pointers_.data(); }
    const int* lengths() const { return lengths_.data(); }
    const int* formats() const { return formats_.data(); }

  private:
    bool add(const Value& value, Oid type);
    bool add_integer(std::int64_t number, Oid type);
    bool add_real(double number, Oid type);
    void add_bytes(const char* bytes, std::size_t size, int format);
    void add_number(std::uint64_t bits, int size);
    void add_written(std::string text);

    std::vector<const char*> pointers_;
    std::vector<int> lengths_;
    std::vector<int> formats_;
    std::vector<std::string> kept_;  ///< numbers, written
};

/// The type a value has by itself: bigint, double precision, text, bytea; 0 for null.
Oid own_type(const Value& value);
/// Whether a column of this type can be read in binary.
bool reads_binary(Oid type);
/// A column as the server sent it.
Value decode(Oid type, bool binary, std::string_view bytes);

}  // namespace db::postgres
