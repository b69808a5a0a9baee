#include "core/registers/files.h"

#include <fstream>
#include <iterator>

#include "core/registers/yaml.h"

namespace registers {

Result<std::string> text_of(const std::filesystem::path& file) {
    std::error_code problem;
    const auto size = std::filesystem::file_size(file, problem);
    std::ifstream stream(file, std::ios::binary);
    if (problem || !stream) return fail(ErrorCode::not_found, "registers.no_file", {}, {{"file", file.string()}});
    if (size > yaml::largest) return fail(ErrorCode::too_large, "registers.file_too_large", {}, {{"limit", "1 MiB"}});
    return std::string(std::istreambuf_iterator<char>(stream), {});
}

}  // namespace registers
