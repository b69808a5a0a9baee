#include <cstdlib>

#include "paper/detect.h"
#include "paper/office.h"
#include "paper/plain_text.h"
#include "paper/tidy.h"

/// Whatever the bytes are, each reader gives clean text or a reason.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    paper::Limits limits;
    limits.unpacked_bytes = 1 << 20;
    paper::detect(bytes);
    for (const auto reader : {paper::office::docx_text, paper::office::open_document_text, paper::plain_text}) {
        const auto text = reader(bytes, limits);
        if (text && (!paper::is_utf8(text->text) || paper::tidy(text->text) != text->text)) std::abort();
    }
    return 0;
}
