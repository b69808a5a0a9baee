#pragma once
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <string>
#include <vector>

// Reads tests/framing; its README.md says how a case is written.
namespace http::test {

struct FramingCase {
    std::string name;
    std::string expect;
    std::string bytes;
};

inline void PrintTo(const FramingCase& one, std::ostream* out) {
    *out << one.name;
}

inline FramingCase read_framing_case(const std::filesystem::path& path) {
    FramingCase one{.name = path.stem().string()};
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("# expect: ")) one.expect = line.substr(10);
        if (line.starts_with("#")) continue;
        for (std::size_t i = 0; i < line.size(); ++i) {
            if (line[i] != '\\' || i + 1 == line.size()) {
                one.bytes += line[i];
                continue;
            }
            const char c = line[++i];
            one.bytes += c == 'r' ? '\r' : c == 'n' ? '\n' : c == '0' ? '\0' : c;
        }
    }
    return one;
}

inline std::vector<FramingCase> framing_cases() {
    std::vector<FramingCase> cases;
    std::error_code none_there;
    for (const auto& entry : std::filesystem::directory_iterator("tests/framing", none_there))
        if (entry.path().extension() == ".txt") cases.push_back(read_framing_case(entry.path()));
    std::ranges::sort(cases, {}, &FramingCase::name);
    return cases;
}

}  // namespace http::test
