#pragma once
#include <array>
#include <optional>
#include <string>

#include "base/letters.h"

/// A run of letters that may be a Vietnamese syllable. The two habits of writing the tone of oa, oe, uy ("hoà", "hòa")
/// and slips ("tòan", "qúy") are brought to one place.
class Syllable {
  public:
    void clear() { size_ = 0, toned_ = 0; }
    void push(const letters::Letter& letter) {
        if (size_ < most) letters_[size_] = &letter;
        if (letter.tone != 0) ++toned_, tone_at_ = size_;
        ++size_;
    }

    /// A combining mark that could not be composed: the tone stays where it is.
    void spoil() { size_ = most + 1; }

    /// Whether the tone stands elsewhere than where it belongs: the lower-case letters with the tone moved there.
    /// Nothing for what is no Vietnamese syllable with one tone, and for one already right.
    /// oa, oe and uy that end the syllable have it on the first ("hòa", "khỏe", "thúy"), else it is on the letter with
    /// a hat or a horn ("thuở", "tuyển"), else before the final consonant ("toàn"), else in the middle of three
    /// ("ngoài"). The u of qu and the i of gi before a vowel belong to the consonant ("quý", "già").
    std::optional<std::u16string> replaced() const {
        // Nearly every run ends here.
        if (toned_ != 1 || size_ < 2 || size_ > most) return {};
        return place();
    }

  private:
    static constexpr std::size_t most = 7;  // "nghiêng"
    std::optional<std::u16string> place() const;

    std::array<const letters::Letter*, most> letters_{};
    std::size_t size_ = 0;
    std::size_t toned_ = 0;
    std::size_t tone_at_ = 0;
};
