#pragma once
#include <string>
#include <string_view>
#include <utility>

#include "paper/types.h"

namespace paper {

/// Owns an open file.
class Descriptor {
  public:
    Descriptor() = default;
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept;
    ~Descriptor() { close(); }
    int get() const { return number_; }
    explicit operator bool() const { return number_ >= 0; }
    int release() { return std::exchange(number_, -1); }
    void close();

  private:
    int number_ = -1;
};

/// Where the bytes of a file to be read are: a path, bytes in memory or an open file (not closed here).
struct Source {
    std::string path;
    std::string_view bytes;
    int descriptor = -1;
    static Source file(std::string path) { return {.path = std::move(path), .bytes = {}}; }
    static Source memory(std::string_view bytes) { return {.path = {}, .bytes = bytes}; }
    static Source open(int descriptor) { return {.path = {}, .bytes = {}, .descriptor = descriptor}; }
};

/// An open file to hand to a helper; bytes in memory go through an anonymous file.
/// Errors: not_found "paper.no_such_file", corrupt too_large (over limits.input_bytes).
Result<Descriptor> open_source(const Source&, const Limits&);

/// A file's bytes, mapped for reading.
class Mapping {
  public:
    /// Errors: internal.
    static Result<Mapping> of(int descriptor);
    Mapping(Mapping&& other) noexcept
        : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
    Mapping& operator=(Mapping&&) = delete;
    ~Mapping();
    std::string_view bytes() const { return {data_, size_}; }

  private:
    Mapping(char* data, std::size_t size) : data_(data), size_(size) {}
    char* data_ = nullptr;
    std::size_t size_ = 0;
};

}  // namespace paper
