#include "paper/fonts.h"

#include <array>
#include <fontconfig/fontconfig.h>
#include <map>
#include <mutex>
#include <unistd.h>
#include <vector>

// There under a sanitizer only.
extern "C" __attribute__((weak)) void __lsan_disable();
extern "C" __attribute__((weak)) void __lsan_enable();

namespace paper {

namespace {

/// fontconfig keeps what it read behind offsets, where no leak checker finds it.
struct KeptForEver {
    KeptForEver() {
        if (__lsan_disable != nullptr) __lsan_disable();
    }
    KeptForEver(const KeptForEver&) = delete;
    KeptForEver& operator=(const KeptForEver&) = delete;
    ~KeptForEver() {
        if (__lsan_enable != nullptr) __lsan_enable();
    }
};

constexpr std::array<const char*, 3> usual_directories = {
    "/usr/share/congvu/fonts", "/usr/share/fonts/truetype/liberation2", "/usr/share/fonts/truetype/liberation"};
constexpr std::array<const char*, 4> faces = {"Regular", "Bold", "Italic", "BoldItalic"};

std::string file_of(const std::string& directory, const char* face) {
    return directory + "/LiberationSerif-" + face + ".ttf";
}

/// Version 1 of the family has ơ and ư but few of the letters with two marks.
bool have_vietnamese(FcConfig* configuration) {
    const FcFontSet* const fonts = ::FcConfigGetFonts(configuration, FcSetApplication);
    if (fonts == nullptr || fonts->nfont != static_cast<int>(faces.size())) return false;
    for (int i = 0; i < fonts->nfont; ++i) {
        FcCharSet* letters = nullptr;
        if (::FcPatternGetCharSet(fonts->fonts[i], FC_CHARSET, 0, &letters) != FcResultMatch) return false;
        for (FcChar32 letter = 0x1EA0; letter <= 0x1EF9; ++letter)
            if (!::FcCharSetHasChar(letters, letter)) return false;
    }
    return true;
}

std::shared_ptr<FcConfig> load(const std::string& directory) {
    const KeptForEver kept;
    ::FcInit();  // Pango would, from a thread of its own
    std::shared_ptr<FcConfig> configuration(::FcConfigCreate(), [](FcConfig* config) {
        if (config != nullptr) ::FcConfigDestroy(config);
    });
    if (!configuration) return nullptr;
    for (const char* face : faces) {
        const std::string file = file_of(directory, face);
        if (::access(file.c_str(), R_OK) != 0) return nullptr;
        if (!::FcConfigAppFontAddFile(configuration.get(), reinterpret_cast<const FcChar8*>(file.c_str())))
            return nullptr;
    }
    if (!have_vietnamese(configuration.get())) return nullptr;
    return configuration;
}

}  // namespace

Result<std::shared_ptr<_FcConfig>> font_configuration(const FontSettings& settings) {
    static std::mutex mutex;
    // Kept to the end of the process, after which nobody can draw any more: libraries hold on to what they read.
    static auto& loaded = *new std::map<std::string, std::shared_ptr<FcConfig>>;
    const std::lock_guard lock(mutex);
    std::vector<std::string> directories{settings.directory};
    if (settings.directory.empty()) directories.assign(usual_directories.begin(), usual_directories.end());
    for (const std::string& directory : directories) {
        std::shared_ptr<FcConfig>& configuration = loaded[directory];
        if (!configuration) configuration = load(directory);
        if (configuration) return configuration;
    }
    return fail(ErrorCode::unavailable, "paper.no_fonts", {}, {{"directory", directories.back()}});
}

}  // namespace paper
