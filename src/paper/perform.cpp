#include "paper/perform.h"

#include <exception>
#include <new>

#include <boost/json.hpp>

#include "base/json.h"
#include "paper/office.h"
#include "paper/pdf.h"
#include "paper/plain_text.h"
#include "paper/tables.h"
#include "paper/tidy.h"

namespace paper {

namespace {

Result<ExtractedText> extract(const Request& request, std::string_view bytes) {
    if (bytes.empty() && request.type != FileType::txt) return unreadable(Reason::damaged, "an empty file");
    switch (request.type) {
        case FileType::pdf:
            return pdf::extract_text(bytes, request.limits);
        case FileType::docx:
            return office::docx_text(bytes, request.limits);
        case FileType::odt:
        case FileType::ods:
            return office::open_document_text(bytes, request.limits);
        case FileType::xlsx:
            return office::xlsx_text(bytes, request.limits);
        case FileType::doc:
            return office::ole_text(bytes);
        case FileType::txt:
            return plain_text(bytes, request.limits);
        case FileType::png:
        case FileType::jpeg:
        case FileType::zip:
        case FileType::unknown:
            break;
    }
    return unreadable(Reason::unsupported, "no text is read out of this type");
}

Result<Answer> picture(const Request& request, std::string_view bytes) {
    Picture picture = TRY(pdf::page_picture(bytes, request.page, request.pixel_width, request.dpi, request.limits));
    return Answer{.width = picture.width, .height = picture.height, .bytes = std::move(picture.png)};
}

Result<Answer> table(const Request& request, std::string_view bytes) {
    Answer answer;
    answer.bytes = boost::json::serialize(encode(TRY(read_table(bytes, request.type, request.sheet, request.limits))));
    return answer;
}

Result<Answer> stamped(const Request& request, const FontSettings& fonts, std::string_view bytes, int output) {
    const std::string stamp = TRY(arrival_stamp(request.stamp, fonts));
    // A page that can't be drawn can still be stamped, at its usual place.
    const pdf::Ink ink = pdf::ink(bytes, 1, request.limits).value_or(pdf::Ink{});
    TRY(write_stamped_copy(bytes, stamp, request.position, ink, output));
    return Answer{};
}

Result<Answer> done(const Request& request, const FontSettings& fonts, std::string_view bytes, int output) {
    switch (request.operation) {
        case Operation::extract_text: {
            ExtractedText text = TRY(extract(request, bytes));
            return Answer{.pages = text.pages,
                          .truncated = text.truncated,
                          .title = std::move(text.title),
                          .bytes = std::move(text.text)};
        }
        case Operation::page_count:
            return Answer{.pages = TRY(pdf::page_count(bytes))};
        case Operation::page_picture:
            return picture(request, bytes);
        case Operation::read_table:
            return table(request, bytes);
        case Operation::stamped_copy:
            return stamped(request, fonts, bytes, output);
    }
    return fail_internal("an unknown operation");
}

}  // namespace

Answer answer_of(const Error& error) {
    Answer answer;
    answer.error = error.message;
    answer.error_code = static_cast<int>(error.code);
    for (const MessageArgument& argument : error.arguments)
        answer.arguments.push_back({argument.name, tidy(argument.value)});
    answer.detail = tidy(error.detail);
    return answer;
}

Error error_of(const Answer& answer) {
    const bool known = answer.error_code >= 0 && answer.error_code <= static_cast<int>(ErrorCode::internal);
    Error error{known ? static_cast<ErrorCode>(answer.error_code) : ErrorCode::internal, answer.error};
    for (const AnswerArgument& argument : answer.arguments) error.arguments.push_back({argument.name, argument.value});
    error.detail = answer.detail;
    return error;
}

Answer perform(const Request& request, const FontSettings& fonts, std::string_view bytes, int output) {
    try {
        Result<Answer> answer = done(request, fonts, bytes, output);
        if (!answer) return answer_of(answer.error());
        if (static_cast<std::int64_t>(answer->bytes.size()) > request.limits.answer_bytes)
            return answer_of(unreadable(Reason::too_large, "the answer is over the limit").error());
        return std::move(*answer);
    } catch (const std::bad_alloc&) {
        return answer_of(unreadable(Reason::too_large, "it takes more memory than the limit").error());
    } catch (const std::exception& exception) {
        return answer_of(unreadable(Reason::damaged, exception.what()).error());
    }
}

}  // namespace paper
